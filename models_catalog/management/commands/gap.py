"""`manage.py gap`: the gap as of a day, known at an instant, from captures up to a vintage."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from models_catalog.analysis.records import Insufficient
from models_catalog.analysis.sensitivity import sensitivities
from models_catalog.analysis.table import DELTAS, HEADLINE, INTERVAL
from models_catalog.charts.answer import few_draws
from models_catalog.findings.gap import OVERALL, gap_of
from models_catalog.findings.gap_tables import refused_values
from models_catalog.findings.labels import cut_label, sensitivity_label
from models_catalog.findings.records import Gap, GapValue
from models_catalog.findings.summary import figure
from models_catalog.management.console import day, instant, write_json
from models_catalog.management.weekly import weekly
from models_catalog.measure.cuts import WHOLE, Part, parts_of
from models_catalog.measure.evidence import Evidence, State
from models_catalog.measure.issue import Question, answer, limits
from models_catalog.measure.version import METHOD_VERSION
from models_catalog.models.knowledge import now_known
from models_catalog.normalise.benchmarks import DOMAINS
from models_catalog.vocabulary import Cut, Inputs, Method

Wanted = Callable[[GapValue], bool]


class Command(BaseCommand):
    help = "How far are open-weight models behind closed ones?"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--as-of", type=day, help="models released by this day (default: the inputs' vintage)"
        )
        parser.add_argument("--known-at", type=instant, help="only what was committed by then")
        parser.add_argument("--vintage", type=instant, help="only payloads captured by then")
        parser.add_argument("--method", default=HEADLINE.value, choices=[*Method, "all"])
        parser.add_argument(
            "--domain",
            default=OVERALL,
            choices=[OVERALL, *DOMAINS, "all"],
            help="one domain; `all` adds every domain, half and benchmark, and the sensitivities",
        )
        parser.add_argument("--delta", type=float, help=f"points of tolerance (default: {DELTAS})")
        parser.add_argument("--inputs", type=Inputs, default=Inputs.ALL, choices=list(Inputs))
        parser.add_argument("--series", choices=["weekly"], help="as of every week since 2023, as JSON")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        question = question_of(options)

        def wanted(row: GapValue) -> bool:
            return is_wanted(row, options["method"], options["delta"])

        try:
            evidence = Evidence(question.inputs, State(limits(question)))
            if options["series"]:
                write_json(weekly(question, evidence, options["method"], part_of(options)))
                return
            found = gap_of(answer(question, evidence))
        except Insufficient as refusal:
            if not options["json"]:
                raise CommandError(f"no figure: {refusal.reason}") from refusal
            write_json(refused(question, refusal.reason, wanted))
            return
        shown = document(found, question, evidence, wanted, options["domain"])
        if options["json"]:
            write_json(shown)
            return
        for row in shown["results"]:
            value = GapValue(**row)
            self.stdout.write(
                f"{named(value)}delta {row['delta']:g}  {figure(value)}{few_draws(value.draws, ', ')}"
                f"  n={value.n} {value.n_unit}"
            )


def question_of(options: dict[str, Any]) -> Question:
    delta = options["delta"]
    if delta is not None and not 0 <= delta <= 100:
        raise CommandError(f"--delta {delta:g}: a tolerance is from 0 to 100 points")
    return Question(
        inputs=options["inputs"],
        as_of=options["as_of"],
        known_at=options["known_at"],
        vintage=options["vintage"],
        deltas=DELTAS if delta is None else tuple({0.0, delta}),
    )


def part_of(options: dict[str, Any]) -> Part:
    """The part a series is asked of: the index or one domain. CommandError for what has no series."""
    if options["domain"] == "all" or not {0.0, options["delta"] or 0.0} <= set(DELTAS):
        raise CommandError(f"a series is of the index or of one domain, at a tolerance of {DELTAS}")
    return WHOLE if options["domain"] == OVERALL else Part(Cut.DOMAIN, options["domain"])


def is_wanted(row: GapValue, method: str, delta: float | None) -> bool:
    return method in ("all", row.method.value) and (
        delta in (None, row.delta) or row.method is Method.POINT_GAP
    )


def named(row: GapValue) -> str:
    return "" if row.cut is Cut.INDEX else f"{cut_label(row.cut, row.key)}: "


def document(
    found: Gap, question: Question, evidence: Evidence, wanted: Wanted, domain: str
) -> dict[str, Any]:
    """The index and the domains asked for in `results`; with all domains also the rest, each kind on its own."""
    domains = {"overall": (), "all": tuple(DOMAINS)}.get(domain, (domain,))
    overall = () if domain in DOMAINS else tuple(row for row in found.results if wanted(row))
    parts = [Part(Cut.DOMAIN, key) for key in domains]
    results = [*overall, *(row for part in parts for row in figures(question, evidence, part, wanted))]
    shown: dict[str, Any] = {
        "as_of": found.as_of,
        "known_at": found.known_at,
        "vintage": found.vintage,
        "method_version": found.method_version,
        "interval_level": found.interval_level,
        "headline": asdict(found.headline),
        "results": [asdict(row) for row in results],
    }
    return shown | (everything(question, evidence, wanted) if domain == "all" else {})


def everything(question: Question, evidence: Evidence, wanted: Wanted) -> dict[str, object]:
    """The halves, each benchmark's own scale, and the index with one decision changed at a time."""
    parts = () if evidence.inputs is Inputs.EPOCH else parts_of(evidence.scores)
    of_kind = {
        kind: [part for part in parts if part.cut is cut]
        for kind, cut in (("splits", Cut.SPLIT), ("benchmarks", Cut.BENCHMARK))
    }
    rows = {
        kind: [asdict(row) for part in found for row in figures(question, evidence, part, wanted)]
        for kind, found in of_kind.items()
    }
    return {**rows, "sensitivities": list(changed_decisions(question, evidence, wanted))}


def figures(question: Question, evidence: Evidence, part: Part, wanted: Wanted) -> Iterable[GapValue]:
    """One part's figures, or nulls with the reason why it has none."""
    try:
        rows = gap_of(answer(replace(question, part=part), evidence)).results
    except Insufficient as refusal:
        rows = refused_values(question.inputs, part.cut, part.key, refusal.reason, question.deltas)
    return [row for row in rows if wanted(row)]


def changed_decisions(question: Question, evidence: Evidence, wanted: Wanted) -> Iterable[dict[str, object]]:
    whole = answer(question, evidence)
    for name in sensitivities(whole.fit.placed_points(), as_of=whole.as_of):
        found = gap_of(answer(replace(question, sensitivity=name), evidence))
        for row in found.results:
            if wanted(row):
                yield {"sensitivity": name, "label": sensitivity_label(name)} | asdict(row)


def refused(question: Question, reason: str, wanted: Wanted) -> dict[str, object]:
    """No scale: the same document with null values and the reason, so that silence has a name."""
    nulls = refused_values(question.inputs, Cut.INDEX, "", reason, question.deltas)
    headline = next(row for row in nulls if row.method is HEADLINE and row.delta == 0)
    return {
        "as_of": question.as_of,
        "known_at": question.known_at or now_known(),
        "vintage": question.vintage,
        "method_version": METHOD_VERSION,
        "interval_level": INTERVAL,
        "headline": asdict(headline),
        "results": [asdict(row) for row in nulls if wanted(row)],
    }
