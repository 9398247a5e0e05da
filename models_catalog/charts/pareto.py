"""Capability against price: every priced model, and for each side the models no other of it beats."""

from __future__ import annotations

import math
from dataclasses import dataclass

import altair as alt

from models_catalog.analysis.prices import PricedModel, of, pareto
from models_catalog.analysis.table import INTERVAL
from models_catalog.charts import words
from models_catalog.charts.data import rows_of
from models_catalog.charts.figure import Data, DataRow, Drawing, Figure
from models_catalog.charts.frontier_drawing import DASH
from models_catalog.charts.frontier_names import INK, LONGEST_NAME, NAME_SIZE, SIDE_WORD, shortened
from models_catalog.charts.labels import Box, free_labels, text_width
from models_catalog.charts.marks import SYMBOL, crowd_of, titled_above
from models_catalog.charts.numerals import count, day, decimal, share, whole
from models_catalog.charts.price_path import CHANGES, PER, dollars, price_quotes
from models_catalog.charts.price_tables import pareto_table
from models_catalog.charts.render import Shape
from models_catalog.charts.theme import ACCESS, token
from models_catalog.findings.prices import Prices
from models_catalog.vocabulary import Access

WIDE = Shape(712, 360, wide=True)
NARROW = Shape(344, 300, wide=False)
SIDES = (Access.CLOSED, Access.OPEN)
KEYS = ("model", "name", "access", "level", "low", "high", "price", "lowest", "hosts", "beaten_by_none")
MOST_NAMES = 12
APART = 16  # pixels between two lines of text
WINDOW = 60.0  # index points below the best that are drawn
TOLD = [
    alt.Tooltip("name:N", title="Model"),
    alt.Tooltip("price:Q", title=PER, format="$.2f"),
    alt.Tooltip("level:Q", title="Index points", format=".1f"),
]


@dataclass(frozen=True, slots=True)
class Dot:
    """One model; `step` when no other of its side is as good at the same or a lower price."""

    name: str
    access: Access
    price: float
    level: float
    step: bool
    bounds: tuple[float, float] | None = None  # the interval of its level, where one is known


@dataclass(frozen=True, slots=True)
class ParetoDrawing:
    dots: tuple[Dot, ...]

    def steps(self, access: Access) -> list[Dot]:
        """Cheapest first."""
        own = [dot for dot in self.dots if dot.access is access and dot.step]
        return sorted(own, key=lambda dot: dot.price)


def pareto_figure(found: Prices, *, path: str = "", query: str = "") -> Figure:
    """Needs at least one model whose access is known."""
    drawing = ParetoDrawing(tuple(dots(found)))
    hidden = len([model for model in found.models if model.access in SIDES]) - len(drawing.dots)
    return Figure(
        slug="pareto-figure",
        title=f"Capability against price, open and closed, on {day(found.day)}",
        sentence=pareto_sentence(found),
        reading="Large marks on a line: no other model of that side is as capable at the same or a lower price. Prices "
        "are blended, three parts input to one part output, and guarded: the second lowest of three or more hosts. "
        f"Logarithmic price axis. {bars(drawing)}A list price is what a host states and has no interval. "
        f"{below(hidden)}".strip(),
        drawing=Drawing(draw_pareto, drawing, WIDE, NARROW),
        table=pareto_table(found),
        data=Data(KEYS, tuple(data_row(found, model) for model in found.models)),
        credits=found.credits,
        changes=CHANGES,
        path=path,
        query=query,
        day=found.day,
    )


def dots(found: Prices) -> list[Dot]:
    known = [model for model in found.models if model.access in SIDES]
    steps = {model.model for side in SIDES for model in pareto(of(known, side))}
    floor = max(model.level for model in known) - WINDOW
    return [
        Dot(
            found.name(model.model),
            model.access,
            float(model.guarded),
            model.level,
            model.model in steps,
            found.bounds.get(model.model),
        )
        for model in known
        if model.level >= floor
    ]


def bars(drawing: ParetoDrawing) -> str:
    """What the thin bars are, where there are any."""
    known = any(bounded(drawing, side) for side in SIDES)
    return f"Thin bars: the {share(INTERVAL)} interval of a level on a line. " if known else ""


