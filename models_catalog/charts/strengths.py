"""Where is each side strong? Domain by domain: the best model of either side, and whether the lead is beyond doubt."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from models_catalog.charts.answer import few_draws
from models_catalog.charts.derived import INTERVALS, scores, steps_of
from models_catalog.charts.figure import Cell, Column, Table, absent, number_column
from models_catalog.charts.numerals import decimal, interval, share
from models_catalog.findings.measured import GapRow, GapTable
from models_catalog.findings.records import FrontierPoint
from models_catalog.vocabulary import Method


class Leader(StrEnum):
    """Who leads: only an interval that leaves zero out says so."""

    CLOSED = "closed leads"
    OPEN = "open leads"
    LEVEL = "no clear lead"
    UNTOLD = "cannot be told"


def leader(row: GapRow) -> Leader:
    gap = row.value(Method.POINT_GAP)
    if gap.value is None or gap.low is None or gap.high is None:
        return Leader.UNTOLD
    if gap.low > 0:
        return Leader.CLOSED
    return Leader.OPEN if gap.high < 0 else Leader.LEVEL


def strength_sentence(table: GapTable) -> str:
    """ "Closed models lead in coding and maths; open models in none; in vision there is no clear lead." """
    by_leader = {one: [row.label.lower() for row in table.rows if leader(row) is one] for one in Leader}
    said = [
        f"Closed models lead in {listed(by_leader[Leader.CLOSED])}",
        f"open models lead in {listed(by_leader[Leader.OPEN])}",
    ]
    if by_leader[Leader.LEVEL]:
        said.append(
            f"the best of both are within the interval of each other in {listed(by_leader[Leader.LEVEL])}"
        )
    if by_leader[Leader.UNTOLD]:
        told = listed(by_leader[Leader.UNTOLD])
        said.append(f"in {told} it cannot be told: too little is scored, or no interval is computed")
    return f"{'; '.join(said)}."


def listed(names: Iterable[str]) -> str:
    found = list(names)
    if not found:
        return "no domain"
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} and {found[-1]}"


def strength_table(table: GapTable) -> Table:
    columns = (
        Column("Domain"),
        Column("Who leads"),
        number_column("Closed ahead by", "points"),
        number_column(f"{share(table.interval_level)} interval"),
        Column("Best closed model"),
        Column("Best open model"),
    )
    caption = "Best closed less best open model, on a scale of each domain’s own benchmarks"
    return Table(caption, columns, tuple(strength_row(row) for row in table.rows))


def strength_row(row: GapRow) -> tuple[Cell, ...]:
    gap = row.value(Method.POINT_GAP)
    why = row.reason or gap.reason or "not enough models of both sides are scored"
    return (
        Cell(row.label),
        Cell(str(leader(row))),
        absent(why) if gap.value is None else Cell(decimal(gap.value), rows=steps_of(row.cut, row.key, {})),
        Cell(found, aside=few_draws(gap.draws), rows=INTERVALS)
        if (found := interval(gap.low, gap.high))
        else absent(gap.reason or why),
        best_cell(row.best_closed, row.level_unit, why),
        best_cell(row.best_open, row.level_unit, why),
    )


def best_cell(point: FrontierPoint | None, unit: str, why: str) -> Cell:
    if point is None:
        return absent(why)
    level = f"{decimal(point.level)} {unit}"
    return Cell(
        point.name,
        model=point.model,
        aside=level,
        observation=point.evidence,
        rows=scores(point.model),
    )
