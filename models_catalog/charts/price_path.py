"""What reaching a level cost, month by month: one line per side, dollars on a logarithmic axis."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import altair as alt

from models_catalog.analysis.economy import LevelPath
from models_catalog.analysis.prices import Fall, PricedModel
from models_catalog.charts.data import rows_of
from models_catalog.charts.figure import (
    Cell,
    Column,
    Data,
    DataRow,
    Drawing,
    Figure,
    Rows,
    Table,
    absent,
    number_column,
)
from models_catalog.charts.marks import titled_above
from models_catalog.charts.numerals import day
from models_catalog.charts.numerals import price as written_price
from models_catalog.charts.render import Shape
from models_catalog.charts.theme import token
from models_catalog.findings.handing import Quote
from models_catalog.findings.prices import Prices
from models_catalog.normalise.hosts import host_title

WIDE = Shape(712, 280, wide=True)
NARROW = Shape(344, 240, wide=False)
PER = "$ per 1M tokens"
CHANGES = "hosts' list prices blended, guarded and matched to index levels by Open Gap"
KEYS = ("day", "level", "access", "model", "price", "lowest", "hosts")
NOBODY = "no model of this side reached the level at a listed price"

SIDES = ("closed", "open")
CLOSE = 1.5  # ends nearer than this ratio would write over each other
LIFT = 16

Dot = tuple[date, str, float]


@dataclass(frozen=True, slots=True)
class PathDrawing:
    dots: tuple[Dot, ...]


def path_figure(found: Prices, path: LevelPath, *, address: str = "", query: str = "") -> Figure:
    """One level. Needs at least one price."""
    dots = tuple(
        (point.day, access, float(model.guarded))
        for point in path.points
        for access, model in (("open", point.open), ("closed", point.closed))
        if model is not None
    )
    return Figure(
        slug="path",
        title=f"What a model at {path.level:g} index points or above cost",
        sentence=path_sentence(path),
        reading="Each mark is the lowest guarded price (the second lowest of three or more hosts) of any model at or "
        "above the level on that day, three parts input to one part output. Logarithmic axis. Sources that begin "
        "later add hosts and models: see the breaks in the table of sources. A list price "
        "is what a host states: it has no interval, and neither has the lowest of them.",
        drawing=Drawing(draw_path, PathDrawing(dots), WIDE, NARROW),
        table=path_table(found, path),
        data=Data(KEYS, tuple(path_rows(found, path))),
        credits=found.credits,
        changes=CHANGES,
        path=address,
        query=query,
        day=found.day,
    )


def dollars(price: Decimal | float) -> str:
    """As every price is written: "$5.63", "$0.070"."""
    return written_price(Decimal(str(price)))


def choice_words(model: PricedModel) -> str:
    """Which of its hosts' prices the guarded one is: "the lower of 2 hosts (OpenRouter)"."""
    which = {1: "the only host read", 2: "the lower of 2 hosts"}
    return (
        f"{which.get(model.hosts) or f'the second lowest of {model.hosts} hosts'} ({host_title(model.host)})"
    )


def path_sentence(path: LevelPath) -> str:
    last = path.points[-1]
    sides = [
        f"the cheapest {side} model is {dollars(model.guarded)} per 1M tokens"
        if model
        else f"no {side} model has a listed price there"
        for side, model in (("open", last.open), ("closed", last.closed))
    ]
    falls = (fall_words("open", path.open_fall), fall_words("closed", path.closed_fall))
    return f"On {day(last.day)} {sides[0]}, and {sides[1]}. " + " ".join(falls)


def fall_words(side: str, fall: Fall) -> str:
    if fall.per_year is None:
        return f"{side.capitalize()}: no yearly change ({fall.reason})."
    direction = "falls" if fall.per_year >= 0 else "rises"
    change = fall.per_year if fall.per_year >= 0 else -fall.per_year
    return f"The {side} price {direction} {100 * change:.0f} % a year, by a line through {fall.n} days."


def draw_path(drawing: PathDrawing, shape: Shape) -> alt.LayerChart:
    padding = {"left": 44, "right": 96 if shape.wide else 66, "top": 26, "bottom": 26}
    width = shape.width - padding["left"] - padding["right"]
    height = shape.height - padding["top"] - padding["bottom"]
    ticks = 5 if shape.wide else 3
    layers = [layer for access in SIDES for layer in side_marks(drawing.dots, access, ticks)]
    layers += [end_name(end) for end in ends(drawing.dots)]
    return alt.LayerChart(layer=layers, width=width, height=height, padding=padding)


@dataclass(frozen=True, slots=True)
class End:
    """A line's last mark, and where its name stands: level with it, or clear of the other line's name."""

    dot: Dot
    lift: int


