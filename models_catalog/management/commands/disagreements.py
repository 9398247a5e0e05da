"""`manage.py disagreements`: everything that sources, or two captures of one source, state differently."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from models_catalog.findings.disagreements import DisagreementLine, Stated, by_matter, disagreements
from models_catalog.management.console import to_people, write_json
from models_catalog.vocabulary import Matter


class Command(BaseCommand):
    help = (
        "List what sources, or two captures of one source, state differently: release dates more than a week apart, "
        "weights, licences, organisations, and names that are one model here and another there."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--matter", choices=[matter.value for matter in Matter], help="only this matter")
        parser.add_argument("--model", default="", help="only about this model, by slug")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        matter = Matter(options["matter"]) if options["matter"] else None
        found = disagreements(matter, model=options["model"])
        if options["json"]:
            write_json([asdict(line) for line in found])
            return
        for line in found:
            self.stdout.write(sentence(line))
        counts = ", ".join(f"{count} on {matter}" for matter, count in by_matter(found).items())
        to_people().print(f"{len(found)} disagreements{f': {counts}' if counts else ''}")


def sentence(line: DisagreementLine) -> str:
    apart = f"\t{line.days} days" if line.days is not None else ""
    return f"{line.matter}\t{line.about}\t{said(line.counted)}\tbut {said(line.stated)}{apart}"


def said(side: Stated) -> str:
    when = f", {side.on.isoformat()}" if side.on else ""
    return f"{side.said} ({side.source}{when})"
