"""`manage.py unresolved`: the names without a model, each waiting for a reviewer or excluded, and why.

Suggestions are never stored as fact.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from models_catalog.findings.exclusions import Exclusions, exclusions
from models_catalog.management.console import known_sources, write_json
from models_catalog.models import Resolution


class Command(BaseCommand):
    help = (
        "List the names no rung of the ladder could decide, and why those that mean no single model do not."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--source", help="only names of this source")
        parser.add_argument("--json", action="store_true", help="one JSON line a name")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = Resolution.objects.filter(model=None).select_related("subject")
        excluded = exclusions()
        if options["source"]:
            rows = rows.filter(subject__source__in=known_sources([options["source"]]))
        for row in rows.order_by("subject__source", "subject__external_id"):
            if options["json"]:
                write_json(document(row, excluded), indent=None)
            else:
                self.stdout.write(f"{row.subject.source}\t{row.subject.external_id}\t{said(row, excluded)}")


def said(row: Resolution, excluded: Exclusions) -> str:
    """Why no single model is meant; else what it looks like."""
    if why := excluded.of(row):
        return f"excluded: {why}"
    guesses = ", ".join(f"{item['slug']} ({item['reason']})" for item in row.suggestions)
    return guesses or "-"


def document(row: Resolution, excluded: Exclusions) -> dict[str, object]:
    reviewed = excluded.reviewed(row.subject)
    return {
        "source": row.subject.source,
        "id": row.subject.external_id,
        "name": row.subject.name,
        "excluded": excluded.of(row),
        "reviewed": reviewed.reason if reviewed else None,
        "suggestions": row.suggestions,
    }
