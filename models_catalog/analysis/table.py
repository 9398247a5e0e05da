"""All methods side by side: every method at every tolerance, read off one scale as of one day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from models_catalog.analysis.drawn import past_step
from models_catalog.analysis.lag import drawn_sides, estimate_from
from models_catalog.analysis.records import Estimate, Floats, Point
from models_catalog.vocabulary import Method

HEADLINE = Method.CATCH_UP
DELTAS = (0.0, 2.0)  # points of tolerance: the headline's, and the one shown beside it
INTERVAL = 0.90


class Cell(NamedTuple):
    method: Method
    delta: float
    estimate: Estimate


def cells_asked(
    methods: Iterable[Method] = tuple(Method), deltas: Iterable[float] = DELTAS
) -> tuple[tuple[Method, float], ...]:
    """Every method at every tolerance. The point gap knows no tolerance: it comes once, at 0."""
    tolerances = tuple(deltas)
    return tuple(
        (method, delta)
        for method in methods
        for delta in ((0.0,) if method is Method.POINT_GAP else tolerances)
    )


def tabulate(
    points: Sequence[Point],
    draws: Floats | None,
    *,
    as_of: date,
    methods: Iterable[Method] = tuple(Method),
    deltas: Iterable[float] = DELTAS,
) -> tuple[Cell, ...]:
    """Every asked method at every asked tolerance, with its interval when there are draws."""
    sides = drawn_sides(points, draws, as_of=as_of)
    return tuple(
        Cell(method, delta, estimate_from(method, sides, delta=delta, level=INTERVAL))
        for method, delta in cells_asked(methods, deltas)
    )


def tabulate_past(
    points: Sequence[Point], draws: Floats, *, as_of: date, deltas: Iterable[float] = DELTAS
) -> tuple[Cell, ...]:
    """The same as of a day before the newest, in a week's row and on that day's page alike.

    There are many such days and each takes as long as the newest, so their intervals are read off some of the draws.
    """
    return tabulate(points, draws[:: past_step(len(draws))], as_of=as_of, deltas=deltas)


def kept(found: Estimate) -> Estimate:
    """Rounded as a week's row keeps it: a past day's page and the weekly table show the same digits."""
    return replace(
        found,
        value=rounded(found.value),
        low=rounded(found.low),
        high=rounded(found.high),
        censored_share=rounded(found.censored_share),
    )


def rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
