"""Which rows come next? Keyset pages: a page starts after the last row of the one before, however deep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import F, Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)
Item = TypeVar("Item")
Position = tuple[Any, Any]  # the last row's value of the sorting column, and its tie-breaker


@dataclass(frozen=True, slots=True)
class Order:
    """By one column (an annotation or a field), then by a unique `tie`. Rows without a value come last."""

    column: str
    tie: str
    falling: bool = False

    def position(self, row: Model) -> Position:
        return getattr(row, self.column), getattr(row, self.tie)

    def key(self, name: str, falling: bool) -> Any:
        return F(name).desc(nulls_last=True) if falling else F(name).asc(nulls_last=True)

    def page(self, rows: QuerySet[Row], after: Position | None, limit: int) -> list[Row]:
        """Up to `limit` rows after a position."""
        found = rows if after is None else rows.filter(self.beyond(after))
        if self.column == self.tie:  # unique and never null: the plain order is the one an index has
            return list(found.order_by(f"-{self.tie}" if self.falling else self.tie)[:limit])
        return list(found.order_by(self.key(self.column, self.falling), self.tie)[:limit])

    def beyond(self, after: Position) -> Q:
        value, last = after
        further = "lt" if self.falling else "gt"
        if self.column == self.tie:
            return Q(**{f"{self.tie}__{further}": last})
        if value is None:
            return Q(**{f"{self.column}__isnull": True, f"{self.tie}__gt": last})
        same = Q(**{self.column: value, f"{self.tie}__gt": last})
        return Q(**{f"{self.column}__{further}": value}) | same | Q(**{f"{self.column}__isnull": True})


def following(
    items: Sequence[tuple[str, Item]], after: Position | None, limit: int
) -> list[tuple[str, Item]]:
    """The same for a list that is in memory, in the order of its keys."""
    rest = items if after is None else [(key, item) for key, item in items if key > after[0]]
    return list(rest[:limit])
