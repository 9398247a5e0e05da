"""What would the figure be if one decision had been taken otherwise? The same scale, other sides.

Nobody's level changes: a sensitivity moves models to another side, or to neither. So the draws of the scale
stay valid, and a model that is left out is counted as of unknown access, which is on no side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from models_catalog.analysis.frontier import running_maximum
from models_catalog.analysis.records import Point
from models_catalog.vocabulary import Access, Tier

WITHOUT_LAB = "without-lab:"
UNKNOWN_OPEN = "unknown-open"
UNKNOWN_CLOSED = "unknown-closed"
RESTRICTED_CLOSED = "restricted-closed"
WITHOUT_PREVIEWS = "without-previews"
RESTRICTED = frozenset({Tier.RESTRICTED, Tier.RESEARCH})

Change = Callable[[Point], Point]


def unknown_open(point: Point) -> Point:
    return replace(point, access=Access.OPEN) if point.access is Access.UNKNOWN else point


def unknown_closed(point: Point) -> Point:
    return replace(point, access=Access.CLOSED) if point.access is Access.UNKNOWN else point


def restricted_closed(point: Point) -> Point:
    """Weights with caps, field limits or for research only count as closed instead of open."""
    counted = point.access is Access.OPEN and point.tier in RESTRICTED
    return replace(point, access=Access.CLOSED) if counted else point


def without_previews(point: Point) -> Point:
    return replace(point, access=Access.UNKNOWN) if point.preview else point


CHANGES: Mapping[str, Change] = MappingProxyType(
    {
        UNKNOWN_OPEN: unknown_open,
        UNKNOWN_CLOSED: unknown_closed,
        RESTRICTED_CLOSED: restricted_closed,
        WITHOUT_PREVIEWS: without_previews,
    }
)


def changed(points: Sequence[Point], sensitivity: str) -> tuple[Point, ...]:
    """The same models in the same order, one decision taken otherwise; "" changes nothing.

    KeyError for a sensitivity nobody defined.
    """
    if not sensitivity:
        return tuple(points)
    if sensitivity.startswith(WITHOUT_LAB):
        lab = sensitivity.removeprefix(WITHOUT_LAB)
        return tuple(
            replace(point, access=Access.UNKNOWN) if point.organization == lab else point for point in points
        )
    return tuple(CHANGES[sensitivity](point) for point in points)


def leading_labs(points: Iterable[Point], *, as_of: date) -> tuple[str, ...]:
    """The organisations that hold a step of either frontier: leaving out any other moves nothing."""
    stated = list(points)
    by_model = {point.model: point.organization for point in stated}
    steps = [
        step for side in (Access.OPEN, Access.CLOSED) for step in running_maximum(stated, side, as_of=as_of)
    ]
    return tuple(sorted({by_model[step.model] for step in steps} - {""}))


def sensitivities(points: Sequence[Point], *, as_of: date) -> tuple[str, ...]:
    """Every sensitivity that moves at least one of these models, and each leading lab left out."""
    moving = [name for name in CHANGES if changed(points, name) != tuple(points)]
    return (*moving, *(WITHOUT_LAB + lab for lab in leading_labs(points, as_of=as_of)))
