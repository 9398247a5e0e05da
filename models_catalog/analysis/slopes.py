"""How fast does the lag change? Four estimators of one slope, in months per year.

None is right alone, and all are biased in the same direction where early coverage is sparse; what they say
counts only against worlds with a constant lag (`trend`). Each takes both frontiers with their whole history and
the first day that counts, and returns NaN when fewer than four values carry it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from models_catalog.analysis.frontier import Frontiers, Staircase
from models_catalog.analysis.reading import LEAST_RECORD, LEAST_STEPS, bands
from models_catalog.analysis.records import DAYS_PER_MONTH, Flags, Floats

DAYS_PER_YEAR = 12 * DAYS_PER_MONTH

Slope = Callable[[Frontiers, float], float]


def catch_up_slope(sides: Frontiers, since: float) -> float:
    """Waits of the levels closed models reached since then, against the day they did, weighted by width.

    A level not yet matched counts with the wait so far.
    """
    if not (len(sides.closed) and len(sides.open)):
        return np.nan
    levels = bands(sides.closed, sides.open, sides.closed.levels[0], sides.closed.levels[-1])
    counted = levels.closed >= since
    if len(np.unique(levels.closed[counted])) < LEAST_STEPS:
        return np.nan
    waits = np.minimum(levels.open, sides.today) - levels.closed
    return _line(levels.closed[counted], waits[counted] / DAYS_PER_MONTH, levels.width[counted])


def record_slope(sides: Frontiers, since: float) -> float:
    """How old each open record's level was among closed models, against the day of the record (Theil–Sen)."""
    chosen = _records(sides.open)
    days, levels = sides.open.days[chosen], sides.open.levels[chosen]
    counted = (days >= since) & (levels > _first(sides.closed))
    if counted.sum() < LEAST_STEPS:
        return np.nan
    reached = np.minimum(sides.closed.reached(levels), sides.today)
    lags = (days - reached) / DAYS_PER_MONTH
    return _theil_sen(days[counted], lags[counted])


def parity_slope(sides: Frontiers, since: float) -> float:
    """The age of parity, read once a month, against time."""
    days = months(sides, since)
    ages = parity_ages(sides, days)
    return _line(days[known], ages[known]) if (known := np.isfinite(ages)).sum() >= LEAST_STEPS else np.nan


def gap_slope(sides: Frontiers, since: float) -> float:
    """The gap in points, read once a month, against time; in months by the closed side's pace since then."""
    days = months(sides, since)
    gaps = level_on(sides.closed, days) - level_on(sides.open, days)
    known = np.isfinite(gaps)
    if known.sum() < LEAST_STEPS:
        return np.nan
    pace = _line(days[known], level_on(sides.closed, days[known])) / 12  # points a month
    return _line(days[known], gaps[known]) / pace if pace > 0 else np.nan


SLOPES: Mapping[str, Slope] = MappingProxyType(
    {
        "catch_up": catch_up_slope,
        "backward_record": record_slope,
        "parity_age": parity_slope,
        "point_gap": gap_slope,
    }
)


def months(sides: Frontiers, since: float) -> Floats:
    """A day every month from `since` to the day the question is asked."""
    return np.arange(since, sides.today + 0.5, DAYS_PER_MONTH)


def level_on(side: Staircase, days: Floats) -> Floats:
    """The best level a side had on each day, NaN before its first record."""
    levels: Floats = np.append(np.nan, side.levels)[np.searchsorted(side.days, days, side="right")]
    return levels


def parity_ages(sides: Frontiers, days: Floats) -> Floats:
    """Months since closed models first had what the best open model had on each day; 0 when open led.

    NaN where that is not known: no open model yet, or one no higher than the first closed record.
    """
    levels = level_on(sides.open, days)
    reached = np.where(levels > _first(sides.closed), sides.closed.reached(levels), np.nan)
    return np.maximum(days - reached, 0) / DAYS_PER_MONTH


def _first(side: Staircase) -> float:
    return float(side.levels[0]) if len(side) else np.inf


def _records(side: Staircase) -> Flags:
    """The steps that add enough to the last one counted to be records; the first is the base."""
    chosen, base = np.zeros(len(side), dtype=bool), side.levels[0] if len(side) else np.nan
    for position, level in enumerate(side.levels):
        if level - base >= LEAST_RECORD:
            chosen[position], base = True, level
    return chosen


def _line(days: Floats, values: Floats, weights: Floats | None = None) -> float:
    """The slope of a weighted least-squares line, per year."""
    weight = np.ones(len(days)) if weights is None else weights
    centred = days - np.average(days, weights=weight)
    spread = float(weight @ centred**2)
    return float(weight @ (centred * values)) / spread * DAYS_PER_YEAR if spread > 0 else np.nan


def _theil_sen(days: Floats, values: Floats) -> float:
    """The median of the slopes between all pairs, per year (Sen 1968)."""
    first, second = np.triu_indices(len(days), 1)
    apart = days[second] - days[first]
    slopes = (values[second] - values[first])[apart > 0] / apart[apart > 0]
    return float(np.median(slopes)) * DAYS_PER_YEAR if len(slopes) else np.nan
