"""The spread: what every method makes of the same two frontiers, at both tolerances, with intervals.

One number without its method is wrong, so the figure shows them side by side.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import altair as alt

from models_catalog.charts import words
from models_catalog.charts.answer import few_draws
from models_catalog.charts.data import rows_of
from models_catalog.charts.derived import INTERVALS, METHODS, STEPS
from models_catalog.charts.figure import (
    Cell,
    Column,
    Data,
    DataRow,
    Drawing,
    Figure,
    Raw,
    Table,
    absent,
    number_column,
)
from models_catalog.charts.numerals import count, day, decimal, interval, share, whole
from models_catalog.charts.render import Shape
from models_catalog.charts.theme import token
from models_catalog.findings.records import Gap, GapValue
from models_catalog.vocabulary import Method

TOLERANCE_ROW = 0.32  # a row's second reading, in rows below its first
TOLERANCE_DROP = 8  # half of that in pixels
WIDE = Shape(712, 250, wide=True)
NARROW = Shape(344, 300, wide=False)
CHANGES = "lags read off the frontiers by Open Gap"
KEYS = (
    "method",
    "inputs",
    "scale",
    "domain",
    "delta",
    "value",
    "low",
    "high",
    "at_least",
    "unit",
    "n",
    "n_unit",
    "censored_share",
    "draws",
    "reason",
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One drawn value, in months."""

    method: Method
    delta: float
    value: float
    low: float
    high: float
    text: str


@dataclass(frozen=True, slots=True)
class SpreadDrawing:
    readings: tuple[Reading, ...]
    headline: Method


def spread_figure(gap: Gap, *, path: str = "", query: str = "") -> Figure:
    """Every method at every tolerance; the picture has those in months, the table all."""
    readings = tuple(reading_of(item) for item in gap.results if item.unit == "months")
    drawing = SpreadDrawing(tuple(item for item in readings if item), gap.headline.method)
    return Figure(
        slug="spread",
        title=f"The lag by method and tolerance, in months, as of {day(gap.as_of)}",
        sentence=spread_sentence(gap),
        reading="Filled marks: no tolerance. Hollow marks: an open model within 2 index points counts as "
        f"level. Bars are {share(gap.interval_level)} intervals.",
        drawing=Drawing(draw_spread, drawing, WIDE, NARROW),
        table=spread_table(gap),
        data=Data(KEYS, tuple(data_row(item) for item in gap.results)),
        credits=gap.frontier.credits,
        changes=CHANGES,
        path=path,
        query=query,
        day=gap.as_of,
    )


def reading_of(item: GapValue) -> Reading | None:
    if item.value is None:
        return None
    low = item.value if item.low is None else item.low
    high = item.value if item.high is None else item.high
    text = f"{'≥ ' if item.at_least else ''}{decimal(item.value)}"
    return Reading(item.method, item.delta, item.value, low, high, text)


def spread_sentence(gap: Gap) -> str:
    """Lowest and highest reading, and how many methods refuse."""
    months = [item for item in gap.results if item.unit == "months"]
    known = sorted((item for item in months if item.value is not None), key=lambda item: item.value or 0.0)
    if not known:
        return f"No method has enough evidence on {day(gap.as_of)} to state a lag."
    low, high = known[0], known[-1]
    said = (
        f"From the same scores the lag reads {interval(low.value, high.value)} months: shortest by "
        f"{named(low)}, longest by {named(high)}."
    )
    refused = len(months) - len(known)
    return f"{said} {count(refused, 'reading')} had too little evidence." if refused else said


def named(item: GapValue) -> str:
    """ "parity age with a tolerance of 2 points" """
    tolerance = f" with a tolerance of {decimal(item.delta, 0)} points" if item.delta else ""
    return f"{words.METHOD[item.method].lower()}{tolerance}"


def draw_spread(drawing: SpreadDrawing, shape: Shape) -> alt.LayerChart:
    """One row per method, the headline's in blue; needs at least one reading."""
    methods = [method for method in Method if any(item.method == method for item in drawing.readings)]
    padding = {"left": 116 if shape.wide else 4, "right": 4, "top": 4, "bottom": 40}
    y = alt.Y("row:Q", axis=None, scale=alt.Scale(domain=[len(methods) - 0.4, -0.6], nice=False, zero=False))
    x = month_axis(drawing.readings)
    layers = [
        layer.encode(x=x, y=y)
        for item_layers in (
            *(reading_marks(item, methods.index(item.method), drawing.headline) for item in drawing.readings),
            *(
                method_name(method, row, shape, left_edge(drawing.readings))
                for row, method in enumerate(methods)
            ),
        )
        for layer in item_layers
    ]
    width = shape.width - padding["left"] - padding["right"]
    height = shape.height - padding["top"] - padding["bottom"]
    return alt.LayerChart(layer=layers, width=width, height=height, padding=padding)


