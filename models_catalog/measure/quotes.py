"""What did each host ask for each model, from when to when? Stored prices as the analysis takes them.

A price counts from the day its source states, else from the day it was first seen, until it was seen changed or
gone, or until the end its source states. Where a board was not captured again, its last prices count for four
more months and no longer. Only standard requests in dollars, of models themselves and not of variants, from
sources that may be shown; of prices by prompt length the shortest counts, and cross-checks are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import Max

from models_catalog.analysis.prices import Quote
from models_catalog.models import Fetch, Observation
from models_catalog.normalise.dates import parse_date
from models_catalog.normalise.hosts import host_named
from models_catalog.normalise.organizations import compact
from models_catalog.normalise.units import usd_per_million
from models_catalog.sources import SOURCES
from models_catalog.vocabulary import FactKind, Outcome, PriceUnit

CROSS_CHECKS = ("litellm",)  # compared with, never counted: known wrong entries
STILL_COUNTS = timedelta(days=120)  # after the last capture of a board
INPUT, OUTPUT = PriceUnit.INPUT.value, PriceUnit.OUTPUT.value

Boards = dict[tuple[str, str], date]


@dataclass(frozen=True, slots=True)
class Quoted:
    """All quotes, and when every source's prices begin: a new source is a break in every series."""

    quotes: tuple[Quote, ...]
    begins: dict[str, date]  # source slug -> first day
    newest: datetime | None  # newest capture among them


class Row(NamedTuple):
    """One stored price of one unit."""

    source: str
    board: str
    subject: int
    model: str
    value: dict[str, Any]
    present: bool
    valid_from: date | None
    observed_at: datetime
    observation: int

    @property
    def offer(self) -> tuple[str, str, int, str, str]:
        """Whose price of what this is, but for the unit."""
        return (self.source, self.board, self.subject, str(self.value["provider"]), self.model)

    @property
    def began(self) -> date:
        return stated(self.value.get("valid_from")) or self.valid_from or self.observed_at.date()

    @property
    def per_million(self) -> Decimal | None:
        amount = self.value.get("amount")
        if not self.present or amount is None:
            return None
        return usd_per_million(Decimal(str(amount)), str(self.value.get("per", "")))


def stored_quotes(known_at: datetime | None = None) -> Quoted:
    """Every quote that was known by then; None means now."""
    rows = sorted(
        price_rows(known_at), key=lambda row: (*row.offer, row.began, row.observed_at, row.observation)
    )
    last = last_captures()
    quotes, begins = list[Quote](), dict[str, date]()
    for (source, board, *_), group in groupby(rows, key=lambda row: row.offer):
        end = last.get((source, board), date.min) + STILL_COUNTS
        found = list(quotes_of(list(group), end))
        quotes += found
        first = min((quote.since for quote in found), default=date.max)
        begins[source] = min(first, begins.get(source, first))
    known = {source: first for source, first in begins.items() if first < date.max}
    return Quoted(tuple(quotes), known, max((row.observed_at for row in rows), default=None))


def last_captures() -> Boards:
    """The newest accepted capture of every board, by source and board."""
    good = Fetch.objects.filter(outcome__in=(Outcome.ACCEPTED, Outcome.UNCHANGED))
    rows = good.values_list("source", "board").annotate(last=Max("observed_at"))
    return {(source, board): last.date() for source, board, last in rows if last}


def price_rows(known_at: datetime | None) -> Iterator[Row]:
    """Stored prices that count, in no order; sorted and judged in Python, which is quicker than by JSON keys."""
    shown = [source.slug for source in SOURCES if source.rights.display and source.slug not in CROSS_CHECKS]
    known = Observation.objects.all().known(known_at)
    rows = known.filter(
        kind=FactKind.PRICE,
        subject__source__in=shown,
        subject__resolution__model__isnull=False,
        subject__resolution__variant="",
    ).values_list(
        "subject__source",
        "board",
        "subject_id",
        "subject__resolution__model__slug",
        "value",
        "present",
        "valid_from",
        "observed_at",
        "id",
    )
    for row in map(Row._make, rows.iterator(chunk_size=5000)):
        if counts(row.value):
            yield row


def counts(value: dict[str, Any]) -> bool:
    """Is this a standard request's price in dollars? Where it depends on the prompt's length, the shortest counts."""
    band = str(value.get("band") or "")
    shortest = not band or band == "short context" or band.startswith("≤")
    bought = value["unit"] in (INPUT, OUTPUT) and shortest
    return bought and value["tier"] == "standard" and value["currency"] == "USD"


class Asked(NamedTuple):
    """One price of one unit over one stretch of time."""

    since: date
    until: date
    amount: Decimal
    observation: int


def quotes_of(rows: list[Row], end: date) -> Iterator[Quote]:
    """One host's quotes of one model, in the stretches in which both of its prices stood. `rows` by day."""
    bought, made = ([row for row in rows if row.value["unit"] == unit] for unit in (INPUT, OUTPUT))
    for first in asked(bought, end):
        for second in asked(made, end):
            since, until = max(first.since, second.since), min(first.until, second.until)
            if since < until:
                host = compact(host_named(str(rows[0].value["provider"])))
                yield Quote(rows[0].model, host, first.amount, second.amount, since, until, first.observation)


def asked(rows: list[Row], end: date) -> Iterator[Asked]:
    """The stretches of one price, each until the next began."""
    for position, row in enumerate(rows):
        stops = [later.began for later in rows[position + 1 :] if later.began > row.began]
        until = min([*stops[:1], stated(row.value.get("valid_to")) or end, end])
        overtaken = any(later.began == row.began for later in rows[position + 1 :])
        amount = row.per_million
        if amount is not None and until > row.began and not overtaken:
            yield Asked(row.began, until, amount, row.observation)


def stated(text: object) -> date | None:
    found = parse_date(str(text)) if text else None
    return found[0] if found else None
