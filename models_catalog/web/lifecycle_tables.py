"""The tables of ends: what, at whom, when, said by whom."""

from __future__ import annotations

from collections.abc import Iterable

from models_catalog.charts.figure import Cell, Column, Rows, Table, absent
from models_catalog.charts.numerals import day
from models_catalog.findings.lifecycle import PLACEHOLDER, LifecycleEvent
from models_catalog.normalise.hosts import host_title
from models_catalog.web.model_tables import retrieved_cell

EVENT = {
    "deprecated": "deprecated",
    "retires": "retires",
    "expires": "leaves the list",
    "deprecation_date": "deprecated",
}


def lifecycle_table(rows: Iterable[LifecycleEvent], caption: str) -> Table:
    """One row per event, in the order given; the day leads to the evidence of its first announcement."""
    columns = (
        Column("Model"),
        Column("What happens"),
        Column("Day"),
        Column("At"),
        Column("Source"),
        Column("Retrieved"),
    )
    return Table(caption, columns, tuple(lifecycle_row(row) for row in rows))


def lifecycle_row(row: LifecycleEvent) -> tuple[Cell, ...]:
    names = dict.fromkeys(each.subject for each in row.announcements if each.subject != row.name)
    planned = row.on if row.on and row.on < row.observed_at.date() + PLACEHOLDER else None
    said = day(planned) if planned else "no day stated"
    written = f"written as {day(row.on)}" if row.on and not planned else ""
    return (
        Cell(row.name, model=row.model, aside=", ".join(names)),
        Cell(EVENT.get(row.event, row.event)),
        Cell(said, observation=row.observation, aside=written),
        Cell(host_title(row.provider)) if row.provider else absent("the source names no host"),
        Cell(row.stated_by, rows=every_announcement(row)),
        retrieved_cell(row.observed_at),
    )


def every_announcement(row: LifecycleEvent) -> Rows | None:
    """Where each of several stands with its own evidence: among what sources say of the model."""
    return Rows("model", (row.model,), place="statements") if row.also and row.model else None
