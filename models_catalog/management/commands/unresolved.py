"""`manage.py unresolved`: the names that wait for a reviewer, with suggestions that are never stored as fact."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from models_catalog.management.console import known_sources, write_json
from models_catalog.models import Resolution


class Command(BaseCommand):
    help = "List the names no rung of the ladder could decide."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--source", help="only names of this source")
        parser.add_argument("--json", action="store_true", help="one JSON line a name")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = Resolution.objects.filter(model=None).select_related("subject")
        if options["source"]:
            rows = rows.filter(subject__source__in=known_sources([options["source"]]))
        for row in rows.order_by("subject__source", "subject__external_id"):
            if options["json"]:
                write_json(document(row), indent=None)
            else:
                guesses = ", ".join(f"{item['slug']} ({item['reason']})" for item in row.suggestions)
                self.stdout.write(f"{row.subject.source}\t{row.subject.external_id}\t{guesses or '-'}")


def document(row: Resolution) -> dict[str, object]:
    return {
        "source": row.subject.source,
        "id": row.subject.external_id,
        "name": row.subject.name,
        "suggestions": row.suggestions,
    }
