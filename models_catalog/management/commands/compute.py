"""`manage.py compute`: recompute the gap, its parts and its studies from stored facts. Quick when nothing changed.

The headlines take seconds; domains, benchmarks, weeks, trend, prices and shares take minutes. `--headlines` leaves
those to the worker, which takes them up at its next tick.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from models_catalog.analysis.records import Insufficient
from models_catalog.findings.gap import gap_of
from models_catalog.findings.summary import gap_line
from models_catalog.management.console import progress, to_people
from models_catalog.measure.standing import compute_details, compute_standing
from models_catalog.measure.studies import compute_studies
from models_catalog.vocabulary import Inputs


class Command(BaseCommand):
    help = "Recompute the gap, its parts, the trend, prices and shares from what is stored."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--headlines", action="store_true", help="only what takes seconds")

    def handle(self, *args: Any, **options: Any) -> None:
        console = to_people()
        with progress(console) as bar:
            draws = settings.OPENGAP_BOOTSTRAP_DRAWS
            tasks = {
                inputs: bar.add_task(f"index, {inputs}", total=draws, visible=False) for inputs in Inputs
            }

            def watch(inputs: Inputs, done: int) -> None:
                bar.update(tasks[inputs], completed=done, visible=True)

            answers = compute_standing(watch)
            if not options["headlines"]:
                bar.add_task("domains, benchmarks, weeks; trend, prices, shares", total=None)
                compute_details()
                compute_studies()
        for inputs, answer in answers.items():
            if isinstance(answer, Insufficient):
                console.print(f"{inputs}: no figure: {answer.reason}", markup=False)
            else:
                console.print(gap_line(inputs, gap_of(answer)), markup=False)
