"""The models behind each step of the two frontiers, and how long the other side took to get there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models_catalog.analysis.frontier import first_date_at_or_above, running_maximum
from models_catalog.analysis.lag import catch_up_of_level
from models_catalog.analysis.records import DAYS_PER_MONTH, Point
from models_catalog.charts.derived import METHODS
from models_catalog.charts.figure import Cell, Column, Table, absent, number_column
from models_catalog.charts.frontier import level_column, placed_cells
from models_catalog.charts.numerals import decimal, share
from models_catalog.findings.records import FrontierPoint, Gap
from models_catalog.vocabulary import Access

SIDE = {Access.CLOSED: "closed frontier", Access.OPEN: "open frontier"}


def step_table(gap: Gap, access: Access, delta: float = 0.0) -> Table:
    """One side's records, newest first. Closed: the wait for an open match; open: how old the level was."""
    records = [point for point in gap.frontier.points if point.record and point.access == access]
    records.sort(key=lambda point: (point.released, point.level), reverse=True)
    last = "Open models matched it after" if access is Access.CLOSED else "Closed models had been there for"
    columns = (
        Column("Model"),
        Column("Organisation"),
        Column("Released"),
        level_column(gap),
        number_column(f"{share(gap.interval_level)} interval"),
        number_column(last, "months"),
    )
    points = [Point(p.model or p.name, p.released, p.access, p.level, p.name) for p in gap.frontier.points]
    rows = tuple(
        (*identity_cells(point), distance_cell(point, points, gap.as_of, delta)) for point in records
    )
    return Table(f"Steps of the {SIDE[access]}, newest first", columns, rows)


def identity_cells(point: FrontierPoint) -> tuple[Cell, ...]:
    return (
        Cell(point.name, model=point.model),
        Cell(point.organization) if point.organization else absent("no source names the organisation"),
        *placed_cells(point),
    )


def distance_cell(record: FrontierPoint, points: Sequence[Point], as_of: date, delta: float) -> Cell:
    if record.access is Access.CLOSED:
        return wait_cell(record, points, as_of, delta)
    return age_cell(record, points, as_of)


def wait_cell(record: FrontierPoint, points: Sequence[Point], as_of: date, delta: float) -> Cell:
    """How long the level of a closed record waited for open models; "not yet" with the wait so far."""
    wait = catch_up_of_level(points, record.level, as_of=as_of, delta=delta)
    if wait.value is None:
        return absent(wait.reason)
    if wait.at_least:
        return Cell(f"not yet, {decimal(wait.value)} so far", rows=METHODS)
    return months_cell(wait.value)


def months_cell(months: float) -> Cell:
    """Between days that stand in the two tables of steps."""
    return Cell(decimal(months) if months >= 0 else f"open led by {decimal(-months)}", rows=METHODS)


def age_cell(record: FrontierPoint, points: Sequence[Point], as_of: date) -> Cell:
    """How long before an open record closed models had reached its level."""
    closed = running_maximum(points, Access.CLOSED, as_of=as_of)
    reached = first_date_at_or_above(closed, record.level)
    if reached is None:
        return Cell("no closed model is there yet")
    months = (record.released - reached).days / DAYS_PER_MONTH
    if closed[0].level < record.level:
        return months_cell(months)
    return (
        Cell(f"at least {decimal(months)}", rows=METHODS)
        if months > 0
        else absent("no closed model had been scored by then")
    )
