"""What one pair of frontiers says, method by method, before any interval is put around it.

Times are in months of 30.4375 days. `delta` grants the open side that many points: a closed level counts as
matched when an open model comes within `delta` of it. Every figure is a `Reading`: the least and the most the
truth can be. They are equal when it is known; infinitely apart on one side when it is censored, so that
censoring can never turn into a number by accident.

**Levels are bands, not a list.** A uniform grid of levels over the closed frontier, made ever finer, is the
same as the bands between successive steps, weighted by their width. That is what is computed: exactly, with
no grid to choose, and unchanged when the scale is stretched. The bands run from the first closed record
(below it, nobody knows when closed models got there) to the best closed level.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from models_catalog.analysis.frontier import Frontiers, Staircase
from models_catalog.analysis.reasons import (
    BELOW_THE_FIRST,
    NO_CLOSED,
    NO_COMMON_LEVEL,
    NO_OPEN,
    NOBODY_THERE,
    OPEN_FIRST,
    STILL_WAITING,
    mostly_unreached,
    no_match_ahead,
    too_few_rises,
)
from models_catalog.analysis.records import DAYS_PER_MONTH, Flags, Floats
from models_catalog.analysis.survival import survival

LEAST_STEPS = 4
LEAST_OBSERVED = 1 / 3  # share of levels that must have been caught up before a median is worth printing
LEAST_RECORD = 0.5  # points an open record must add to be counted

CLOSED_STEPS = "closed frontier steps"
STEPS = "frontier steps"
RECORDS = "open records"


class Reading(NamedTuple):
    """The truth lies in [least, most]; NaN in both means that nothing can be said, for `reason`."""

    least: float
    most: float
    n: int
    n_unit: str
    censored_share: float | None = None
    reason: str = ""


def nothing(reason: str, n: int, n_unit: str, censored_share: float | None = None) -> Reading:
    """A reading that says only why there is none."""
    return Reading(np.nan, np.nan, n, n_unit, censored_share, reason)


class Bands(NamedTuple):
    """Level bands with constant dates: width, day closed reached it, day open reached it (inf: not yet)."""

    width: Floats
    closed: Floats
    open: Floats


def bands(closed: Staircase, opened: Staircase, low: float, high: float) -> Bands:
    """Cut the levels in (low, high] at every step of either side."""
    cuts = np.concatenate([[low, high], closed.levels, opened.levels])
    cuts = np.unique(cuts[(cuts >= low) & (cuts <= high)])
    tops = cuts[1:]
    return Bands(np.diff(cuts), closed.reached(tops), opened.reached(tops))


def catch_up(sides: Frontiers, delta: float) -> Reading:
    """The median time open models took to reach a level closed models had reached (Kaplan–Meier).

    Levels not yet matched are right-censored at today: waiting is not ignored, as it would be by a mean over
    matched levels. n: closed frontier steps above the first.
    """
    if missing := _missing(sides):
        return missing
    closed, opened = sides.closed, sides.open.raised(delta)
    levels = bands(closed, opened, closed.levels[0], closed.levels[-1])
    observed, n = np.isfinite(levels.open), len(closed) - 1
    censored = _share(levels.width, ~observed)
    if n < LEAST_STEPS or censored is None:
        return nothing(too_few_rises("closed", n, LEAST_STEPS), n, CLOSED_STEPS, censored)
    if 1 - censored < LEAST_OBSERVED:
        return nothing(mostly_unreached(censored), n, CLOSED_STEPS, censored)
    waits = (np.where(observed, levels.open, sides.today) - levels.closed) / DAYS_PER_MONTH
    median = survival(waits, observed, levels.width).median
    reason = "" if np.isfinite(median) else STILL_WAITING
    return Reading(median, median, n, CLOSED_STEPS, censored, reason)


def level_mean(sides: Frontiers, delta: float) -> Reading:
    """The mean horizontal distance between the two step functions over the levels both have reached.

    Epoch AI's definition of October 2025, shown for comparison: it leaves out what open models have not
    reached, so it is short when the closed side has just moved. n: closed steps among those levels.
    """
    if missing := _missing(sides):
        return missing
    closed, opened = sides.closed, sides.open.raised(delta)
    low = max(closed.levels[0], opened.levels[0])
    high = min(closed.levels[-1], opened.levels[-1])
    if high <= low:
        return nothing(NO_COMMON_LEVEL, 0, CLOSED_STEPS)
    levels = bands(closed, opened, low, high)
    n = len(np.unique(levels.closed))
    left_out = float(1 - (high - low) / (closed.levels[-1] - closed.levels[0]))
    if n < LEAST_STEPS:
        reason = too_few_rises("closed", n, LEAST_STEPS, " at levels both sides have reached")
        return nothing(reason, n, CLOSED_STEPS, left_out)
    mean = float(np.average(levels.open - levels.closed, weights=levels.width) / DAYS_PER_MONTH)
    return Reading(mean, mean, n, CLOSED_STEPS, left_out)


def parity_age(sides: Frontiers, delta: float) -> Reading:
    """How long ago closed models first reached what the best open model reaches today.

    Left-censored when that is no more than the first closed record: closed models may have been there long
    before. When no closed model has reached it, open models lead and there is no age to state.
    """
    if missing := _missing(sides):
        return missing
    closed, level = sides.closed, sides.open.levels[-1] + delta
    n = len(closed) + len(sides.open)
    age = (sides.today - closed.day_of(level)) / DAYS_PER_MONTH
    if level <= closed.levels[0]:
        return Reading(age, np.inf, n, STEPS)
    if not np.isfinite(age):
        return Reading(-np.inf, 0.0, n, STEPS, None, no_match_ahead(delta))
    return Reading(age, age, n, STEPS)


def backward_record(sides: Frontiers, delta: float, least_record: float = LEAST_RECORD) -> Reading:
    """How old closed models' same achievement was, each time open models set a record (median).

    A record counts when it lies `least_record` points above the last one counted; the first open model is a
    beginning, not a record. Negative lags are kept: open led. A record no higher than the first closed one
    has a lag of at least its age there (right-censored in the Kaplan–Meier median). One that no closed model
    has reached has a lag of at most minus the time since: if the median rests on such records, open leads.
    """
    if missing := _missing(sides):
        return missing
    chosen = _records(sides.open.levels, least_record)
    levels, n = sides.open.levels[chosen] + delta, len(chosen)
    observed, reached = levels > sides.closed.levels[0], sides.closed.reached(levels)
    censored = _share(np.ones(n), ~observed)
    if n < LEAST_STEPS or censored is None:
        return nothing(too_few_rises("open", n, LEAST_STEPS), n, RECORDS, censored)
    lags = (sides.open.days[chosen] - np.minimum(reached, sides.today)) / DAYS_PER_MONTH
    median = survival(lags, observed).median
    if np.any(lags[np.isinf(reached)] >= median):
        return Reading(-np.inf, median, n, RECORDS, censored, OPEN_FIRST)
    reason = "" if np.isfinite(median) else BELOW_THE_FIRST
    return Reading(median, median, n, RECORDS, censored, reason)


def point_gap(sides: Frontiers, delta: float = 0.0) -> Reading:  # noqa: ARG001 - one signature for all methods
    """Best closed level minus best open level, in points; negative when open leads. Delta plays no part."""
    if missing := _missing(sides):
        return missing
    gap = float(sides.closed.levels[-1] - sides.open.levels[-1])
    return Reading(gap, gap, len(sides.closed) + len(sides.open), STEPS)


def level_catch_up(sides: Frontiers, delta: float, level: float, since: float | None = None) -> Reading:
    """How long open models took to reach one level, counted from the day closed models had, or from `since`.

    If they have not, at least the wait so far. Without `since` also "at least" when closed models had passed
    the level before their first record. Negative when open models were there before `since`.
    """
    if missing := _missing(sides):
        return missing
    n, open_day = len(sides.closed) + len(sides.open), sides.open.raised(delta).day_of(level)
    start = sides.closed.day_of(level) if since is None else since
    if not start <= sides.today:
        return nothing(NOBODY_THERE, n, STEPS)
    wait = (min(open_day, sides.today) - start) / DAYS_PER_MONTH
    dated = since is not None or level >= sides.closed.levels[0]
    return Reading(wait, wait if dated and np.isfinite(open_day) else np.inf, n, STEPS)


def _missing(sides: Frontiers) -> Reading | None:
    n = len(sides.closed) + len(sides.open)
    if not len(sides.closed):
        return nothing(NO_CLOSED, n, STEPS)
    if not len(sides.open):
        return nothing(NO_OPEN, n, STEPS)
    return None


def _share(weights: Floats, chosen: Flags) -> float | None:
    total = float(weights.sum())
    return float(weights[chosen].sum()) / total if total > 0 else None


def _records(levels: Floats, least: float) -> list[int]:
    """Positions of the steps that add at least `least` to the last step counted; the first is the base."""
    chosen, base = list[int](), levels[0]
    for position, level in enumerate(levels[1:], start=1):
        if level - base >= least:
            chosen.append(position)
            base = level
    return chosen
