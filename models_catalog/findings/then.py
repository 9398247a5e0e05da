"""Answer as it would have been answered at an instant: the frozen rows that had been issued by then.

Figures that `compute` issues (gaps, series, trends, studies) are never changed, only followed by newer ones. Inside
`as_known(K)` the readers of such rows see those issued by K, and everything made from them is the answer of K.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

_instant: ContextVar[datetime | None] = ContextVar("instant", default=None)


@contextmanager
def as_known(known_at: datetime | None) -> Iterator[None]:
    """Everything asked inside is answered from what had been issued by then; None: from what stands now."""
    token = _instant.set(known_at)
    try:
        yield
    finally:
        _instant.reset(token)


def known_then() -> datetime | None:
    """The instant that answers are limited to here; None means now."""
    return _instant.get()


def issued(column: str) -> dict[str, datetime]:
    """The limit as a filter on the column that says when a row was issued; no limit now."""
    known_at = known_then()
    return {f"{column}__lte": known_at} if known_at else {}
