"""`manage.py identity_report`: what share of each leaderboard's names resolves, and how often wrongly."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from models_catalog.findings.identity import IdentityLine, identity_lines
from models_catalog.management.console import write_json


class Command(BaseCommand):
    help = (
        "Per leaderboard: names that can mean one model, how many resolve, what is excluded and why, and the "
        "verdict of the hand-labelled gold set."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON list of lines")

    def handle(self, *args: Any, **options: Any) -> None:
        lines = identity_lines()
        if options["json"]:
            write_json([asdict(line) for line in lines])
            return
        for line in lines:
            self.stdout.write(sentence(line))


def sentence(line: IdentityLine) -> str:
    said = f"{line.source}: {line.resolved} of {line.names} names ({percent(line.share)})"
    if line.recent_share is not None:
        said += f", since 2025 {percent(line.recent_share)}"
    if line.excluded:
        said += "; excluded: " + ", ".join(f"{count} {why}" for why, count in sorted(line.excluded.items()))
    if line.gold_n:
        said += f"; gold: {line.gold_wrong} wrong of {line.gold_n}, {line.gold_waiting} unresolved"
        said += f", precision at least {percent(line.precision_low)}"
    return said


def percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f} %"
