"""`manage.py export_facts`: make the shipped facts anew from what this installation accepted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from models_catalog.ingest.shipped import FOLDER, FolderInUse, export_facts
from models_catalog.management.console import to_people

LARGEST = 5 * 1024 * 1024


class Command(BaseCommand):
    help = "Write the shipped facts from accepted data whose owners' terms allow redistribution."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--to", type=Path, default=FOLDER, help="folder to write (its content is replaced)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            captures = export_facts(options["to"])
        except FolderInUse as error:
            raise CommandError(str(error)) from error
        size = sum(path.stat().st_size for path in options["to"].rglob("*") if path.is_file())
        console = to_people()
        console.print(
            f"{len(captures)} captures, {sum(item.facts for item in captures)} facts, {size:,} bytes"
        )
        if size > LARGEST:
            console.print(f"larger than {LARGEST:,} bytes: too large to ship")
