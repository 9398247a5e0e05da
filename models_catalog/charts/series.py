"""The lag as of every week: one line with its interval, broken where the evidence does not carry a figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import altair as alt

from models_catalog.charts import words
from models_catalog.charts.answer import few_draws
from models_catalog.charts.counts import Asked, view_of
from models_catalog.charts.data import rows_of
from models_catalog.charts.derived import INTERVALS, steps
from models_catalog.charts.figure import (
    Cell,
    Column,
    Data,
    DataRow,
    Drawing,
    Figure,
    Table,
    absent,
    number_column,
)
from models_catalog.charts.marks import titled_above
from models_catalog.charts.numerals import count, day, decimal, interval, share, whole
from models_catalog.charts.render import Shape
from models_catalog.charts.theme import token
from models_catalog.findings.measured import GapSeries, SeriesPoint
from models_catalog.vocabulary import Method

WIDE = Shape(712, 260, wide=True)
NARROW = Shape(344, 240, wide=False)
CHANGES = "lags as of every week read off today's scale by Open Gap"
KEYS = ("day", "value", "low", "high", "at_least", "n", "censored_share", "draws", "reason")


@dataclass(frozen=True, slots=True)
class SeriesDrawing:
    points: tuple[SeriesPoint, ...]
    axis: str


def series_figure(series: GapSeries, *, path: str = "", query: str = "") -> Figure:
    """One method at one tolerance by week."""
    unit = "months" if series.method is not Method.POINT_GAP else series.level_unit
    axis = f"{words.METHOD[series.method]}, {unit}"
    return Figure(
        slug="series",
        title=f"{words.METHOD[series.method]} as of every week since January 2023",
        sentence=series_sentence(series, unit),
        reading=f"Each week is what the models released by then say on the scale fitted to all scores known now; the "
        f"band is the {share(series.interval_level)} interval{drawn(series, ' from ')}. "
        "The line breaks where there is too little evidence.",
        drawing=Drawing(draw_series, SeriesDrawing(series.points, axis), WIDE, NARROW),
        table=series_table(series, unit, view_of(query)),
        data=Data(KEYS, tuple(data_row(point) for point in series.points)),
        credits=series.credits,
        changes=CHANGES,
        path=path,
        query=query,
        day=series.points[-1].day,
    )


def drawn(series: GapSeries, before: str = "") -> str:
    """ "100 draws, the newest 1 000"; "" where every interval rests on as many as usual."""
    said = few_draws(series.draws, before)
    newest = series.points[-1].draws
    return f"{said}, the newest from {whole(newest)}" if said and newest > series.draws else said


def series_sentence(series: GapSeries, unit: str) -> str:
    """Now, lowest and highest; never a direction, which is the trend rule's to claim."""
    known = [(point.value, point.day) for point in series.points if point.value is not None]
    if not known:
        return "No week has enough evidence for a figure."
    (low, when_low), (high, when_high) = min(known), max(known)
    now = series.points[-1]
    today = "There is no figure now" if now.value is None else f"Now {decimal(now.value)} {unit}"
    missing = len(series.points) - len(known)
    said = (
        f"{today}; between {decimal(low)} (as of {day(when_low)}) and "
        f"{decimal(high)} {unit} (as of {day(when_high)})."
    )
    return f"{said} {count(missing, 'week')} had too little evidence." if missing else said


def draw_series(drawing: SeriesDrawing, shape: Shape) -> alt.LayerChart:
    """Needs at least one week with a value."""
    padding = {"left": 32, "right": 12, "top": 26, "bottom": 26}
    width = shape.width - padding["left"] - padding["right"]
    height = shape.height - padding["top"] - padding["bottom"]
    x, y = axes(drawing)
    layers = [layer.encode(x=x) for run in runs(drawing.points) for layer in run_marks(run, y)]
    return alt.LayerChart(layer=layers, width=width, height=height, padding=padding)


def runs(points: Sequence[SeriesPoint]) -> Iterator[list[SeriesPoint]]:
    """Stretches of weeks without a gap between them."""
    run: list[SeriesPoint] = []
    for point in points:
        if point.value is None:
            if run:
                yield run
            run = []
        else:
            run.append(point)
    if run:
        yield run


def axes(drawing: SeriesDrawing) -> tuple[alt.X, alt.Y]:
    years = range(drawing.points[0].day.year, drawing.points[-1].day.year + 1)
    time = alt.Axis(
        title=None,
        values=[f"{year}-01-01" for year in years],
        format="%Y",
        grid=False,
        ticks=True,
        tickColor=token("muted"),
        domain=True,
        domainColor=token("muted"),
    )
    ends = [stamp(drawing.points[0].day), stamp(drawing.points[-1].day)]
    x = alt.X("day:T", scale=alt.Scale(type="utc", domain=ends, nice=False), axis=time)
    beside = titled_above(drawing.axis, ticks=5)
    return x, alt.Y("value:Q", scale=alt.Scale(zero=True, nice=True), axis=beside)


def stamp(on: date) -> alt.DateTime:
    return alt.DateTime(year=on.year, month=on.month, date=on.day, utc=True)


def run_marks(run: Sequence[SeriesPoint], y: alt.Y) -> list[alt.Chart]:
    line = rows_of([{"day": point.day.isoformat(), "value": round(point.value or 0.0, 2)} for point in run])
    band = rows_of(
        [
            {"day": point.day.isoformat(), "value": round(point.low, 2), "high": round(point.high, 2)}
            for point in run
            if point.low is not None and point.high is not None
        ]
    )
    step = alt.MarkDef(type="line", interpolate="step-after", strokeWidth=2, color=token("open"))
    area = alt.MarkDef(type="area", interpolate="step-after", opacity=0.18, color=token("open"))
    return [
        alt.Chart(band, mark=area).encode(y=y, y2="high:Q"),
        alt.Chart(line, mark=step).encode(y=y),
    ]


def series_table(series: GapSeries, unit: str, asked: Asked) -> Table:
    """Newest first; every week's figure leads to the gap of that week."""
    columns = (
        Column("As of"),
        number_column("Value", unit),
        number_column(f"{share(series.interval_level)} interval", drawn(series)),
        number_column("Evidence"),
        number_column("Still waiting"),
    )
    rows = tuple(table_row(point, asked) for point in reversed(series.points))
    return Table(f"{words.METHOD[series.method]} by week, newest first", columns, rows)


def table_row(point: SeriesPoint, asked: Asked) -> tuple[Cell, ...]:
    behind = steps({**asked, "as_of": point.day.isoformat()})
    span, waiting = interval(point.low, point.high), point.censored_share
    least = "at least " if point.at_least else ""
    return (
        Cell(day(point.day), day=point.day),
        absent(point.reason) if point.value is None else Cell(f"{least}{decimal(point.value)}", rows=behind),
        Cell(span, rows=INTERVALS) if span else absent(point.reason or "no interval was computed"),
        Cell(whole(point.n), rows=behind),
        absent("not a waiting time") if waiting is None else Cell(share(waiting), rows=behind),
    )


def data_row(point: SeriesPoint) -> DataRow:
    values = (
        point.day,
        point.value,
        point.low,
        point.high,
        point.at_least,
        point.n,
        point.censored_share,
        point.draws,
        point.reason,
    )
    return DataRow(values)
