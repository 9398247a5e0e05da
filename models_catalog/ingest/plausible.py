"""Can this page follow the last accepted one? The comparisons of the gate; a pure function.

Bounds are declared per board and apply per elapsed cadence, but for the number of names and bytes: a page a
month later may differ more than one an hour later, and is not half as long. What is wrong in unit (a thousandfold
jump, another currency) can never be right, and rejects; the rest is unlikely, and waits for a person in quarantine
while the last good data stays on show.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from models_catalog.ingest.facts import Fact
from models_catalog.sources.contract import Board
from models_catalog.vocabulary import FactKind, Outcome

UNIT_JUMP = 500.0  # a median ratio beyond this is thousands or millions, not a price move
LEAST_NUMBERS = 10  # fewer common numbers carry no statistics
SWAPPED = 0.90  # share of models whose output must cost at least as much as their input
FactId = tuple[str, str, str]  # subject, kind, key


@dataclass(frozen=True, slots=True)
class Before:
    """The board as last accepted: names, numbers by fact, and the page's rows and bytes."""

    observed_at: datetime
    rows: int
    size: int
    names: frozenset[str]
    numbers: Mapping[FactId, float]


@dataclass(frozen=True, slots=True)
class Objection:
    """Why the page is not taken: QUARANTINED waits for a person, REJECTED cannot be right."""

    outcome: Outcome
    reason: str


def objection(
    facts: Sequence[Fact],
    board: Board,
    before: Before | None,
    *,
    rows: int,
    size: int,
    observed_at: datetime,
    cadence: timedelta,
) -> Objection | None:
    """The first thing that speaks against the page, gravest first; None when nothing does."""
    found = [swapped_prices(facts)]
    if before is not None:
        steps = max(1.0, (observed_at - before.observed_at) / cadence)
        now = numbers_of(facts)
        found = [
            other_currency(now, before),
            other_unit(now, before),
            *found,
            missing_sentinel(facts, board, before),
            fewer_rows(board, before, rows, size, steps),
            fewer_names(facts, board, before),
            other_names(facts, board, before, steps),
            other_numbers(now, board, before, steps),
        ]
    objections = [item for item in found if item is not None]
    return min(objections, key=lambda item: item.outcome is not Outcome.REJECTED, default=None)


def quarantine(reason: str) -> Objection:
    return Objection(Outcome.QUARANTINED, reason)


def reject(reason: str) -> Objection:
    return Objection(Outcome.REJECTED, reason)


def swapped_prices(facts: Sequence[Fact]) -> Objection | None:
    """Output tokens cost at least as much as input tokens nearly everywhere: else two columns are swapped."""
    pairs = list(price_pairs(facts))
    if len(pairs) < LEAST_NUMBERS:
        return None
    share = sum(1 for paid_in, paid_out in pairs if paid_out >= paid_in) / len(pairs)
    if share >= SWAPPED:
        return None
    return quarantine(
        f"output costs less than input in {1 - share:.0%} of {len(pairs)} offers: swapped columns?"
    )


def price_pairs(facts: Iterable[Fact]) -> Iterator[tuple[float, float]]:
    """(input, output) of every offer that states both in one tier and band."""
    offers: dict[tuple[str, str], dict[str, float]] = {}
    for fact in facts:
        if fact.kind is FactKind.PRICE and "amount" in fact.value:
            provider, unit, rest = fact.key.split("|", 2)
            offers.setdefault((fact.subject, f"{provider}|{rest}"), {})[unit] = float(
                str(fact.value["amount"])
            )
    for offer in offers.values():
        if "input" in offer and "output" in offer:
            yield offer["input"], offer["output"]


def numbers_of(facts: Iterable[Fact]) -> dict[FactId, float]:
    """Prices and scores by fact: the values whose sudden change is suspicious."""
    return {
        (fact.subject, fact.kind, fact.key): float(str(fact.value[NUMBER[fact.kind]]))
        for fact in facts
        if fact.kind in NUMBER and NUMBER[fact.kind] in fact.value
    }


NUMBER = {FactKind.PRICE: "amount", FactKind.SCORE: "value"}


