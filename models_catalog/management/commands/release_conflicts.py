"""`manage.py release_conflicts`: release dates that sources state more than a week apart."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from models_catalog.findings.release_conflicts import release_conflicts
from models_catalog.management.console import to_people, write_json


class Command(BaseCommand):
    help = "List the release dates that disagree by more than seven days."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        found = release_conflicts()
        if options["json"]:
            write_json([asdict(item) for item in found])
            return
        for item in found:
            said = (
                f"{item.accepted.day} ({item.accepted.source}), also {item.stated.day} ({item.stated.source})"
            )
            self.stdout.write(f"{item.days:>5} days\t{item.model}\t{said}")
        to_people().print(f"{len(found)} conflicts of more than seven days")