def left_edge(readings: Iterable[Reading]) -> float:
    return math.floor(min(0.0, *(item.low for item in readings)))


def month_axis(readings: tuple[Reading, ...]) -> alt.X:
    """From zero (or the lowest negative end) to past the longest bar, so that its figure fits."""
    low, high = left_edge(readings), max(item.high for item in readings)
    domain = [low, math.ceil(high + 0.12 * (high - low) + 0.5)]
    axis = alt.Axis(
        title="Months that open-weight models are behind closed ones", titlePadding=8, tickCount=6
    )
    return alt.X("months:Q", scale=alt.Scale(domain=domain, nice=False), axis=axis)


def reading_marks(item: Reading, row: int, headline: Method) -> list[alt.Chart]:
    """One interval, its mark (hollow with a tolerance) and its figure."""
    hollow = item.delta != 0
    colour = token("open" if item.method == headline else "muted")
    at = row + (TOLERANCE_ROW if hollow else 0.0)
    bar = {"row": at, "months": round(item.low, 2), "end": round(item.high, 2)}
    mark = {"row": at, "months": round(item.value, 2)}
    end = {"row": at, "months": round(item.high, 2), "text": item.text}
    symbol = alt.MarkDef(
        type="point",
        size=50,
        strokeWidth=1.6,
        opacity=1,
        stroke=colour,
        fill=token("paper") if hollow else colour,
    )
    words_at_end = alt.MarkDef(type="text", align="left", dx=8, fontWeight="normal" if hollow else "bold")
    return [
        alt.Chart(rows_of([bar])).mark_rule(strokeWidth=1.6, color=colour).encode(x2="end"),
        alt.Chart(rows_of([mark]), mark=symbol),
        alt.Chart(rows_of([end]), mark=words_at_end).encode(text="text:N"),
    ]


def method_name(method: Method, row: int, shape: Shape, edge: float) -> list[alt.Chart]:
    """The method's name: left of its row, or above it where the drawing is narrow."""
    here = rows_of([{"row": row, "months": edge, "text": words.METHOD[method]}])
    beside = alt.MarkDef(type="text", align="right", dx=-10, dy=TOLERANCE_DROP)
    above = alt.MarkDef(type="text", align="left", dx=1, dy=-14)
    return [alt.Chart(here, mark=beside if shape.wide else above).encode(text="text:N")]


def spread_table(gap: Gap) -> Table:
    """Every method by every tolerance, the point gap included."""
    columns = (
        Column("Method"),
        number_column("Tolerance", "points"),
        number_column("Value"),
        Column("Unit"),
        number_column(f"{share(gap.interval_level)} interval"),
        number_column("Evidence"),
        number_column("Still waiting"),
    )
    caption = f"Every method and tolerance, as of {day(gap.as_of)}"
    return Table(caption, columns, tuple(table_row(item) for item in gap.results))


def table_row(item: GapValue) -> tuple[Cell, ...]:
    span = interval(item.low, item.high)
    why = item.reason or "no interval was computed"
    return (
        Cell(words.METHOD[item.method], method=item.method.value),
        Cell(decimal(item.delta, 0), rows=METHODS),
        absent(item.reason) if item.value is None else Cell(value_text(item), rows=STEPS),
        Cell(item.unit),
        Cell(span, aside=few_draws(item.draws), rows=INTERVALS) if span else absent(why),
        Cell(f"{whole(item.n)} {item.n_unit}", rows=STEPS),
        absent("not a waiting time")
        if item.censored_share is None
        else Cell(share(item.censored_share), rows=STEPS),
    )


def value_text(item: GapValue) -> str:
    return f"{'at least ' if item.at_least else ''}{decimal(item.value or 0.0)}"


def data_row(item: GapValue) -> DataRow:
    values: tuple[Raw, ...] = (
        item.method.value,
        item.inputs.value,
        item.scale,
        item.domain,
        item.delta,
        item.value,
        item.low,
        item.high,
        item.at_least,
        item.unit,
        item.n,
        item.n_unit,
        item.censored_share,
        item.draws,
        item.reason,
    )
    return DataRow(values)
