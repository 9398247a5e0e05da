"""`manage.py aliases`: record what a name means, and write recorded aliases back as toml."""

from __future__ import annotations

import getpass
import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from models_catalog.ingest.naming import AliasRefused, accept_alias, newest_aliases
from models_catalog.ingest.projections import refresh_projections
from models_catalog.models import Alias


class Command(BaseCommand):
    help = "Accept an alias (an appended row; what is derived follows), or export the rows recorded here as toml."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        accept = actions.add_parser(
            "accept", help="NAME means TARGET: model-slug[@date][#variant], or '' for nothing"
        )
        accept.add_argument("name")
        accept.add_argument("target")
        accept.add_argument("--reason", required=True)
        accept.add_argument("--source", default="", help="only in this source")
        export = actions.add_parser("export", help="aliases.toml entries of the rows reviewers recorded here")
        export.add_argument("--all", action="store_true", help="the shipped ones, too")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["action"] == "export":
            rows = newest_aliases()
            self.stdout.write(
                "\n".join(
                    entry(row) for row in rows if not row.withdrawn and (row.reviewed_by or options["all"])
                )
            )
            return
        try:
            row = accept_alias(
                options["name"],
                options["target"],
                options["reason"],
                getpass.getuser(),
                options["source"],
            )
        except AliasRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        known = refresh_projections()
        self.stdout.write(f"{row}; {known.resolved} of {known.subjects} names resolve now")


def entry(row: Alias) -> str:
    """One entry as aliases.toml holds it. A JSON string of printable text is a TOML string, too."""
    lines = ["[[alias]]", f"names = [{quoted(row.name)}]", f"target = {quoted(row.target or 'unresolved')}"]
    if row.source:
        lines.append(f"source = {quoted(row.source)}")
    return "\n".join([*lines, f"reason = {quoted(row.reason)}", f"date = {row.reviewed_on.isoformat()}", ""])


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
