"""Daily counts that a third party recorded as one long table: a row per day and model.

The recorder asked several times on some days; the last row of a day counts, so that a day has one value. A
row with an empty count says nothing and is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from models_catalog.sources.cells import Row, Unreadable, facts_of
from models_catalog.sources.contract import DownloadsSeen, Page, Parsed, RowProblem
from models_catalog.sources.reading import read_csv

DAY = "date"


@dataclass(frozen=True, slots=True)
class LongTable:
    """Which columns hold the model and its count, and what the count is of.

    `only`, if given, is a column and the one word that a row must have in it.
    """

    model: str
    count: str
    window: str
    likes: str = ""
    only: tuple[str, str] | None = None

    @property
    def due(self) -> tuple[str, ...]:
        return tuple(filter(None, (DAY, self.model, self.count, self.likes, self.only and self.only[0])))


def daily_counts(table: LongTable, page: Page) -> Iterator[Parsed]:
    """One count per day and model, in the order of the page."""
    newest: dict[tuple[str, str], Row | RowProblem] = {}
    for row in read_csv(page, table.due, table.model):
        if isinstance(row, RowProblem):
            newest[row.row, ""] = row
        elif not table.only or str(row.cells[table.only[0]]).strip() == table.only[1]:
            newest[str(row.cells[DAY]).strip(), str(row.cells[table.model]).strip()] = row
    yield from facts_of(newest.values(), partial(counts, table))


def counts(table: LongTable, row: Row) -> Iterator[Parsed]:
    count, day = row.count(table.count), row.date(DAY)
    if day is None:
        raise Unreadable(f"{DAY}: missing", row.quote(table.model))
    if count is not None:
        yield DownloadsSeen(
            model=row.due_text(table.model),
            name=row.due_text(table.model),
            quote=row.quote(DAY, table.model, table.count),
            window=table.window,
            day=day,
            count=count,
            likes=row.count(table.likes) if table.likes else None,
        )
