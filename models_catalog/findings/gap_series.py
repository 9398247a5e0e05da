"""How did the gap look as of every week since 2023, and who made each step?

The series is seen through the scores of one vintage: a day selects models, it never refits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from models_catalog.analysis.drawn import past_draws
from models_catalog.analysis.lag import catch_up_of_level
from models_catalog.analysis.records import DAYS_PER_MONTH, Point
from models_catalog.analysis.table import HEADLINE, INTERVAL
from models_catalog.findings.gap import standing_issue, stored_values
from models_catalog.findings.labels import cut_label, level_unit
from models_catalog.findings.measured import FrontierStep, GapSeries, SeriesPoint
from models_catalog.findings.records import FrontierPoint, Gap
from models_catalog.findings.remembered import remembered
from models_catalog.findings.status import credit
from models_catalog.findings.then import issued
from models_catalog.models import History, Issue
from models_catalog.vocabulary import Access, Cut, Inputs, Method


def gap_series(
    inputs: Inputs = Inputs.ALL,
    method: Method = HEADLINE,
    delta: float = 0.0,
    cut: Cut = Cut.INDEX,
    key: str = "",
) -> GapSeries | None:
    """One method by week. None when it was not computed, or for a tolerance that was not (0 and 2 are)."""
    asked = ("gap series", inputs, method, delta, cut, key)
    return remembered(asked, lambda: stored_series(inputs, method, delta, cut, key))


def stored_series(inputs: Inputs, method: Method, delta: float, cut: Cut, key: str) -> GapSeries | None:
    row = standing_issue(inputs, cut, key)
    kept = History.objects.filter(fit=row.fit_id, **issued("computed_at")).first() if row else None
    wanted = series_name(method, 0.0 if method is Method.POINT_GAP else delta)
    if row is None or kept is None or wanted not in kept.series:
        return None
    return series_in(row, kept, method, delta, kept.series[wanted])


def series_name(method: Method, delta: float) -> str:
    """What a stored history calls one of its series: "catch_up 0"."""
    return f"{method} {delta:g}"


def series_in(
    row: Issue, kept: History, method: Method, delta: float, figures: Sequence[Sequence[object]]
) -> GapSeries:
    cut = Cut(row.fit.cut)
    days = [date.fromisoformat(day) for day in kept.days]
    sources = sorted({source for point in row.fit.points for source in point["sources"]})
    return GapSeries(
        inputs=Inputs(row.fit.inputs),
        cut=cut,
        key=row.fit.key,
        label=cut_label(cut, row.fit.key),
        method=method,
        delta=delta,
        unit="points" if method is Method.POINT_GAP else "months",
        level_unit=level_unit(cut, row.fit.key),
        points=tuple(
            newest_point(row, method, delta) if day == row.as_of else week_point(row, day, values)
            for day, values in zip(days, figures, strict=True)
        ),
        as_of=days[-1],
        vintage=row.vintage,
        method_version=row.fit.method_version,
        interval_level=INTERVAL,
        draws=past_draws(row.fit.draw_count),
        credits=tuple(credit(source) for source in sources),
    )


def week_point(row: Issue, day: date, values: Sequence[object]) -> SeriesPoint:
    point = SeriesPoint(day, *values)  # type: ignore[arg-type]  # as measure.history wrote them
    bounded = point.low is not None or point.high is not None
    return replace(point, draws=past_draws(row.fit.draw_count) if bounded else 0)


def newest_point(row: Issue, method: Method, delta: float) -> SeriesPoint:
    """The answer itself, so that one day has one interval wherever it is read."""
    tolerance = 0.0 if method is Method.POINT_GAP else delta
    said = next(item for item in stored_values(row) if (item.method, item.delta) == (method, tolerance))
    fields = ("value", "low", "high", "at_least", "n", "censored_share", "reason", "draws")
    return SeriesPoint(row.as_of, **{name: getattr(said, name) for name in fields})


def frontier_steps(gap: Gap, access: Access, delta: float = 0.0) -> tuple[FrontierStep, ...]:
    """One side's steps as of the gap's day, oldest first; `delta` grants the open side that many points."""
    shown = gap.frontier.points
    points = [Point(identity(p), p.released, p.access, p.level, p.name) for p in shown]
    records = [point for point in shown if point.record and point.access is access]
    below = [None, *(point.level for point in records)][: len(records)]
    return tuple(
        closed_step(point, under, shown, points, gap.as_of, delta)
        if access is Access.CLOSED
        else open_step(point, under, shown, delta)
        for point, under in zip(records, below, strict=True)
    )


def identity(point: FrontierPoint) -> str:
    return point.model or point.name


def closed_step(
    point: FrontierPoint,
    under: float | None,
    shown: Sequence[FrontierPoint],
    points: Sequence[Point],
    as_of: date,
    delta: float,
) -> FrontierStep:
    """How long open models took to come within `delta` of a closed record, and which did."""
    wait = catch_up_of_level(points, point.level, as_of=as_of, delta=delta)
    matched = None if wait.at_least else first_at(shown, Access.OPEN, point.level - delta)
    return FrontierStep(
        access=Access.CLOSED,
        point=point,
        rise=rise(point, under),
        other=matched,
        months=wait.value,
        at_least=wait.at_least,
        reason=wait.reason,
    )


def open_step(
    point: FrontierPoint, under: float | None, shown: Sequence[FrontierPoint], delta: float
) -> FrontierStep:
    """How long before an open record closed models had reached its level, credited `delta`."""
    level = point.level + delta
    first = first_at(shown, Access.CLOSED, level)
    months = (point.released - first.released).days / DAYS_PER_MONTH if first else None
    bounded = first is not None and level <= lowest_closed_record(shown)
    reason = "" if first else "no closed model is there yet"
    if bounded and months is not None and months <= 0:
        months, reason = None, "no closed model had been scored by then"
    return FrontierStep(
        access=Access.OPEN,
        point=point,
        rise=rise(point, under),
        other=first,
        months=months,
        at_least=bounded and months is not None,
        reason=reason,
    )


def lowest_closed_record(shown: Sequence[FrontierPoint]) -> float:
    """Below it nobody knows when closed models got there."""
    return min(point.level for point in shown if point.record and point.access is Access.CLOSED)


def first_at(shown: Sequence[FrontierPoint], access: Access, level: float) -> FrontierPoint | None:
    """The first model of one side at or above a level; of one day's models the best."""
    there = [point for point in shown if point.access is access and point.level >= level]
    return min(there, key=lambda point: (point.released, -point.level, point.name), default=None)


def rise(point: FrontierPoint, under: float | None) -> float | None:
    return None if under is None else point.level - under
