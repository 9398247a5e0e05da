"""How the landscape is drawn: one bar per organisation, cut by openness tier, most open first.

Tiers are steps of the blue in a fixed order, weights under unknown terms hatched in blue; closed is vermillion,
unknown access grey and hatched. All that is blue has open weights.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import altair as alt

from models_catalog.charts import words
from models_catalog.charts.data import rows_of
from models_catalog.charts.frontier_names import shortened
from models_catalog.charts.numerals import whole
from models_catalog.charts.render import HATCH, OPEN_HATCH, Shape
from models_catalog.charts.theme import TIER, token
from models_catalog.vocabulary import Tier

ROW = 24  # pixels
BAR = 15
WIDE_NAMES = 160
LONGEST_NAME = 22
OPEN_TIERS = (Tier.OSI, Tier.PERMISSIVE, Tier.RESTRICTED, Tier.RESEARCH)
SEGMENTS = (  # in the order they are drawn: what each is called, and its paint
    *((words.TIER_SHORT[tier], token(TIER[tier])) for tier in OPEN_TIERS),
    (words.TERMS_UNKNOWN, OPEN_HATCH),
    (words.TIER_SHORT[Tier.CLOSED], token(TIER[Tier.CLOSED])),
    (words.TIER_SHORT[Tier.UNKNOWN], HATCH),
)
LEGEND_LINE = 18  # pixels
NARROW_COLUMNS = 3
LETTER, AROUND = 6.2, 32  # pixels a letter of the legend takes, and a swatch with its blanks


@dataclass(frozen=True, slots=True)
class Bar:
    """One organisation: how many models in each of SEGMENTS."""

    name: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LandscapeDrawing:
    bars: tuple[Bar, ...]


def height_of(drawing: LandscapeDrawing, *, wide: bool) -> int:
    """The drawing grows with its rows; names stand above the bars where it is narrow."""
    padding = padding_of(wide=wide)
    return row_height(wide=wide) * len(drawing.bars) + padding["top"] + padding["bottom"]


def row_height(*, wide: bool) -> int:
    return ROW if wide else ROW + 16


def padding_of(*, wide: bool) -> dict[str, int]:
    if wide:
        return {"left": WIDE_NAMES, "right": 46, "top": 30, "bottom": 24}
    return {"left": 2, "right": 40, "top": 12 + LEGEND_LINE * legend_lines(wide=False), "bottom": 24}


def draw_landscape(drawing: LandscapeDrawing, shape: Shape) -> alt.LayerChart:
    """Needs at least one bar with at least one model."""
    padding = padding_of(wide=shape.wide)
    width = shape.width - padding["left"] - padding["right"]
    height = shape.height - padding["top"] - padding["bottom"]
    last = len(drawing.bars) - 0.5
    y = alt.Y("row:Q", axis=None, scale=alt.Scale(domain=[last, -0.5], nice=False, zero=False))
    axis = alt.Axis(title=None, values=[0, 25, 50, 75, 100], labelExpr="datum.value + ' %'")
    x = alt.X("share:Q", scale=alt.Scale(domain=[0, 100], nice=False), axis=axis)
    layers = [
        *segments(drawing, shape),
        *names(drawing, shape),
        *legend(shape, width, height, len(drawing.bars)),
    ]
    placed = [layer.encode(x=x, y=y) for layer in layers]
    return alt.LayerChart(layer=placed, width=width, height=height, padding=padding)


def segments(drawing: LandscapeDrawing, shape: Shape) -> list[alt.Chart]:
    """One layer per segment, so that each has its own paint; hairlines of paper between them."""
    layers = []
    for position, (_, paint) in enumerate(SEGMENTS):
        rows = [
            {"row": row, "share": before(bar, position), "end": before(bar, position + 1)}
            for row, bar in enumerate(drawing.bars)
            if bar.counts[position]
        ]
        if rows:
            mark = alt.MarkDef(
                type="bar", size=BAR, yOffset=drop(shape), fill=paint, stroke=token("paper"), strokeWidth=1
            )
            layers.append(alt.Chart(rows_of(rows), mark=mark).encode(x2="end"))
    return layers


def drop(shape: Shape) -> int:
    """Narrow bars sit lower in their row, under their name."""
    return 0 if shape.wide else 7


def before(bar: Bar, position: int) -> float:
    """The share, in percent, of the segments before a position."""
    return round(100 * sum(bar.counts[:position]) / sum(bar.counts), 2)


def names(drawing: LandscapeDrawing, shape: Shape) -> list[alt.Chart]:
    """Organisations left of their bars (or above them), totals right of them."""
    rows = [
        {
            "row": row,
            "share": 0,
            "end": 100,
            "name": shortened(bar.name, LONGEST_NAME),
            "total": whole(sum(bar.counts)),
        }
        for row, bar in enumerate(drawing.bars)
    ]
    beside = alt.MarkDef(type="text", align="right", dx=-8)
    above = alt.MarkDef(type="text", align="left", dy=-9, dx=1)
    right = alt.MarkDef(type="text", align="left", dx=6, dy=drop(shape), color=token("muted"))
    ends: list[dict[str, Any]] = [row | {"share": 100} for row in rows]
    return [
        alt.Chart(rows_of(rows), mark=beside if shape.wide else above).encode(text="name:N"),
        alt.Chart(rows_of(ends), mark=right).encode(text="total:N"),
    ]


def legend_lines(*, wide: bool) -> int:
    return 1 if wide else -(-len(SEGMENTS) // NARROW_COLUMNS)


def legend_places(shape: Shape) -> list[tuple[float, int]]:
    """Where each segment's swatch stands: pixels from the drawing's left edge, and the line it is on."""
    if shape.wide:  # one line, each name as wide as its letters
        widths = [LETTER * len(label) + AROUND for label, _ in SEGMENTS]
        return [(6 + sum(widths[:position]), 0) for position in range(len(widths))]
    step = (shape.width - 4) / NARROW_COLUMNS
    places = (divmod(position, NARROW_COLUMNS) for position in range(len(SEGMENTS)))
    return [(6 + column * step, line) for line, column in places]


def legend(shape: Shape, width: int, height: int, bars: int) -> list[alt.Chart]:
    """The segments' names with a swatch each, above the first bar, in the order of the segments."""
    lines = legend_lines(wide=shape.wide)
    left = WIDE_NAMES if shape.wide else 0
    layers = []
    for (text, paint), (across, line) in zip(SEGMENTS, legend_places(shape), strict=True):
        up = -(LEGEND_LINE * (lines - line) - 4)
        place = {"row": -0.5 + up * bars / height, "share": 100 * (across - left) / width, "text": text}
        swatch = alt.MarkDef(
            type="point", shape="square", size=110, opacity=1, fill=paint, stroke=None, strokeWidth=0
        )
        name = alt.MarkDef(type="text", align="left", dx=10, fontSize=11, color=token("muted"))
        layers += [
            alt.Chart(rows_of([place]), mark=swatch),
            alt.Chart(rows_of([place]), mark=name).encode(text="text:N"),
        ]
    return layers
