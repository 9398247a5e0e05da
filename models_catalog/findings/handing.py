"""What of a file's row may be handed on? What we worked out may; a source's own word only where its terms allow it.

The rule, as /data/ states it: results of ours under our method (lags, gaps, index levels, shares, counts, medians,
sums) are published with the credit of every input. A quoted value (one price, one score, one repository's downloads)
is handed on only where its owner's cited terms clear it; elsewhere its place stays empty and the row says whose it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from models_catalog.findings.records import FrontierPoint
from models_catalog.models import Observation
from models_catalog.sources import by_slug
from models_catalog.sources.leaving import may_leave


@dataclass(frozen=True, slots=True)
class Quote:
    """One value of a row that is a source's own word: under which key, stated by which observation.

    `sources` count where no observation is named: the slugs of those whose word it can be.
    """

    key: str
    observation: int | None = None
    sources: tuple[str, ...] = ()


def level_quotes(point: FrontierPoint) -> tuple[Quote, ...]:
    """A level that one observation states is its source's own word, its interval too; one that was fitted is ours."""
    if not point.exact:
        return ()
    stated = {"level": point.level, "low": point.low, "high": point.high}
    return tuple(
        Quote(key, point.observation, point.sources) for key, value in stated.items() if value is not None
    )


def kept_back(quotes: Iterable[Quote]) -> dict[Quote, tuple[str, ...]]:
    """Those that may not be handed on, with the slugs of whose they are; () where nobody knows."""
    asked = set(quotes)
    numbers = {quote.observation for quote in asked if quote.observation is not None}
    rows = Observation.objects.select_related("subject").only("subject__source", "board", "value")
    stated = rows.in_bulk(numbers)
    found = {quote: owners(quote, stated) for quote in asked}
    return {quote: whose for quote, whose in found.items() if whose is not None}


def owners(quote: Quote, stated: Mapping[int, Observation]) -> tuple[str, ...] | None:
    """None where it may be handed on. What nobody is known to have stated may not."""
    row = stated.get(quote.observation) if quote.observation is not None else None
    if row is not None:
        source = row.subject.source
        return None if may_leave(by_slug(source), row.board, row.value) else (source,)
    uncleared = tuple(slug for slug in quote.sources if not by_slug(slug).rights.export)
    return uncleared if uncleared or not quote.sources else None