def bounded(drawing: ParetoDrawing, side: Access) -> list[dict[str, object]]:
    """One side's steps whose level has an interval, as the two ends of a bar."""
    return [
        {"price": dot.price, "level": round(dot.bounds[0], 1), "end": round(dot.bounds[1], 1)}
        for dot in drawing.steps(side)
        if dot.bounds and dot.bounds[0] < dot.bounds[1]
    ]


def below(hidden: int) -> str:
    return f"{count(hidden, 'model')} further down in the data." if hidden else ""


def pareto_sentence(found: Prices) -> str:
    """How many are beaten by none, how many of them open, and how far the open ones reach."""
    best = [model for model in found.models if model.model in found.pareto]
    opened = of(best, Access.OPEN)
    said = (
        f"Of {count(len(found.models), 'priced model')}, {whole(len(best))} are beaten by no other in capability at "
        f"the same or a lower price: {whole(len(opened))} with open weights, {whole(len(best) - len(opened))} without."
    )
    top = {side: max(of(best, side), key=lambda model: model.level, default=None) for side in SIDES}
    reached = [reach(found, model) for model in top.values() if model]
    return f"{said} The most capable of them: {' and '.join(reached)}." if reached else said


def reach(found: Prices, model: PricedModel) -> str:
    """ "Amber (closed, 160.0 points at $5.00)" """
    side = words.ACCESS[model.access]
    return f"{found.name(model.model)} ({side}, {decimal(model.level)} points at {dollars(model.guarded)})"


def data_row(found: Prices, model: PricedModel) -> DataRow:
    low, high = found.bounds.get(model.model, (None, None))
    values = (model.model, found.name(model.model), model.access.value, model.level, low, high)
    prices = (str(model.guarded), str(model.cheapest), model.hosts)
    return DataRow((*values, *prices, model.model in found.pareto), price_quotes(found, model))


@dataclass(frozen=True, slots=True)
class Plane:
    """Where a price and a level stand, in pixels."""

    width: int
    height: int
    cheapest: float
    dearest: float
    low: float
    high: float

    def box(self, dot: Dot, width: float, height: float, dx: float, dy: float) -> Box:
        across = math.log(dot.price / self.cheapest) / math.log(self.dearest / self.cheapest)
        up = (dot.level - self.low) / (self.high - self.low)
        return Box(self.width * across + dx, self.height * (1 - up) + dy, width, height)


def plane_of(drawing: ParetoDrawing, shape: Shape) -> Plane:
    padding = padding_of()
    prices, levels = [dot.price for dot in drawing.dots], [dot.level for dot in drawing.dots]
    return Plane(
        width=shape.width - padding["left"] - padding["right"],
        height=shape.height - padding["top"] - padding["bottom"],
        cheapest=min(prices) / 1.3,
        dearest=max(prices) * 1.3,
        low=min(levels + [dot.bounds[0] for dot in drawing.dots if dot.step and dot.bounds]) - 2,
        high=max(levels + [dot.bounds[1] for dot in drawing.dots if dot.step and dot.bounds]) + 4,
    )


def padding_of() -> dict[str, int]:
    return {"left": 34, "right": 54, "top": 26, "bottom": 42}


def draw_pareto(drawing: ParetoDrawing, shape: Shape) -> alt.LayerChart:
    """Needs at least one dot."""
    plane = plane_of(drawing, shape)
    layers = [crowd(drawing), *(layer for side in SIDES for layer in front(drawing, side, plane))]
    layers += named(drawing, plane) if shape.wide else []
    layers += ends(drawing, plane)
    placed = [layer.encode(x=x_axis(plane, shape), y=y_axis(plane)) for layer in layers]
    return alt.LayerChart(layer=placed, width=plane.width, height=plane.height, padding=padding_of())


def x_axis(plane: Plane, shape: Shape) -> alt.X:
    scale = alt.Scale(type="log", domain=[plane.cheapest, plane.dearest], nice=False)
    axis = alt.Axis(title=PER, format="$~g", grid=False, tickCount=6 if shape.wide else 3, labelOverlap=True)
    return alt.X("price:Q", scale=scale, axis=axis)


