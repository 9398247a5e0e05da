"""`manage.py undecided`: the scored models without a release date or a side, and why."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from models_catalog.findings.undecided import Undecided, undecided
from models_catalog.management.console import write_json


class Command(BaseCommand):
    help = (
        "List the models that leaderboards score and that have no release date, or of which no believed source says "
        "whether the weights can be had; third parties' repositories are only counted."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON line a model, unlisted ones too")

    def handle(self, *args: Any, **options: Any) -> None:
        found = undecided()
        if options["json"]:
            for item in found:
                write_json(asdict(item) | {"open_question": item.open_question}, indent=None)
            return
        listed = [item for item in found if item.listed]
        for item in listed:
            self.stdout.write(sentence(item))
        open_ones = sum(item.open_question for item in listed)
        self.stdout.write(
            f"{len(listed)} listed models, {open_ones} of them open questions; {len(found) - len(listed)} unlisted"
        )


def sentence(item: Undecided) -> str:
    day = item.released.isoformat() if item.released else "no date"
    sources = ", ".join(sorted({source for source, _ in item.scored_as}))
    return f"{item.slug}\t{day}\t{item.access}: {item.reason}\t{sources}"
