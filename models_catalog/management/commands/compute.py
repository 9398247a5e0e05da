"""`manage.py compute`: recompute the gap and its studies from what is stored. Quick when nothing changed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from models_catalog.analysis.records import Insufficient
from models_catalog.findings.gap import gap_of
from models_catalog.findings.summary import gap_line
from models_catalog.management.console import progress, to_people
from models_catalog.measure.standing import compute_standing
from models_catalog.measure.studies import compute_studies
from models_catalog.vocabulary import Inputs


class Command(BaseCommand):
    help = "Recompute the standing gap, the trend, prices and shares from what is stored."

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
            bar.add_task("trend, prices, shares", total=None)
            compute_studies()
        for inputs, answer in answers.items():
            if isinstance(answer, Insufficient):
                console.print(f"{inputs}: no figure: {answer.reason}", markup=False)
            else:
                console.print(gap_line(inputs, gap_of(answer)), markup=False)