def ends(dots: tuple[Dot, ...]) -> list[End]:
    last = [
        max((dot for dot in dots if dot[1] == access), key=lambda dot: dot[0], default=None)
        for access in SIDES
    ]
    known = sorted((dot for dot in last if dot), key=lambda dot: dot[2])
    close = len(known) == 2 and known[1][2] < CLOSE * known[0][2]
    return [End(dot, LIFT * (1 if at == 0 else -1) if close else 0) for at, dot in enumerate(known)]


def end_name(end: End) -> alt.Chart:
    """The side and its newest price, beside the line's end."""
    on, access, price = end.dot
    row = {"day": on.isoformat(), "price": price, "text": [access.capitalize(), dollars(price)]}
    mark = alt.MarkDef(
        type="text",
        align="left",
        baseline="middle",
        dx=10,
        dy=end.lift - 6,
        lineHeight=14,
        fontWeight="bold",
        color=token(f"{access}-ink"),
    )
    return alt.Chart(rows_of([row]), mark=mark).encode(x="day:T", y="price:Q", text="text:N")


def side_marks(dots: tuple[Dot, ...], access: str, ticks: int) -> list[alt.Chart]:
    rows = rows_of([{"day": on.isoformat(), "price": price} for on, side, price in dots if side == access])
    time = alt.Axis(
        title=None,
        format="%b %Y",
        grid=False,
        tickCount=ticks,
        labelOverlap=True,
        labelSeparation=12,
        domainColor=token("muted"),
    )
    marks = round_prices([price for _, _, price in dots])
    beside = titled_above(PER, ticks=len(marks), form="$~g", left=-40)
    beside.values = marks
    x = alt.X("day:T", scale=alt.Scale(type="utc"), axis=time)
    y = alt.Y("price:Q", scale=alt.Scale(type="log", domain=[marks[0], marks[-1]]), axis=beside)
    dash = [5, 3] if access == "closed" else [1, 0]
    line = alt.MarkDef(
        type="line", interpolate="step-after", strokeWidth=2, strokeDash=dash, color=token(access)
    )
    shape = "triangle-up" if access == "closed" else "circle"
    mark = alt.MarkDef(type="point", filled=True, opacity=1, size=36, shape=shape, color=token(access))
    return [alt.Chart(rows, mark=line).encode(x=x, y=y), alt.Chart(rows, mark=mark).encode(x=x, y=y)]


def round_prices(prices: Iterable[float]) -> list[float]:
    """The lines of the axis: 1, 2 and 5 times powers of ten, from just below the prices to just above them."""
    known = list(prices)
    ladder = [float(f"{step}e{power}") for power in range(-6, 6) for step in (1, 2, 5)]
    first = max((line for line in ladder if line <= min(known)), default=ladder[0])
    last = min((line for line in ladder if line >= max(known) and line > first), default=ladder[-1])
    return [line for line in ladder if first <= line <= last]


def path_table(found: Prices, path: LevelPath) -> Table:
    columns = (
        Column("Day"),
        Column("Cheapest open model"),
        number_column("Open", PER),
        Column("Cheapest closed model"),
        number_column("Closed", PER),
    )
    rows = tuple(
        (
            Cell(day(point.day), day=point.day),
            *model_cells(found, point.open, point.day),
            *model_cells(found, point.closed, point.day),
        )
        for point in reversed(path.points)
    )
    return Table(f"Cheapest way to {path.level:g} points, newest first", columns, rows)


def offers(slug: str, on: date | None = None) -> Rows:
    """Every host's prices of a model, now or as they were on a day: what one price of it was chosen from."""
    return Rows("model", (slug,), (("as_of", on.isoformat()),) if on else (), "prices")


def model_cells(found: Prices, model: PricedModel | None, on: date) -> tuple[Cell, Cell]:
    if model is None:
        return absent(NOBODY), absent(NOBODY)
    hosts = f"{model.hosts} host{'s' if model.hosts != 1 else ''}, lowest {dollars(model.cheapest)}"
    name = Cell(found.name(model.model), model=model.model)
    chosen = offers(model.model, on if on < found.day else None)
    return name, Cell(dollars(model.guarded), observation=model.observation, aside=hosts, rows=chosen)


def path_rows(found: Prices, path: LevelPath) -> list[DataRow]:
    return [
        DataRow(
            (
                point.day,
                path.level,
                access,
                model.model,
                str(model.guarded),
                str(model.cheapest),
                model.hosts,
            ),
            price_quotes(found, model),
        )
        for point in path.points
        for access, model in (("open", point.open), ("closed", point.closed))
        if model is not None
    ]


def price_quotes(found: Prices, model: PricedModel) -> tuple[Quote, Quote]:
    """Either price is what one host asks: a source's own word, blended."""
    sources = tuple(credit.slug for credit in found.credits)
    alone = model.cheapest == model.guarded
    lowest = model.observation if alone else model.cheapest_observation
    return Quote("price", model.observation, sources), Quote("lowest", lowest, sources)
