"""The frontier figure: best open against best closed level over time: picture, sentence, table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from models_catalog.charts import words
from models_catalog.charts.derived import INTERVALS, STEPS, scores, statements
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
from models_catalog.charts.frontier_drawing import draw_frontier
from models_catalog.charts.frontier_plane import FrontierDrawing
from models_catalog.charts.numerals import count, day, decimal, level_interval, share, whole
from models_catalog.charts.outside import visible
from models_catalog.charts.render import Shape
from models_catalog.findings.handing import level_quotes
from models_catalog.findings.records import FrontierPoint, Gap, GapValue
from models_catalog.vocabulary import Access, Method

WIDE = Shape(712, 420, wide=True)
NARROW = Shape(344, 330, wide=False)
MOST_ROWS = 300  # beside the records
CHANGES = "levels placed by release date, frontiers and lags computed by Open Gap"
KEYS = ("released", "model", "name", "organization", "access", "level", "low", "high", "record", "sources")


def frontier_figure(gap: Gap, *, path: str = "", query: str = "", records_only: bool = False) -> Figure:
    """The figure of one answer; its table lists every scored model, or only those that set a record."""
    points = [point for point in gap.frontier.points if point.released <= gap.as_of]
    parity = parity_value(gap)
    drawing = FrontierDrawing(
        tuple(drawn(point) for point in points), gap.as_of, parity.value if parity else None, axis_title(gap)
    )
    return Figure(
        slug="frontier",
        title=f"{gap.frontier.part or 'Capability'} of open-weight and closed models by release date, "
        f"as of {day(gap.as_of)}",
        sentence=frontier_sentence(points, gap.as_of, parity, drawing.start),
        reading=reading(drawing, gap.interval_level),
        drawing=Drawing(draw_frontier, drawing, WIDE, NARROW),
        table=frontier_table(points, gap, records_only=records_only),
        data=Data(KEYS, tuple(data_row(point) for point in points)),
        credits=gap.frontier.credits,
        changes=CHANGES,
        path=path,
        query=query,
        day=gap.as_of,
    )


def axis_title(gap: Gap) -> str:
    """ "Capability index, points"; of a part its name and what its levels are counted in."""
    return (
        f"{gap.frontier.part}, {gap.frontier.level_unit}" if gap.frontier.part else "Capability index, points"
    )


def drawn(point: FrontierPoint) -> FrontierPoint:
    """Only what is drawn, so that the same picture is recognised whatever its rows are numbered."""
    return replace(point, model="", organization="", sources=(), observation=None)


def parity_value(gap: Gap) -> GapValue | None:
    """The parity age at no tolerance: the distance that can be seen in the chart."""
    chosen = (item for item in gap.results if item.method == Method.PARITY_AGE)
    return next((item for item in chosen if item.delta == 0 and not item.at_least), None)


@dataclass(frozen=True, slots=True)
class Distance:
    """Best closed minus best open level on one day, in points."""

    on: date
    points: float


def frontier_sentence(
    points: Iterable[FrontierPoint], as_of: date, parity: GapValue | None, since: date = date.min
) -> str:
    """Level, direction and exception, read off the points; the exception among the days drawn, from `since` on."""
    known = list(points)
    closed, opened = best(known, Access.CLOSED, as_of), best(known, Access.OPEN, as_of)
    if not closed or not opened:
        side = "closed" if not closed else "open-weight"
        return f"As of {day(as_of)} no {side} model has been scored, so there is no distance to state."
    parts = [level_sentence(closed, opened, as_of, parity), direction_sentence(known, as_of)]
    return " ".join(part for part in (*parts, exception_sentence(known, since, as_of)) if part)


def level_sentence(closed: FrontierPoint, opened: FrontierPoint, as_of: date, parity: GapValue | None) -> str:
    distance = closed.level - opened.level
    leader, follower = (closed, opened) if distance >= 0 else (opened, closed)
    sentence = (
        f"On {day(as_of)} {standing(leader)} is {decimal(abs(distance))} points above {standing(follower)}"
    )
    if parity and parity.value and parity.value > 0:
        earlier = f"{decimal(parity.value)} months earlier (parity age)"
        sentence += f"; closed models first reached the best open level {earlier}"
    return sentence + "."


def standing(point: FrontierPoint) -> str:
    """ "Kimi K3 (open weights, 157.0)" """
    return f"{visible(point.name)} ({words.ACCESS[point.access]}, {decimal(point.level)})"


def direction_sentence(points: list[FrontierPoint], as_of: date) -> str:
    """The distance a year before, beside the one just said; no trend is claimed, which is the trend rule's to test."""
    before = distance_on(points, as_of - timedelta(days=365))
    return "" if before is None else f"A year before, the distance was {decimal(before)} points."


