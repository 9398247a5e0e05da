"""How far behind, at what? The standing answers by domain, by benchmark, by half, and when decisions change.

Read from what `compute` stored. Every part of the scores that was tried has a row: with figures, or with the
reason why there are none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from models_catalog.analysis.sensitivity import changed
from models_catalog.analysis.table import DELTAS, HEADLINE, INTERVAL, cells_asked, tabulate
from models_catalog.findings.gap import (
    OVERALL,
    best,
    frontier_of,
    refusal,
    standing_issue,
    stored_values,
    value,
)
from models_catalog.findings.labels import cut_label, level_unit, sensitivity_label
from models_catalog.findings.measured import GapRow, GapTable
from models_catalog.findings.records import GapValue
from models_catalog.findings.remembered import remembered
from models_catalog.findings.status import credit
from models_catalog.findings.then import issued, known_then
from models_catalog.models import Issue, Refusal, Result
from models_catalog.normalise.benchmarks import DOMAINS
from models_catalog.vocabulary import Access, Cut, Inputs, Method, Split

PAST = "no interval: it is computed for the newest day only"


def gap_by_domain(inputs: Inputs = Inputs.ALL, as_of: date | None = None) -> GapTable | None:
    """One row per domain, all ten, in the reviewed order. None before the first computation.

    `as_of`: the same scales seen from an earlier day, without intervals.
    """
    asked = ("gap by domain", inputs, as_of)
    return remembered(asked, lambda: table(inputs, Cut.DOMAIN, tuple(DOMAINS), as_of))


def gap_by_split(inputs: Inputs = Inputs.ALL, as_of: date | None = None) -> GapTable | None:
    """Private and public benchmarks, independent and developers' own measurements."""
    return remembered(("gap by split", inputs, as_of), lambda: table(inputs, Cut.SPLIT, tuple(Split), as_of))


def gap_by_benchmark(inputs: Inputs = Inputs.ALL, as_of: date | None = None) -> GapTable | None:
    """One row per reviewed benchmark that any stored score is of: with a headline first, most models first."""
    return remembered(("gap by benchmark", inputs, as_of), lambda: benchmark_table(inputs, as_of))


def headlined_benchmarks(inputs: Inputs = Inputs.ALL) -> tuple[str, ...]:
    """Slugs of the benchmarks whose own scale carries a headline: what can be chosen. One query, no tables."""
    asked = {"issue__standing": True, "issue__fit__inputs": inputs, "issue__fit__cut": Cut.BENCHMARK}
    rows = Result.objects.filter(method=HEADLINE, delta=0.0, value__isnull=False, **asked)
    return tuple(sorted(set(rows.values_list("issue__fit__key", flat=True))))


def gap_sensitivities(inputs: Inputs = Inputs.ALL, as_of: date | None = None) -> GapTable | None:
    """The index with one decision changed at a time; the first row is the index as defined."""
    return remembered(("gap sensitivities", inputs, as_of), lambda: sensitivity_table(inputs, as_of))


def table(inputs: Inputs, cut: Cut, keys: Iterable[str], as_of: date | None = None) -> GapTable | None:
    whole = standing_issue(inputs)
    return assembled(whole, [row_of(inputs, cut, key, as_of) for key in keys], as_of) if whole else None


def benchmark_table(inputs: Inputs, as_of: date | None) -> GapTable | None:
    tried = {"fit__inputs": inputs, "fit__cut": Cut.BENCHMARK}
    answered = Issue.objects.filter(standing=True, **tried, **issued("issued_at"))
    keys = answered.values_list("fit__key", flat=True)
    reasons = Refusal.objects.filter(inputs=inputs, cut=Cut.BENCHMARK).values_list("key", flat=True)
    refused = () if known_then() else reasons
    found = table(inputs, Cut.BENCHMARK, sorted({*keys, *refused}), as_of)
    return replace(found, rows=tuple(sorted(found.rows, key=prominence))) if found else None


def prominence(row: GapRow) -> tuple[bool, int, str]:
    return (row.value(HEADLINE).value is None, -row.models, row.label)


