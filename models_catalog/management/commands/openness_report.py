"""`manage.py openness_report`: does the grading function agree with the labels made by hand?"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from models_catalog.findings.openness_report import Agreement, openness_report
from models_catalog.management.console import write_json


class Command(BaseCommand):
    help = "Compare the openness tiers with the models labelled by hand."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        report = openness_report()
        if options["json"]:
            write_json(asdict(report))
            return
        shown = {"graded": report.graded, **report.drawn_before, "drawn blind": report.blind}
        for name, found in shown.items():
            self.stdout.write(f"{name:<20}{sentence(found)}")
        self.stdout.write(
            "The head of each label file states its figure as drawn, before anything was mended for it."
        )
        self.stdout.write(
            "Drawn samples are labelled from the payloads alone: what is unknown by those may be closed by our "
            "reviewed catalogue, which cites its texts. From the sources alone it must not be."
        )
        for name, found in report.from_sources_alone.items():
            self.stdout.write(f"{name + ', sources alone':<34}{sentence(found)}")
        for name, found in shown.items():
            for item in found.disagreements:
                line = f"{item.slug}\tlabelled {item.label}\tgraded {item.graded}\t{item.reason}"
                self.stdout.write(f"{name}\t{line}")
        if report.not_in_the_catalogue:
            self.stdout.write(f"not in the catalogue: {', '.join(report.not_in_the_catalogue)}")


def sentence(found: Agreement) -> str:
    if found.share is None or found.at_least is None:
        return "no labelled model is in the catalogue"
    return (
        f"{found.agree} of {found.labelled} agree ({found.share:.1%}, at least {found.at_least:.1%} by a one-sided "
        f"95 % bound); unknown graded closed: {len(found.unknown_as_closed)}; "
        f"research-only graded commercial: {len(found.research_as_commercial)}"
    )
