"""`manage.py sources`: every source with age, next try, verified or not, rights, open incidents."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from rich.table import Table
from rich.text import Text

from models_catalog.findings.status import source_lines
from models_catalog.management.console import to_people, write_json


class Command(BaseCommand):
    help = "Age, health and rights of every source."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        lines = source_lines()
        if options["json"]:
            return write_json([asdict(line) for line in lines])
        table = Table(
            "source", "newest capture", "stale", "last outcome", "next try", "verified", "export", "incidents"
        )
        for line in lines:
            table.add_row(
                line.slug,
                f"{line.newest_observed:%Y-%m-%d}" if line.newest_observed else "never",
                "yes" if line.stale else "no",
                line.last_outcome or "never run",
                f"{line.next_attempt:%Y-%m-%d %H:%M}" if line.next_attempt else "when the worker runs",
                line.verified or "not yet",
                "yes" if line.export else "no",
                Text("; ".join(incident.detail for incident in line.incidents) or "none"),
            )
        to_people().print(table)
        return None
