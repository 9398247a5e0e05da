"""What the landscape and the terms by quarter share: counts in the drawing's segments, their columns, the picture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from models_catalog.charts.figure import Column, Drawing, number_column
from models_catalog.charts.landscape_drawing import (
    OPEN_TIERS,
    SEGMENTS,
    Bar,
    LandscapeDrawing,
    draw_landscape,
    height_of,
)
from models_catalog.charts.render import Shape
from models_catalog.vocabulary import Access, Tier

DRAWN = 16  # bars in the picture; the table has all


def bars_drawing(bars: Iterable[Bar]) -> Drawing:
    """As high as its bars need."""
    drawing = LandscapeDrawing(tuple(bars))
    wide, narrow = (
        Shape(width, height_of(drawing, wide=wide), wide=wide) for width, wide in ((712, True), (344, False))
    )
    return Drawing(draw_landscape, drawing, wide, narrow)


def by_access(access: Mapping[Access, int]) -> tuple[int, int, int]:
    """Open, closed, unknown."""
    return access.get(Access.OPEN, 0), access.get(Access.CLOSED, 0), access.get(Access.UNKNOWN, 0)


def segment_counts(tiers: Mapping[Tier, int], access: Mapping[Access, int]) -> tuple[int, ...]:
    """How many models are in each of the drawing's SEGMENTS; together they are the bar's total.

    `tiers` may count open weights only: the closed and the unknown are taken from `access`.
    """
    graded = [tiers.get(tier, 0) for tier in OPEN_TIERS]
    opened, closed, unknown = by_access(access)
    return (*graded, opened - sum(graded), closed, unknown)


def count_columns(unit: str) -> tuple[Column, ...]:
    """All, open, then one column per segment, each label in two lines."""
    labels = (label.partition(" ") for label, _ in SEGMENTS)
    segments = (number_column(first, second) for first, _, second in labels)
    return (number_column("All", unit), number_column("Open", "weights"), *segments)
