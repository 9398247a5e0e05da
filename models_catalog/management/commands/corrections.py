"""`manage.py corrections`: the log of corrected values; add one, with its evidence."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from models_catalog.findings.corrections import corrections
from models_catalog.findings.moment import Moment
from models_catalog.findings.records import CorrectionState
from models_catalog.ingest.corrections import append_correction
from models_catalog.ingest.projections import refresh_projections
from models_catalog.management.console import instant, to_people, write_json
from models_catalog.normalise.corrections import Correction

STATED = ("source", "model", "field", "wrong", "right", "reason", "cite", "key")


class Command(BaseCommand):
    help = "List the corrections of what sources state, or add one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", nargs="?", default="list", choices=("list", "add"))
        parser.add_argument("--known-at", type=instant, help="only those recorded by then")
        parser.add_argument("--source", default="", help="whose statement")
        parser.add_argument("--model", help="the source's own id of what it is about")
        parser.add_argument("--key", default="", help="which score: benchmark|metric|run")
        parser.add_argument("--field", help="date, access_claim, licence, …; value or settings of a score")
        parser.add_argument("--from", dest="wrong", help="exactly what it states")
        parser.add_argument("--to", dest="right", help="what counts instead")
        parser.add_argument("--reason", help="why, in a sentence")
        parser.add_argument("--cite", help="the text that was read")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["action"] == "add":
            self.add(options)
            return
        found = corrections(Moment(known_at=options["known_at"]), source=options["source"])
        if options["json"]:
            write_json([asdict(line) for line in found])
            return
        for line in found:
            self.stdout.write(
                f"{line.state}\t{line.source}\t{line.subject}\t{line.field}\t{line.wrong} -> {line.right}"
            )
        counts = Counter(line.state for line in found)
        said = ", ".join(f"{counts[state]} {state}" for state in CorrectionState if counts[state])
        to_people().print(f"{len(found)} corrections{': ' if said else ''}{said}")

    def add(self, options: dict[str, Any]) -> None:
        missing = [name for name in STATED if options[name] is None]
        if missing:
            raise CommandError(f"a correction needs: {', '.join(missing)}")
        stated = {name: options[name] for name in STATED}
        try:
            row = append_correction(Correction(**stated, reviewed_on=timezone.now().date()))
        except ValueError as error:
            raise CommandError(str(error)) from error
        refresh_projections()
        self.stdout.write(f"correction {row.pk} recorded; `manage.py compute` renews the figures")