def sensitivity_table(inputs: Inputs, as_of: date | None) -> GapTable | None:
    whole = standing_issue(inputs)
    if whole is None:
        return None
    asked = {"fit": whole.fit_id, "as_of": whole.as_of} | issued("issued_at")
    rows = Issue.objects.filter(standing=True, **asked).exclude(sensitivity="")
    newest = {row.sensitivity: row for row in rows.select_related("fit").defer("fit__draws").order_by("id")}
    otherwise = [
        answered(row, key, sensitivity_label(key), as_of) for key, row in sorted(newest.items(), key=order_of)
    ]
    return assembled(whole, [answered(whole, "", sensitivity_label(""), as_of), *otherwise], as_of)


def order_of(item: tuple[str, Issue]) -> int:
    """As computed: decisions first, then labs."""
    return item[1].pk


def row_of(inputs: Inputs, cut: Cut, key: str, as_of: date | None) -> GapRow:
    row, refused = standing_issue(inputs, cut, key), refusal(inputs, cut, key)
    if row is not None and not refused:
        return answered(row, key, cut_label(cut, key), as_of)
    untried = "none had been computed by then" if known_then() else "not computed yet"
    return unanswered(inputs, cut, key, refused or untried)


def answered(row: Issue, key: str, label: str, as_of: date | None) -> GapRow:
    cut, fit = Cut(row.fit.cut), row.fit
    day = min(as_of or row.as_of, row.as_of)
    points = frontier_of(fit, day, row.sensitivity).points
    return GapRow(
        cut=cut,
        key=key,
        label=label,
        values=values_on(row, day),
        as_of=day,
        vintage=row.vintage,
        models=len(points),
        open_models=sum(point.access is Access.OPEN for point in points),
        closed_models=sum(point.access is Access.CLOSED for point in points),
        benchmarks=len(fit.detail.get("benchmarks", ())),
        level_unit=level_unit(cut, fit.key),
        best_open=best(points, Access.OPEN),
        best_closed=best(points, Access.CLOSED),
        reason="",
        sources=tuple(sorted({source for point in points for source in point.sources})),
    )


def values_on(row: Issue, day: date) -> tuple[GapValue, ...]:
    """The stored figures; of an earlier day the same scale's, without intervals, because those take a while."""
    if day == row.as_of:
        return stored_values(row)
    cells = tabulate(changed(row.fit.placed_points(), row.sensitivity), None, as_of=day)
    found = [value(cell.method, cell.delta, cell.estimate, row.fit) for cell in cells]
    return tuple(item if item.value is None else replace(item, reason=PAST) for item in found)


def unanswered(inputs: Inputs, cut: Cut, key: str, reason: str) -> GapRow:
    return GapRow(
        cut=cut,
        key=key,
        label=cut_label(cut, key),
        values=refused_values(inputs, cut, key, reason),
        as_of=None,
        vintage=None,
        models=0,
        open_models=0,
        closed_models=0,
        benchmarks=0,
        level_unit=level_unit(cut, key),
        best_open=None,
        best_closed=None,
        reason=reason,
    )


def refused_values(
    inputs: Inputs, cut: Cut, key: str, reason: str, deltas: Iterable[float] = DELTAS
) -> tuple[GapValue, ...]:
    """Every method at every tolerance without a value, so that silence has a name."""
    return tuple(
        refused_value(inputs, cut, key, method, delta, reason)
        for method, delta in cells_asked(deltas=sorted(deltas))
    )


def refused_value(inputs: Inputs, cut: Cut, key: str, method: Method, delta: float, reason: str) -> GapValue:
    return GapValue(
        method=method,
        inputs=inputs,
        scale="",
        domain=key if cut is Cut.DOMAIN else OVERALL,
        delta=delta,
        value=None,
        low=None,
        high=None,
        unit="points" if method is Method.POINT_GAP else "months",
        n=0,
        n_unit="models",
        censored_share=None,
        reason=reason,
        cut=cut,
        key=key,
    )


def assembled(whole: Issue, rows: Iterable[GapRow], as_of: date | None = None) -> GapTable:
    sources = sorted({source for point in whole.fit.points for source in point["sources"]})
    return GapTable(
        inputs=Inputs(whole.fit.inputs),
        as_of=min(as_of or whole.as_of, whole.as_of),
        known_at=whole.known_at,
        vintage=whole.vintage,
        method_version=whole.fit.method_version,
        interval_level=INTERVAL,
        rows=tuple(rows),
        credits=tuple(credit(source) for source in sources),
    )