def exception_sentence(points: list[FrontierPoint], since: date, as_of: date) -> str:
    """The day the two frontiers were closest, or that open models led."""
    days = sorted({point.released for point in points if point.record and since <= point.released <= as_of})
    known = [Distance(on, found) for on in days if (found := distance_on(points, on)) is not None]
    if len(known) < 3:
        return ""
    closest = min(known, key=lambda item: item.points)
    if closest.points < 0:
        return f"Open-weight models led on {day(closest.on)}, by {decimal(-closest.points)} points."
    return f"The two were closest on {day(closest.on)}, {decimal(closest.points)} points apart."


def best(points: Iterable[FrontierPoint], access: Access, on: date) -> FrontierPoint | None:
    released = [point for point in points if point.access == access and point.released <= on]
    return max(released, key=lambda point: (point.level, point.model), default=None)


def distance_on(points: Iterable[FrontierPoint], on: date) -> float | None:
    known = list(points)
    closed, opened = best(known, Access.CLOSED, on), best(known, Access.OPEN, on)
    return closed.level - opened.level if closed and opened else None


def reading(drawing: FrontierDrawing, interval_level: float) -> str:
    """How the marks are to be read, and what the window leaves out."""
    said = (
        "Large marks raised their side’s best level on their release date; vertical bars are "
        f"{share(interval_level)} intervals. Small marks are the other scored models, one for all that would cover "
        "each other, grey where it is not known whether the weights are open."
    )
    if drawing.parity_since:
        said += (
            " The bracket at the right is the parity age: it measures the best open level alone, while the catch-up "
            "time is the median wait over all levels."
        )
    left_out = drawing.left_out()
    if left_out:
        verb = "lies" if left_out == 1 else "lie"
        said += f" {count(left_out, 'scored model')} {verb} outside the picture and in the data."
    return said


def frontier_table(points: Iterable[FrontierPoint], gap: Gap, *, records_only: bool) -> Table:
    """Newest first; of thousands the records and the most capable, the data hold all."""
    known = list(points)
    records = [point for point in known if point.record]
    others = sorted((point for point in known if not point.record), key=lambda point: -point.level)
    rows = records if records_only else records + others[:MOST_ROWS]
    which = "Models that raised a frontier" if records_only else scored_models(len(known), len(rows))
    columns = (
        Column("Model"),
        Column("Organisation"),
        Column("Access"),
        Column("Released"),
        level_column(gap),
        number_column(f"{share(gap.interval_level)} interval"),
        Column("Record"),
    )
    newest_first = sorted(rows, key=lambda point: (point.released, point.level), reverse=True)
    caption = f"{which}, as of {day(gap.as_of)}, newest first"
    return Table(caption, columns, tuple(table_row(point) for point in newest_first))


def scored_models(known: int, shown: int) -> str:
    if shown == known:
        return "Every scored model"
    counted = f"{whole(shown)} of {whole(known)} scored models (all are in the CSV)"
    return f"The records and the most capable others, {counted}"


def level_column(gap: Gap) -> Column:
    unit = gap.frontier.level_unit
    return number_column("Index", "points") if unit == "index points" else number_column("Level", unit)


def table_row(point: FrontierPoint) -> tuple[Cell, ...]:
    return (
        Cell(point.name, model=point.model),
        Cell(point.organization) if point.organization else absent("no source names the organisation"),
        Cell(words.ACCESS[point.access]),
        *placed_cells(point),
        Cell("yes" if point.record else "no"),
    )


def placed_cells(point: FrontierPoint) -> tuple[Cell, Cell, Cell]:
    """When it came out, its level and the interval of that."""
    return (
        Cell(day(point.released), day=point.released, rows=statements(point.model)),
        Cell(decimal(point.level), observation=point.evidence, rows=scores(point.model) or STEPS),
        interval_cell(point.low, point.high),
    )


def interval_cell(low: float | None, high: float | None) -> Cell:
    said = level_interval(low, high)
    return (
        Cell(said, rows=INTERVALS)
        if said
        else absent("no interval is given for this level, or the model fixes the scale")
    )


def data_row(point: FrontierPoint) -> DataRow:
    values = (
        point.released,
        point.model,
        point.name,
        point.organization,
        point.access.value,
        round(point.level, 2),
        rounded(point.low),
        rounded(point.high),
        point.record,
        " ".join(point.sources),
    )
    return DataRow(values, level_quotes(point))


def rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
