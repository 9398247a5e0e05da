"""What changed since when: a figure beside itself four weeks before, on the same scale, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from models_catalog.charts.numerals import day, decimal
from models_catalog.findings.measured import GapSeries
from models_catalog.findings.records import FrontierPoint, Gap
from models_catalog.vocabulary import Access

BACK = timedelta(weeks=4)
LEAST = 0.05  # what one decimal shows as 0.1


@dataclass(frozen=True, slots=True)
class Changed:
    """`words`: "−3.8 points since 25 Jul 2026"; `since`: the day whose figures show the other value."""

    words: str
    since: date


@dataclass(frozen=True, slots=True)
class Changes:
    """Of the lag, the best of either side and their distance; None where one of the two days has no value."""

    lag: Changed | None
    closed: Changed | None
    open: Changed | None
    points: Changed | None


def changes_of(gap: Gap, series: GapSeries | None) -> Changes:
    """`series` is the headline's own, week by week on the same scale."""
    since = gap.as_of - BACK
    closed, opened = gap.frontier.best_closed, gap.frontier.best_open
    closed_then, open_then = (best_by(gap, access, since) for access in (Access.CLOSED, Access.OPEN))
    points = None
    if closed and opened and closed_then and open_then:
        then = closed_then.level - open_then.level
        points = changed(closed.level - opened.level, then, "points", since)
    return Changes(
        lag_change(gap, series),
        best_change(closed, closed_then, since),
        best_change(opened, open_then, since),
        points,
    )


def lag_change(gap: Gap, series: GapSeries | None) -> Changed | None:
    """Against the newest week at least four weeks back; nothing is said of values that are bounds."""
    now, weeks = gap.headline, series.points if series else ()
    then = max(
        (point for point in weeks if point.day <= gap.as_of - BACK), key=lambda point: point.day, default=None
    )
    if then is None or then.value is None or now.value is None or then.at_least or now.at_least:
        return None
    return changed(now.value, then.value, now.unit, then.day)


def best_by(gap: Gap, access: Access, on: date) -> FrontierPoint | None:
    """The most capable model of a side that was out by a day."""
    out = (point for point in gap.frontier.points if point.access is access and point.released <= on)
    return max(out, key=lambda point: point.level, default=None)


def best_change(now: FrontierPoint | None, then: FrontierPoint | None, since: date) -> Changed | None:
    if now is None or then is None:
        return None
    if (now.model, now.name) == (then.model, then.name):
        return Changed(f"the same model as on {day(since)}", since)
    found = changed(now.level, then.level, "points", since)
    return Changed(f"{found.words}, when it was {then.name}", since)


def changed(now: float, then: float, unit: str, since: date) -> Changed:
    """Signed, with unit and since when; what one decimal cannot show is said to be less than it shows."""
    difference = now - then
    if not difference:
        return Changed(f"unchanged since {day(since)}", since)
    if abs(difference) < LEAST:
        return Changed(f"changed by less than 0.1 {unit} since {day(since)}", since)
    return Changed(f"{'+' if difference > 0 else ''}{decimal(difference)} {unit} since {day(since)}", since)
