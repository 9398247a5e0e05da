"""The tables of a model page: scores, prices per host, what sources say, the names they use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from models_catalog.charts.figure import Cell, Column, Rows, Table, absent, number_column
from models_catalog.charts.numerals import (
    EN_DASH,
    NARROW_SPACE,
    count,
    day,
    decimal,
    figure,
    of_hundred,
    price,
    whole,
)
from models_catalog.charts.outside import https_link
from models_catalog.charts.words import settings_words
from models_catalog.findings.records import KnownName, Price, Score, Statement
from models_catalog.normalise.hosts import host_title
from models_catalog.vocabulary import PriceUnit

UNIT_SIGN = {
    "percent": f"{NARROW_SPACE}%",
    "fraction": f"{NARROW_SPACE}%",
    "index": " points",
    "elo": " Elo",
    "unstated": "",
}
PRICED = (PriceUnit.INPUT, PriceUnit.OUTPUT, PriceUnit.CACHE_READ, PriceUnit.CACHE_WRITE)
PRICE_WORD = {
    PriceUnit.INPUT: "Input",
    PriceUnit.OUTPUT: "Output",
    PriceUnit.CACHE_READ: "Cache read",
    PriceUnit.CACHE_WRITE: "Cache write",
}
FIRST_STATEMENTS = (
    *("Release date", "Weights out on", "Served since", "Listed since"),
    *("Weights", "Licence", "Licence name", "Gated", "Status", "Lifecycle"),
)
NAMED_SUBJECTS = 3
Offer = tuple[str, str, str, str, str]  # source, provider, tier, band, the source's name for it
Sides = dict[str, Price]  # of one offer, by unit


def score_table(scores: Iterable[Score], caption: str = "Every score leads to its evidence") -> Table:
    """One row per result, benchmarks of the index first; every value leads to its observation."""
    columns = (
        Column("Benchmark"),
        number_column("Score"),
        number_column("Interval"),
        Column("Variant and settings"),
        Column("Measured by"),
        Column("Source"),
        Column("Retrieved"),
    )
    ordered = sorted(
        scores, key=lambda item: (not item.index, item.benchmark.lower(), item.metric, -item.value)
    )
    metrics: dict[str, set[str]] = {}
    for item in ordered:
        metrics.setdefault(item.benchmark, set()).add(item.metric)
    return Table(
        caption,
        columns,
        tuple(score_row(item, several=len(metrics[item.benchmark]) > 1) for item in ordered),
    )


def score_row(item: Score, *, several: bool) -> tuple[Cell, ...]:
    """One result; its metric is named where a benchmark has `several`."""
    metric = f", {item.metric.replace('_', ' ')}" if several else ""
    settings = " · ".join(part for part in (item.subject, settings_words(item.settings)) if part)
    return (
        Cell(f"{item.benchmark.replace('_', ' ')}{metric}"),
        score_cell(item),
        span_cell(item),
        Cell(settings, aside=" ".join(item.corrected))
        if settings
        else absent("the source names no settings"),
        evaluator_cell(item.evaluator),
        Cell(item.source_title),
        retrieved_cell(item.observed_at),
    )


def evaluator_cell(said: str) -> Cell:
    """Who measured; where the source gives an address instead of a name, the address leads there."""
    if not said:
        return absent("the source does not say who measured")
    return Cell(said.removeprefix("https://").rstrip("/"), link=https_link(said))


def score_cell(item: Score) -> Cell:
    text = f"{amount(item.value, item.unit)}{UNIT_SIGN.get(item.unit, f' {item.unit}')}"
    aside = "unit not stated" if item.unit == "unstated" else ""
    return Cell(text, observation=item.observation, aside=aside)


def amount(value: Decimal, unit: str) -> str:
    """A score as readers compare it, shares in percent; the evidence keeps the source's own figure."""
    match unit:
        case "fraction":
            return of_hundred(100 * value)
        case "percent":
            return of_hundred(value)
        case "index":
            return decimal(value)
        case "elo":
            return decimal(value, 0)
        case _:
            return figure(value)


def span_cell(item: Score) -> Cell:
    """In the score's own unit."""
    if item.low is None or item.high is None:
        return absent("the source gives no interval")
    if item.low == item.high:
        return absent("fixed by definition: this result anchors the scale")
    text = f"{amount(item.low, item.unit)}{EN_DASH}{amount(item.high, item.unit)}"
    return Cell(text, observation=item.observation)


def retrieved_cell(moment: datetime) -> Cell:
    return Cell(day(moment), day=moment.date())


def price_table(prices: Iterable[Price]) -> Table:
    """One row per offer (host, tier, context band, name), $ per 1M tokens, cheapest input first.

    What a host sells under several names at the same prices is one offer.
    """
    offers: dict[Offer, Sides] = {}
    for item in prices:
        offer = (item.source, item.provider, item.tier, item.band, item.subject)
        offers.setdefault(offer, {})[item.unit] = item
    offers = different(offers)
    several = Counter(offer[:-1] for offer in offers)
    columns = (
        Column("Host"),
        *(number_column(PRICE_WORD[unit], "$ per 1M tokens") for unit in PRICED),
        Column("Other prices"),
        Column("Terms"),
        Column("Source"),
        Column("Retrieved"),
    )
    ordered = sorted(offers.items(), key=lambda offer: (cheapest(offer[1]), offer[0]))
    return Table(
        "Lowest input price first, offers stated at $0 last; every price leads to its evidence",
        columns,
        tuple(price_row(*offer, named=several[offer[0][:-1]] > 1) for offer in ordered),
    )


