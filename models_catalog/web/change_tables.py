"""The tables of one week's changes: price moves, and what is said of licences and weights."""

from __future__ import annotations

from collections.abc import Iterable

from models_catalog.charts.figure import Cell, Column, Rows, Table, absent, number_column
from models_catalog.charts.numerals import price, share
from models_catalog.findings.week import LicenceChange, PriceMove
from models_catalog.normalise.hosts import host_title
from models_catalog.web.model_tables import retrieved_cell

PER = "$ per 1M tokens"


def move_table(moves: Iterable[PriceMove]) -> Table:
    """One row per model, host and direction; both prices lead to their observations."""
    columns = (
        Column("Model"),
        Column("Host"),
        Column("Of"),
        number_column("Before", PER),
        number_column("After", PER),
        number_column("Change"),
        Column("Source"),
        Column("Retrieved"),
    )
    caption = "List prices that changed: the largest move of each model at each host"
    return Table(caption, columns, tuple(move_row(move) for move in moves))


def move_row(move: PriceMove) -> tuple[Cell, ...]:
    sign = "+" if move.share > 0 else "−"
    return (
        Cell(move.row.name, model=move.row.slug),
        Cell(host_title(move.provider)) if move.provider else absent("the source names no host"),
        Cell(move.unit),
        Cell(price(move.before), observation=move.before_observation),
        Cell(price(move.after), observation=move.observation),
        Cell(f"{sign}{share(abs(move.share))}", rows=Rows("method", place="prices")),
        Cell(move.source_title),
        retrieved_cell(move.observed_at),
    )


def said_table(changes: Iterable[LicenceChange]) -> Table:
    """What a source came to say of a licence, or of the weights; it leads to its observation."""
    columns = (
        Column("Model"),
        Column("About"),
        Column("Before"),
        Column("After"),
        Column("Source"),
        Column("Retrieved"),
    )
    caption = "What sources came to say otherwise about licences and weights"
    return Table(caption, columns, tuple(said_row(change) for change in changes))


def said_row(change: LicenceChange) -> tuple[Cell, ...]:
    about = "weights" if change.weights else "licence, tag and text differ" if change.differ else "licence"
    return (
        Cell(change.row.name, model=change.row.slug),
        Cell(about),
        Cell(change.before),
        Cell(change.after, observation=change.observation),
        Cell(change.source_title),
        retrieved_cell(change.observed_at),
    )
