"""The gap by part of the scores: one row per domain, half or benchmark, with its interval or its refusal."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from models_catalog.charts import words
from models_catalog.charts.answer import few_draws, is_caught_up, refusal_word
from models_catalog.charts.counts import Asked, view_of
from models_catalog.charts.data import rows_of
from models_catalog.charts.derived import INTERVALS, steps_of
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
from models_catalog.charts.numerals import day, decimal, interval, share, whole
from models_catalog.charts.render import Shape
from models_catalog.charts.theme import token
from models_catalog.findings.measured import GapRow, GapTable
from models_catalog.findings.records import GapValue
from models_catalog.vocabulary import Method

ROW_HEIGHT = 26
WORD_ROOM = 190
LETTER = 7  # pixels of one letter, a generous mean
NOT_YET = "not computed yet"
CHANGES = "scales by part of the scores fitted, and lags read off their frontiers, by Open Gap"
KEYS = (
    "cut", "key", "label", "method", "delta", "value", "low", "high", "at_least", "unit", "level_unit", "n", "n_unit",
    "censored_share", "draws", "as_of", "models", "benchmarks", "reason",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bar:
    """One drawn row; `value` None: refused, and only its name and the word for it are drawn."""

    label: str
    value: float | None
    low: float
    high: float
    text: str


@dataclass(frozen=True, slots=True)
class PartsDrawing:
    bars: tuple[Bar, ...]
    unit: str

    @property
    def known(self) -> int:
        """How many rows carry a figure; a picture of none would be an empty frame."""
        return sum(item.value is not None for item in self.bars)

    @property
    def compared(self) -> bool:
        """Whether there is more than one row to compare."""
        return len(self.bars) > 1


def parts_figure(
    table: GapTable, method: Method, delta: float, *, title: str, slug: str, path: str = "", query: str = ""
) -> Figure:
    """One method at one tolerance for every row of the table, in its order; the data hold all of them."""
    values = [(row, row.value(method, delta)) for row in table.rows]
    drawing = PartsDrawing(tuple(bar(row, value) for row, value in values), unit_of(method))
    height = 62 + ROW_HEIGHT * len(table.rows)
    return Figure(
        slug=slug,
        title=title,
        sentence=parts_sentence(values, method),
        reading=f"{words.METHOD[method]}{tolerance(delta)}. Bars are {share(table.interval_level)} intervals. "
        "A row without a mark does not have the evidence for a figure; the table says why.",
        drawing=Drawing(
            draw_parts,
            drawing,
            Shape(712, height, wide=True),
            Shape(344, height + 14 * len(table.rows), wide=False),
        ),
        table=parts_table(table, values, view_of(query)),
        data=Data(KEYS, tuple(data_row(row, value) for row in table.rows for value in row.values)),
        credits=table.credits,
        changes=CHANGES,
        path=path,
        query=query,
        day=table.as_of,
    )


def tolerance(delta: float) -> str:
    return f", with a tolerance of {decimal(delta, 0)} points" if delta else ""


def unit_of(method: Method) -> str:
    return "points" if method is Method.POINT_GAP else "months"


def bar(row: GapRow, value: GapValue) -> Bar:
    if value.value is None:
        return Bar(
            row.label, None, 0.0, 0.0, NOT_YET if value.reason == NOT_YET else refusal_word(value).lower()
        )
    low = value.value if value.low is None else value.low
    high = value.value if value.high is None else value.high
    return Bar(row.label, value.value, low, high, value_text(value))


def value_text(value: GapValue) -> str:
    return f"{'≥ ' if value.at_least else ''}{decimal(value.value or 0.0)}"


def parts_sentence(values: Sequence[tuple[GapRow, GapValue]], method: Method) -> str:
    """Smallest and largest, and how many refuse."""
    known = sorted(
        ((row.label, value.value) for row, value in values if value.value is not None),
        key=lambda item: item[1],
    )
    ahead = sum(is_caught_up(value) for _, value in values)
    refused = len(values) - len(known) - ahead
    if not known and all(value.reason == NOT_YET for _, value in values):
        return "Not computed yet: it follows each collection within the hour."
    if not known:
        return "None of them has enough evidence for a figure."
    (least, low), (most, high) = known[0], known[-1]
    unit = "points" if method is Method.POINT_GAP else "months"
    said = f"From {decimal(low)} {unit} ({least}) to {decimal(high)} {unit} ({most})."
    said += f" In {whole(ahead)} of {whole(len(values))} open models are level or ahead." if ahead else ""
    has = "has" if refused == 1 else "have"
    few = f"{whole(refused)} of {whole(len(values))} {has} too little evidence for a figure."
    return f"{said} {few}" if refused else said


def draw_parts(drawing: PartsDrawing, shape: Shape) -> alt.LayerChart:
    """One row per part; zero is marked, because below it open leads."""
    padding = {"left": beside(drawing) if shape.wide else 4, "right": 4, "top": 4, "bottom": 40}
    y = alt.Y(
        "row:Q", axis=None, scale=alt.Scale(domain=[len(drawing.bars) - 0.4, -0.7], nice=False, zero=False)
    )
    x = value_axis(drawing)
    layers = [layer.encode(x=x, y=y) for layer in marks(drawing, shape)]
    zero = alt.Chart(rows_of([{"row": -0.7, "value": 0, "until": len(drawing.bars) - 0.4}]))
    rule = zero.mark_rule(color=token("line")).encode(x=x, y=y, y2="until:Q")
    width = shape.width - padding["left"] - padding["right"]
    height = shape.height - padding["top"] - padding["bottom"]
    return alt.LayerChart(layer=[rule, *layers], width=width, height=height, padding=padding)


def beside(drawing: PartsDrawing) -> int:
    """Room for the longest name, which is set flush right before its row."""
    return max(WORD_ROOM, 14 + LETTER * max((len(item.label) for item in drawing.bars), default=0))


def left_edge(drawing: PartsDrawing) -> float:
    return math.floor(min([0.0, *(item.low for item in drawing.bars)]))


def value_axis(drawing: PartsDrawing) -> alt.X:
    """From zero, or the lowest negative end, to past the longest bar, so that its figure fits."""
    low, high = left_edge(drawing), max([1.0, *(item.high for item in drawing.bars)])
    domain = [low, math.ceil(high + 0.14 * (high - low) + 0.5)]
    ahead = (
        "Months that open-weight models are behind"
        if drawing.unit == "months"
        else "Points that open is behind"
    )
    axis = alt.Axis(title=ahead, titlePadding=8, tickCount=6)
    return alt.X("value:Q", scale=alt.Scale(domain=domain, nice=False), axis=axis)


def marks(drawing: PartsDrawing, shape: Shape) -> list[alt.Chart]:
    """Names, intervals, marks, figures and the word for a refusal: one layer each, because layers are slow to make."""
    edge, rows = left_edge(drawing), list(enumerate(drawing.bars))
    names = [{"row": at, "value": edge, "text": named(item, shape)} for at, item in rows]
    refused = [{"row": at, "value": edge, "text": item.text} for at, item in rows if item.value is None]
    known = [(at, item, item.value) for at, item in rows if item.value is not None]
    spans = [{"row": at, "value": round(item.low, 2), "end": round(item.high, 2)} for at, item, _ in known]
    values = [{"row": at, "value": round(value, 2)} for at, _, value in known]
    ends = [{"row": at, "value": round(item.high, 2), "text": item.text} for at, item, _ in known]
    return [*texts(names, refused if shape.wide else [], ends, shape), *intervals(spans, values)]


def named(item: Bar, shape: Shape) -> str:
    """A narrow drawing has no room beside the name, so that a refusal stands behind it."""
    return item.label if shape.wide or item.value is not None else f"{item.label}: {item.text}"


def texts(
    names: list[dict[str, Any]], refused: list[dict[str, Any]], ends: list[dict[str, Any]], shape: Shape
) -> list[alt.Chart]:
    beside = alt.MarkDef(type="text", align="right", dx=-10)
    above = alt.MarkDef(type="text", align="left", dy=-12)
    word = alt.MarkDef(type="text", align="left", dx=8, color=token("muted"), fontStyle="italic")
    said = alt.MarkDef(type="text", align="left", dx=8, fontWeight="bold")
    placed = ((names, beside if shape.wide else above), (refused, word), (ends, said))
    return [alt.Chart(rows_of(rows), mark=mark).encode(text="text:N") for rows, mark in placed if rows]


def intervals(spans: list[dict[str, Any]], values: list[dict[str, Any]]) -> list[alt.Chart]:
    if not values:
        return []
    symbol = alt.MarkDef(type="point", size=50, opacity=1, stroke=token("open"), fill=token("open"))
    rule = alt.Chart(rows_of(spans)).mark_rule(strokeWidth=1.6, color=token("open")).encode(x2="end:Q")
    return [rule, alt.Chart(rows_of(values), mark=symbol)]


def parts_table(table: GapTable, values: Sequence[tuple[GapRow, GapValue]], asked: Asked) -> Table:
    columns = (
        Column("Part"),
        number_column("Value"),
        Column("Unit"),
        number_column(f"{share(table.interval_level)} interval"),
        number_column("Evidence"),
        number_column("Still waiting"),
        number_column("Models", "open, closed"),
        Column("Best open"),
        Column("Best closed"),
        Column("As of"),
    )
    rows = tuple(table_row(row, value, asked) for row, value in values)
    return Table(
        f"By part of the scores, as of {day(table.as_of)} or of their own newest scores", columns, rows
    )


def table_row(row: GapRow, value: GapValue, asked: Asked) -> tuple[Cell, ...]:
    span, why = interval(value.low, value.high), value.reason or "no interval was computed"
    waiting, behind = value.censored_share, steps_of(row.cut, row.key, asked, scaled=row.as_of is not None)
    nobody = absent(row.reason or "no model of this side is scored")
    return (
        Cell(row.label),
        absent(value.reason) if value.value is None else Cell(value_text(value), rows=behind),
        Cell(row.level_unit if value.unit == "points" else value.unit),
        Cell(span, aside=few_draws(value.draws), rows=INTERVALS) if span else absent(why),
        Cell(
            f"{whole(value.n)} {value.n_unit}",
            aside=value.reason if value.value is None else "",
            rows=behind,
        ),
        absent("not a waiting time") if waiting is None else Cell(share(waiting), rows=behind),
        Cell(f"{whole(row.open_models)}, {whole(row.closed_models)}", rows=behind),
        Cell(row.best_open.name, model=row.best_open.model) if row.best_open else nobody,
        Cell(row.best_closed.name, model=row.best_closed.model) if row.best_closed else nobody,
        Cell(day(row.as_of), day=row.as_of) if row.as_of else absent(row.reason),
    )


def data_row(row: GapRow, value: GapValue) -> DataRow:
    values: tuple[Raw, ...] = (
        row.cut.value,
        row.key,
        row.label,
        value.method.value,
        value.delta,
        value.value,
        value.low,
        value.high,
        value.at_least,
        value.unit,
        row.level_unit,
        value.n,
        value.n_unit,
        value.censored_share,
        value.draws,
        row.as_of,
        row.models,
        row.benchmarks,
        value.reason,
    )
    return DataRow(values)
