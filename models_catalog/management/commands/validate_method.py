"""`manage.py validate_method`: does the method keep its promises, on stored facts and in simulated worlds?"""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from models_catalog.management.console import progress, to_people, write_json
from models_catalog.measure.checks import WORLDS, Check, checks


class Command(BaseCommand):
    help = "Check the method against published figures, planted truths and simulated worlds, and its records."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--worlds", type=int, default=WORLDS, help="simulated worlds (minutes; 0 leaves them out)"
        )
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        with progress(to_people()) as bar:
            task = bar.add_task("simulated worlds", total=options["worlds"])
            found = list(checks(options["worlds"], lambda done: bar.update(task, completed=done)))
        if options["json"]:
            write_json([asdict(check) for check in found])
        else:
            for check in found:
                self.stdout.write(line(check))
        if not all(check.passed for check in found):
            sys.exit(1)


def line(check: Check) -> str:
    """ "kept    r 0.9999 [0.9999, 0.9999] n=222: at least 0.999"."""
    said = "kept  " if check.passed else "MISSED"
    value = "none" if check.value is None else f"{check.value:.4g}"
    bounds = "" if check.low is None or check.high is None else f" [{check.low:.4g}, {check.high:.4g}]"
    return f"{said}  {check.check}: {value}{bounds}, n={check.n}; {check.target}"
