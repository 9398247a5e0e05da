"""`manage.py load_facts`: store the facts this release ships with. Captures already stored are skipped."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from models_catalog.ingest.live import archive
from models_catalog.ingest.projections import is_projected, refresh_projections
from models_catalog.ingest.shipped import load_facts, waiting
from models_catalog.management.console import progress, to_people


class Command(BaseCommand):
    help = "Store the facts this release ships with."

    def handle(self, *args: Any, **options: Any) -> None:
        console = to_people()
        todo = sum(len(captures) for captures in waiting().values())
        with progress(console) as bar:
            task = bar.add_task("shipped facts", total=todo or None)
            loaded = load_facts(archive(), notice=lambda _capture: bar.advance(task))
        if loaded or not is_projected():  # an earlier run may have been ended in between
            known = refresh_projections()
            console.print(f"{known.models} models; {known.resolved} of {known.subjects} names resolved")
        facts = sum(capture.facts for capture in loaded)
        console.print(
            f"shipped facts: {len(loaded)} captures loaded, {facts} facts; {todo - len(loaded)} left"
        )