def different(offers: dict[Offer, Sides]) -> dict[Offer, Sides]:
    """Those whose prices differ, of each host's the first name in order."""
    kept: dict[tuple[object, ...], Offer] = {}
    for offer, units in sorted(offers.items(), key=lambda item: item[0]):
        prices = tuple(sorted((unit, item.amount, item.per, item.currency) for unit, item in units.items()))
        kept.setdefault((*offer[:-1], prices), offer)
    return {offer: offers[offer] for offer in kept.values()}


def cheapest(units: Sides) -> tuple[bool, Decimal]:
    """$0 is a free tier, a subscription or the reader's own hardware: it says nothing about cost."""
    known = units.get(PriceUnit.INPUT)
    if known is None or known.per_million is None:
        return True, Decimal("Infinity")
    return known.per_million == 0, known.per_million


def price_row(offer: Offer, units: Sides, *, named: bool) -> tuple[Cell, ...]:
    """`named`: the host sells it under other names, too, at other prices."""
    _, provider, tier, band, subject = offer
    one = next(iter(units.values()))
    others = [item for unit, item in sorted(units.items()) if unit not in PRICED]
    name = f"as “{subject}”" if named else ""
    terms = " · ".join(part for part in (tier if tier != "standard" else "", band, name) if part)
    return (
        Cell(host_title(provider)) if provider else absent("the source names no host"),
        *(price_cell(units.get(unit)) for unit in PRICED),
        other_cell(others),
        Cell(terms or "standard"),
        Cell(one.source_title),
        retrieved_cell(one.observed_at),
    )


def price_cell(item: Price | None) -> Cell:
    if item is None:
        return absent("not listed")
    if item.variable:
        return Cell("varies", observation=item.observation)
    if item.per_million is not None and item.currency == "USD":
        return Cell(price(item.per_million), observation=item.observation)
    return Cell(own_words(item), observation=item.observation)


def own_words(item: Price) -> str:
    """A price that is not dollars per token, as the source states it."""
    amount = "varies" if item.amount is None else f"{figure(item.amount)} {item.currency}"
    return f"{amount} per {item.per}" if item.per else amount


def other_cell(items: list[Price]) -> Cell:
    if not items:
        return absent("none listed")
    said = "; ".join(f"{item.unit.replace('_', ' ')} {own_words(item)}" for item in items)
    return Cell(said, observation=items[0].observation)


def statement_table(statements: Iterable[Statement]) -> Table:
    """One row per label, value and source, the newest standing for the rest; what matters most comes first."""
    columns = (
        Column("Statement"),
        Column("In the source’s words"),
        Column("Said of"),
        Column("Source"),
        Column("Retrieved"),
    )
    same: dict[tuple[str, str, str], list[Statement]] = {}
    for item in statements:
        same.setdefault((item.label, item.source, item.value), []).append(item)
    ordered = sorted(same.items(), key=lambda group: (weight(group[0][0]), group[0]))
    rows = tuple(statement_row(group) for _, group in ordered)
    return Table("Statements about this model, each in its source’s own words", columns, rows)


def weight(label: str) -> int:
    return FIRST_STATEMENTS.index(label) if label in FIRST_STATEMENTS else len(FIRST_STATEMENTS)


def statement_row(group: list[Statement]) -> tuple[Cell, ...]:
    newest = max(group, key=lambda item: (item.observed_at, item.observation or 0))
    value = newest.value
    subjects = sorted({item.subject for item in group})
    more = (
        f" and {count(len(subjects) - NAMED_SUBJECTS, 'other name')}"
        if len(subjects) > NAMED_SUBJECTS
        else ""
    )
    return (
        Cell(newest.label),
        Cell(
            whole(int(value)) if value.isascii() and value.isdecimal() else value,
            observation=newest.observation,
            rows=Rows("evidence-downloads", download_address(*newest.sample)) if newest.sample else None,
        ),
        Cell(", ".join(subjects[:NAMED_SUBJECTS]) + more),
        Cell(newest.source_title),
        retrieved_cell(newest.observed_at),
    )


def download_address(subject: int, window: str, day: date) -> tuple[int, str, str]:
    """What the address of a download count's evidence is made of."""
    return subject, window, day.isoformat()


def names_table(names: Iterable[KnownName]) -> Table:
    columns = (
        Column("Name"),
        Column("Source"),
        Column("Its id there"),
        Column("Read as"),
        Column("Decided by"),
    )
    rows = sorted(names, key=lambda item: (item.source, item.name.lower()))
    return Table(
        "What each source calls this model, and how the name was matched",
        columns,
        tuple(name_row(item) for item in rows),
    )


def name_row(item: KnownName) -> tuple[Cell, ...]:
    read_as = " · ".join(part for part in (item.snapshot, item.variant) if part)
    return (
        Cell(item.name),
        Cell(item.source_title),
        Cell(item.external_id),
        Cell(read_as or "the model itself"),
        Cell(f"{item.rung} name" if item.rung != "alias" else "reviewed alias"),
    )
