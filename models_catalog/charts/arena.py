"""The Arena: best closed against best open, in Elo and as a share of votes, on one table after another."""

from __future__ import annotations

from models_catalog.charts.figure import Cell, Column, Rows, Table, number_column
from models_catalog.charts.numerals import day, decimal, share
from models_catalog.findings.measured import ArenaDay, ArenaModel, ArenaSeries

READ = Rows("method", place="arena")  # from the two ratings in the row
SHOWN = 12  # a table per month of the newest year


def arena_sentence(found: ArenaSeries) -> str:
    """The newest table in one sentence; "" without a table."""
    if not found.days:
        return ""
    newest = found.days[-1]
    ahead = "ahead of" if newest.elo >= 0 else "behind"
    return (
        f"On the Arena’s text table of {day(newest.day)} the best closed model, {newest.best_closed.name}, is "
        f"{decimal(abs(newest.elo))} Elo points {ahead} the best open one, {newest.best_open.name}: it is expected to "
        f"win {share(newest.win_rate)} of their votes."
    )


def arena_table(found: ArenaSeries) -> Table:
    """The last table of each month, newest first; a change of scale is a break, and says so."""
    columns = (
        Column("Table of"),
        Column("Best closed"),
        Column("Best open"),
        number_column("Point gap", "Elo"),
        number_column("Votes the closed one wins"),
        number_column("Models", "of unknown access"),
    )
    months = {(day.day.year, day.day.month, day.scale): day for day in found.days}
    chosen = sorted(months.values(), key=lambda item: (item.day, item.scale), reverse=True)[:SHOWN]
    rows = tuple(row(item, breaks(chosen, at)) for at, item in enumerate(chosen))
    return Table("The Arena’s text tables, the last of each month, newest first", columns, rows)


def breaks(chosen: list[ArenaDay], at: int) -> str:
    """Where the row below was rated on another scale."""
    below = chosen[at + 1] if at + 1 < len(chosen) else None
    return (
        "another scale than the table before: ratings do not compare"
        if below and below.scale != chosen[at].scale
        else ""
    )


def row(item: ArenaDay, broken: str) -> tuple[Cell, ...]:
    return (
        Cell(day(item.day), day=item.day, aside=broken),
        named(item.best_closed),
        named(item.best_open),
        Cell(decimal(item.elo), rows=READ),
        Cell(share(item.win_rate), rows=READ),
        Cell(str(item.models), aside=str(item.unknown), rows=READ),
    )


def named(model: ArenaModel) -> Cell:
    return Cell(model.name, model=model.model, observation=model.observation, aside=decimal(model.rating, 0))
