"""`manage.py gap`: the gap as of a day, known at an instant, from captures up to a vintage."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from models_catalog.analysis.records import Insufficient
from models_catalog.analysis.table import DELTAS, HEADLINE, INTERVAL
from models_catalog.findings.gap import OVERALL, gap_of
from models_catalog.findings.records import Gap, GapValue
from models_catalog.findings.summary import figure
from models_catalog.management.console import day, instant, write_json
from models_catalog.measure.issue import Question, issue
from models_catalog.measure.scale import METHOD_VERSION
from models_catalog.models.knowledge import now_known
from models_catalog.vocabulary import Inputs, Method


class Command(BaseCommand):
    help = "How far are open-weight models behind closed ones?"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--as-of", type=day, help="models released by this day (default: the inputs' vintage)"
        )
        parser.add_argument("--known-at", type=instant, help="only what was committed by then")
        parser.add_argument("--vintage", type=instant, help="only payloads captured by then")
        parser.add_argument("--method", default=HEADLINE.value, choices=[*Method, "all"])
        parser.add_argument("--domain", default=OVERALL, choices=[OVERALL, "all"])
        parser.add_argument("--delta", type=float, help=f"points of tolerance (default: {DELTAS})")
        parser.add_argument("--inputs", type=Inputs, default=Inputs.ALL, choices=list(Inputs))
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        delta = options["delta"]
        if delta is not None and not 0 <= delta <= 100:
            raise CommandError(f"--delta {delta:g}: a tolerance is from 0 to 100 points")
        question = Question(
            inputs=options["inputs"],
            as_of=options["as_of"],
            known_at=options["known_at"],
            vintage=options["vintage"],
            deltas=DELTAS if delta is None else tuple({0.0, delta}),
        )
        try:
            found = gap_of(issue(question))
        except Insufficient as refusal:
            if not options["json"]:
                raise CommandError(f"no figure: {refusal.reason}") from refusal
            write_json(refused(question, refusal.reason, options["method"], delta))
            return
        chosen = [row for row in found.results if wanted(row, options["method"], delta)]
        if options["json"]:
            write_json(document(found, chosen))
            return
        for row in chosen:
            self.stdout.write(f"delta {row.delta:g}  {figure(row)}  n={row.n} {row.n_unit}")


def wanted(row: GapValue, method: str, delta: float | None) -> bool:
    return method in ("all", row.method.value) and (
        delta in (None, row.delta) or row.method is Method.POINT_GAP
    )


def document(found: Gap, results: list[GapValue]) -> dict[str, object]:
    return {
        "as_of": found.as_of,
        "known_at": found.known_at,
        "vintage": found.vintage,
        "method_version": found.method_version,
        "interval_level": found.interval_level,
        "headline": asdict(found.headline),
        "results": [asdict(row) for row in results],
    }


def refused(question: Question, reason: str, method: str, delta: float | None) -> dict[str, object]:
    """No scale: the same document with null values and the reason, so that silence has a name."""
    nulls = [
        null_value(question.inputs, asked, tolerance, reason)
        for asked in Method
        for tolerance in ((0.0,) if asked is Method.POINT_GAP else sorted(question.deltas))
    ]
    return {
        "as_of": question.as_of,
        "known_at": question.known_at or now_known(),
        "vintage": question.vintage,
        "method_version": METHOD_VERSION,
        "interval_level": INTERVAL,
        "headline": asdict(null_value(question.inputs, HEADLINE, 0.0, reason)),
        "results": [asdict(row) for row in nulls if wanted(row, method, delta)],
    }


def null_value(inputs: Inputs, method: Method, delta: float, reason: str) -> GapValue:
    return GapValue(
        method=method,
        inputs=inputs,
        scale="",
        domain=OVERALL,
        delta=delta,
        value=None,
        low=None,
        high=None,
        unit="points" if method is Method.POINT_GAP else "months",
        n=0,
        n_unit="models",
        censored_share=None,
        reason=reason,
    )
