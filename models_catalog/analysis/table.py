"""All methods side by side: every method at every tolerance, read off one scale as of one day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

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