def other_currency(now: Mapping[FactId, float], before: Before) -> Objection | None:
    """The same offers, priced in another currency: numbers that look like a change and are none."""
    then, here = currencies(before.numbers), currencies(now)
    common = then.keys() & here.keys()
    moved = [offer for offer in common if not then[offer] & here[offer]]
    if len(moved) < max(1, len(common) / 2):
        return None
    old, new = sorted(then[moved[0]])[0], sorted(here[moved[0]])[0]
    return reject(f"{len(moved)} of {len(common)} prices are in another currency: {old} became {new}")


def currencies(numbers: Iterable[FactId]) -> dict[tuple[str, str, str], set[str]]:
    found: dict[tuple[str, str, str], set[str]] = {}
    for subject, kind, key in numbers:
        if kind == FactKind.PRICE:
            provider, unit, _tier, _band, currency, _region = key.split("|")
            found.setdefault((subject, provider, unit), set()).add(currency)
    return found


def other_unit(now: Mapping[FactId, float], before: Before) -> Objection | None:
    ratio = median_log_ratio(now, before, (FactKind.PRICE,))
    if ratio is None or abs(ratio) < math.log(UNIT_JUMP):
        return None
    return reject(
        f"prices are {math.exp(abs(ratio)):,.0f} times {'higher' if ratio > 0 else 'lower'}: another unit"
    )


def median_log_ratio(
    now: Mapping[FactId, float], before: Before, kinds: Sequence[FactKind] = tuple(FactKind)
) -> float | None:
    """The median of ln(new/old) over the positive numbers both pages hold; None when they are too few."""
    ratios = [
        math.log(value / before.numbers[fact])
        for fact, value in now.items()
        if fact[1] in kinds and value > 0 and before.numbers.get(fact, 0) > 0
    ]
    return statistics.median(ratios) if len(ratios) >= LEAST_NUMBERS else None


def missing_sentinel(facts: Iterable[Fact], board: Board, before: Before) -> Objection | None:
    here = {fact.subject for fact in facts}
    gone = [name for name in board.sentinels if name in before.names and name not in here]
    return quarantine(f"{', '.join(gone)} missing: a whole page lists them") if gone else None


def fewer_names(facts: Iterable[Fact], board: Board, before: Before) -> Objection | None:
    """Half a list is half a list, however long ago the whole one was seen: this bound knows no cadence."""
    names = len({fact.subject for fact in facts})
    if not board.complete or names >= len(before.names) * board.bounds.shrink:
        return None
    return quarantine(f"shrunken: {names} names, {len(before.names)} were accepted last")


def fewer_rows(board: Board, before: Before, rows: int, size: int, steps: float) -> Objection | None:
    """Silence has a name: a page that shrank is not a quiet day. How many facts a name has changes with time."""
    bounds = board.bounds
    if rows < before.rows * bounds.shrink**steps:
        return quarantine(f"shrunken: {rows} rows, {before.rows} were accepted last")
    if rows > before.rows * bounds.grow * steps:
        return quarantine(f"swollen: {rows} rows, {before.rows} were accepted last")
    if size < before.size * bounds.size:
        return quarantine(f"shrunken: {size} bytes, {before.size} were accepted last")
    return None


def other_names(facts: Iterable[Fact], board: Board, before: Before, steps: float) -> Objection | None:
    if not board.complete or not before.names:
        return None
    kept = len(before.names & {fact.subject for fact in facts}) / len(before.names)
    if kept >= board.bounds.overlap**steps:
        return None
    return quarantine(f"only {kept:.0%} of the last page's {len(before.names)} names are there")


def other_numbers(
    now: Mapping[FactId, float], board: Board, before: Before, steps: float
) -> Objection | None:
    common = now.keys() & before.numbers.keys()
    if len(common) < LEAST_NUMBERS:
        return None
    changed = sum(1 for fact in common if now[fact] != before.numbers[fact]) / len(common)
    if not board.bounds.refitted and changed > board.bounds.changed * steps:
        return quarantine(f"{changed:.0%} of {len(common)} numbers changed at once")
    drift = median_log_ratio(now, before)
    if drift is not None and abs(drift) > board.bounds.drift * steps:
        return quarantine(f"numbers moved by {math.expm1(drift):+.0%} in the median")
    return None
