"""How far are open models behind? Five methods, each with an interval and the evidence behind it.

Every public function takes points (one per model), the day `as_of` on which the question is asked (also the
day at which waiting is cut off) and the tolerance `delta` in index points, and returns an `Estimate`.
`as_of` selects models; it never changes their levels.

Figures for Epoch AI's published index of 2026-08-11, delta 0 / delta 2: catch-up 5.72 / 4.27 months,
level mean 5.63 / 4.02, parity age 5.22 / 3.61, point gap 4.64. As of 2025-10-30: level mean 4.45 / 3.45
(Epoch: 3.5, 90 % 1.1–5.3). GPT-4 of March 2023: 16.3 / 13.8 months.

**What an interval covers.** It is the uncertainty of the levels: which scores happened to be measured. In
invented worlds it holds the figure that noise-free scores of the same models would give in 92 to 100 % of
cases, but the lag the world was built with in only 30 to 60 %, because which models happened to be released is
not redrawn. Backward records come out about a month short: a record is the moment at which open is closest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

import numpy as np

from models_catalog.analysis import reading
from models_catalog.analysis.frontier import Frontiers, Roster
from models_catalog.analysis.reading import Reading
from models_catalog.analysis.reasons import NO_ERRORS, open_ends, too_few_draws
from models_catalog.analysis.records import Estimate, Floats, Point
from models_catalog.vocabulary import Method

Reader = Callable[[Frontiers, float], Reading]

READERS: Mapping[Method, Reader] = MappingProxyType(
    {
        Method.CATCH_UP: reading.catch_up,
        Method.LEVEL_MEAN: reading.level_mean,
        Method.PARITY_AGE: reading.parity_age,
        Method.BACKWARD_RECORD: reading.backward_record,
        Method.POINT_GAP: reading.point_gap,
    }
)
LEAST_USABLE = 0.5  # share of draws that must carry a value before an interval is given


def estimate(method: Method, points: Sequence[Point], *, as_of: date, delta: float = 0.0) -> Estimate:
    """One method's figure, without an interval."""
    return estimate_with_interval(method, points, None, as_of=as_of, delta=delta)


def estimate_with_interval(
    method: Method,
    points: Sequence[Point],
    draws: Floats | None,
    *,
    as_of: date,
    delta: float = 0.0,
    level: float = 0.90,
) -> Estimate:
    """One method's figure from the points' levels, and its percentile interval from the draws.

    `draws` is draws × points, NaN where a draw has no level for a model (see `Draws.columns`); the method is
    applied to each row as a whole. No rows at all: nobody states an error of these levels. A draw in which the
    median is not reached counts as infinite, a censored draw by its bound, so an end of the interval that the
    evidence does not bound is None, with the reason.
    """
    return estimate_from(method, drawn_sides(points, draws, as_of=as_of), delta=delta, level=level)


@dataclass(frozen=True, slots=True)
class DrawnSides:
    """Both frontiers of the points' own levels, and of every draw; `drawn` None where no draws were given."""

    central: Frontiers
    drawn: tuple[Frontiers, ...] | None


def drawn_sides(points: Sequence[Point], draws: Floats | None, *, as_of: date) -> DrawnSides:
    """The frontiers as of one day, made once for all methods and tolerances that are read off them."""
    roster = Roster.of(points, as_of)
    central = roster.frontiers(np.array([point.level for point in points], dtype=np.float64))
    return DrawnSides(central, None if draws is None else tuple(roster.frontiers(row) for row in draws))


def estimate_from(method: Method, sides: DrawnSides, *, delta: float, level: float) -> Estimate:
    """`estimate_with_interval`, from frontiers made before."""
    read = READERS[method]
    rows = (read(drawn, delta) for drawn in sides.drawn or ())
    found = _estimate(method, read(sides.central, delta), rows, level)
    if sides.drawn is None or sides.drawn or found.value is None:
        return found
    return replace(found, reason=NO_ERRORS)


def catch_up_of_level(points: Sequence[Point], level: float, *, as_of: date, delta: float = 0.0) -> Estimate:
    """When did open models reach a given level, counted from the day closed models first had?

    Not yet reached: the wait so far, `at_least`. None when closed models have not reached it either.
    """
    levels = np.array([point.level for point in points], dtype=np.float64)
    central = reading.level_catch_up(Roster.of(points, as_of).frontiers(levels), delta, level)
    return _estimate(Method.CATCH_UP, central, (), 0.90)


def catch_up_of_model(
    points: Sequence[Point],
    model: str,
    draws: Floats | None = None,
    *,
    as_of: date,
    delta: float = 0.0,
    level: float = 0.90,
) -> Estimate:
    """When did open models reach the level of one closed model, counted from that model's own release?

    In the interval the model's level moves with the draws. KeyError if the model is not among the points.
    "GPT-4" is two models: March 2023 took 16.3 months on Epoch's index, June 2023 took 10.2.
    """
    at = {point.model: position for position, point in enumerate(points)}[model]
    roster, since = Roster.of(points, as_of), float(points[at].released.toordinal())

    def read(levels: Floats) -> Reading:
        return reading.level_catch_up(roster.frontiers(levels), delta, float(levels[at]), since)

    central = read(np.array([point.level for point in points], dtype=np.float64))
    rows = () if draws is None else (read(row) for row in draws if np.isfinite(row[at]))
    return _estimate(Method.CATCH_UP, central, rows, level)


def _estimate(method: Method, central: Reading, rows: Iterable[Reading], level: float) -> Estimate:
    value = central.least if np.isfinite(central.least) else None
    low, high, why = _interval(np.array([(row.least, row.most) for row in rows]).reshape(-1, 2), level)
    if value is None:
        low, high, why = None, None, central.reason
    return Estimate(
        method=method,
        value=value,
        low=low,
        high=high,
        unit="points" if method is Method.POINT_GAP else "months",
        n=central.n,
        n_unit=central.n_unit,
        censored_share=central.censored_share,
        reason=why,
        at_least=value is not None and central.most > central.least,
    )


def _interval(ranges: Floats, level: float) -> tuple[float | None, float | None, str]:
    """The central interval of draws known only to lie in ranges: outward at both ends.

    Percentiles are order statistics, rounded outwards, because infinities cannot be interpolated.
    """
    if not len(ranges):
        return None, None, ""
    usable = ranges[~np.isnan(ranges).any(axis=1)]
    if len(usable) < LEAST_USABLE * len(ranges):
        return None, None, too_few_draws(len(usable), len(ranges))
    tail = round((1 - level) / 2, 9)  # 0.05, not 0.04999…, which would be one rank further out
    low = float(np.quantile(usable[:, 0], tail, method="lower"))
    high = float(np.quantile(usable[:, 1], 1 - tail, method="higher"))
    ends = [name for name, end in (("low", low), ("high", high)) if not np.isfinite(end)]
    why = open_ends(ends) if ends else ""
    return (low if np.isfinite(low) else None), (high if np.isfinite(high) else None), why