def y_axis(plane: Plane) -> alt.Y:
    scale = alt.Scale(domain=[plane.low, plane.high], nice=False, zero=False)
    axis = titled_above("Capability index, points (the axis does not start at zero)", ticks=6, form="d")
    return alt.Y("level:Q", scale=scale, axis=axis)


def place(dot: Dot) -> dict[str, object]:
    return {"name": dot.name, "price": dot.price, "level": round(dot.level, 1)}


def crowd(drawing: ParetoDrawing) -> alt.Chart:
    """The models some other beats, small and pale."""
    rows = [place(dot) | {"access": dot.access.value} for dot in drawing.dots if not dot.step]
    return crowd_of(rows, SIDES, TOLD)


def front(drawing: ParetoDrawing, side: Access, plane: Plane) -> list[alt.Chart]:
    """One side's steps: paying more buys nothing until the next mark."""
    steps = drawing.steps(side)
    if not steps:
        return []
    rows = [place(dot) for dot in steps]
    edge = [rows[-1] | {"price": plane.dearest}]
    colour = token(ACCESS[side])
    line = alt.MarkDef(
        type="line", interpolate="step-after", strokeWidth=2, strokeDash=DASH[side], color=colour
    )
    mark = alt.MarkDef(type="point", shape=SYMBOL[side], filled=True, size=55, opacity=1, color=colour)
    known = bounded(drawing, side)
    thin = alt.MarkDef(type="rule", strokeWidth=1, opacity=0.7, color=colour)
    return [
        *([alt.Chart(rows_of(known), mark=thin).encode(y2="end:Q")] if known else []),
        alt.Chart(rows_of(rows + edge), mark=line),
        alt.Chart(rows_of(rows), mark=mark).encode(tooltip=TOLD),
    ]


def named(drawing: ParetoDrawing, plane: Plane) -> list[alt.Chart]:
    """Names under the open steps and above the closed ones, where they touch nothing; the most capable first."""
    steps = sorted((dot for side in SIDES for dot in drawing.steps(side)), key=lambda dot: -dot.level)
    marks = [plane.box(dot, 8, 8, -4, -4) for dot in steps]
    candidates = [(str(at), name_box(dot, plane)) for at, dot in enumerate(steps)]
    chosen = free_labels(candidates, marks, Box(0, 0, plane.width, plane.height), MOST_NAMES)
    return [name_of(steps[int(key)]) for key in chosen]


def name_box(dot: Dot, plane: Plane) -> Box:
    width, height = text_width(shortened(dot.name, LONGEST_NAME), NAME_SIZE), NAME_SIZE + 3
    if dot.access is Access.CLOSED:
        return plane.box(dot, width, height, -6 - width, -4 - height)
    return plane.box(dot, width, height, 6, 5)


def name_of(dot: Dot) -> alt.Chart:
    closed = dot.access is Access.CLOSED
    mark = alt.MarkDef(
        type="text",
        align="right" if closed else "left",
        baseline="bottom" if closed else "top",
        dx=-6 if closed else 6,
        dy=-4 if closed else 5,
        fontSize=NAME_SIZE,
        color=token(INK[dot.access]),
    )
    row = place(dot) | {"text": shortened(dot.name, LONGEST_NAME)}
    return alt.Chart(rows_of([row]), mark=mark).encode(text="text:N")


def ends(drawing: ParetoDrawing, plane: Plane) -> list[alt.Chart]:
    """Each line named where it leaves the plot; names that would overlap stand apart."""
    last = [(side, steps[-1].level) for side in SIDES if (steps := drawing.steps(side))]
    close = len(last) == 2 and abs(last[0][1] - last[1][1]) * plane.height < APART * (plane.high - plane.low)
    best = max(last, key=lambda end: end[1])[0]
    lift = {side: (-APART // 2 if side is best else APART // 2) if close else 0 for side, _ in last}
    return [end_name(side, level, plane, lift[side]) for side, level in last]


def end_name(side: Access, level: float, plane: Plane, lift: int) -> alt.Chart:
    row = {"price": plane.dearest, "level": round(level, 1), "text": SIDE_WORD[side]}
    mark = alt.MarkDef(
        type="text",
        align="left",
        baseline="middle",
        dx=6,
        dy=lift,
        fontWeight="bold",
        color=token(INK[side]),
    )
    return alt.Chart(rows_of([row]), mark=mark).encode(text="text:N")
