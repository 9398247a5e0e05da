"""`manage.py load_facts`: store the facts this release ships with. Captures already stored are skipped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from models_catalog.ingest.live import archive
from models_catalog.ingest.projections import is_projected, refresh_projections
from models_catalog.ingest.shipped import FOLDER, DamagedFacts, load_facts, waiting
from models_catalog.management.console import progress, to_people


class Command(BaseCommand):
    help = "Store the facts this release ships with."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--from", dest="folder", type=Path, metavar="DIR", default=FOLDER, help="another set of facts"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        console, folder = to_people(), options["folder"]
        try:
            todo = sum(len(captures) for captures in waiting(folder).values())
            with progress(console) as bar:
                task = bar.add_task("shipped facts", total=todo or None)
                loaded = load_facts(archive(), folder, notice=lambda _capture: bar.advance(task))
        except DamagedFacts as error:
            raise CommandError(str(error)) from error
        if loaded or not is_projected():  # an earlier run may have been ended in between
            known = refresh_projections()
            console.print(f"{known.models} models; {known.resolved} of {known.subjects} names resolved")
        facts = sum(capture.facts for capture in loaded)
        console.print(f"shipped facts: {len(loaded)} captures loaded, {facts} facts")
