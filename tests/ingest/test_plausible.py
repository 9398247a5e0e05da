"""The gate's comparisons: what may follow the last accepted page, and what cannot be right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from models_catalog.ingest.facts import Fact, fact_of
from models_catalog.ingest.plausible import Before, Objection, numbers_of, objection
from models_catalog.sources.contract import Board, Bounds, PriceSeen, ScoreSeen
from models_catalog.vocabulary import Outcome, PriceUnit

BOARD = Board("list", "List", "https://invented.example/", "json", ())
THEN = datetime(2026, 1, 1, tzinfo=UTC)
CADENCE = timedelta(days=1)
NAMES = [f"model {number}" for number in range(40)]


def price(name: str, unit: PriceUnit, amount: str, currency: str = "USD") -> Fact:
    seen = PriceSeen(
        model=name,
        name=name,
        provider="host",
        unit=unit,
        amount=Decimal(amount),
        per="1M tokens",
        currency=currency,
    )
    return fact_of(seen, THEN)


def score(name: str, value: str) -> Fact:
    seen = ScoreSeen(
        model=name, name=name, benchmark="Quiz", metric="right", value=Decimal(value), unit="percent"
    )
    return fact_of(seen, THEN)


def prices(times: str = "1", currency: str = "USD") -> list[Fact]:
    return [
        price(name, unit, str(Decimal(amount) * Decimal(times)), currency)
        for name in NAMES
        for unit, amount in ((PriceUnit.INPUT, "2"), (PriceUnit.OUTPUT, "8"))
    ]


def scores() -> list[Fact]:
    return [score(name, str(place + 20)) for place, name in enumerate(NAMES)]


PAGE = [*prices(), *scores()]


def before(facts: list[Fact]) -> Before:
    names = frozenset(fact.subject for fact in facts)
    return Before(THEN, len(facts), 100 * len(facts), names, numbers_of(facts))


def against(
    facts: list[Fact], *, board: Board = BOARD, after: timedelta = CADENCE, size: int | None = None
) -> Objection | None:
    size = 100 * len(facts) if size is None else size
    return objection(
        facts, board, before(PAGE), rows=len(facts), size=size, observed_at=THEN + after, cadence=CADENCE
    )


def swapped() -> list[Fact]:
    return [
        price(name, unit, amount)
        for name in NAMES
        for unit, amount in ((PriceUnit.INPUT, "8"), (PriceUnit.OUTPUT, "2"))
    ]


def renamed() -> list[Fact]:
    return [replace(fact, subject=f"new {fact.subject}") for fact in PAGE]


def test_the_same_page_again_meets_no_objection() -> None:
    assert against(PAGE) is None


def test_the_first_page_of_a_board_has_nothing_to_be_compared_with() -> None:
    assert objection(PAGE, BOARD, None, rows=1, size=1, observed_at=THEN, cadence=CADENCE) is None


@pytest.mark.parametrize(
    ("facts", "outcome", "words"),
    [
        (lambda: PAGE[:60], Outcome.QUARANTINED, "shrunken: 60 rows, 120"),
        (lambda: PAGE * 4, Outcome.QUARANTINED, "swollen: 480 rows, 120"),
        (swapped, Outcome.QUARANTINED, "swapped columns?"),
        (lambda: [*prices("1000000"), *scores()], Outcome.REJECTED, "1,000,000 times higher: another unit"),
        (lambda: [*prices("0.001"), *scores()], Outcome.REJECTED, "1,000 times lower: another unit"),
        (lambda: [*prices("7", "CNY"), *scores()], Outcome.REJECTED, "USD became CNY"),
        (renamed, Outcome.QUARANTINED, "only 0% of the last page's 40 names"),
        (lambda: [*prices("1.5"), *scores()], Outcome.QUARANTINED, "67% of 120 numbers changed at once"),
    ],
)
def test_what_cannot_follow_is_stopped(facts: Callable[[], list[Fact]], outcome: Outcome, words: str) -> None:
    found = against(facts())
    assert found is not None
    assert found.outcome is outcome
    assert words in found.reason


def test_a_page_of_half_the_bytes_is_shrunken_even_with_all_rows() -> None:
    found = against(PAGE, size=100)
    assert found is not None
    assert found.reason == "shrunken: 100 bytes, 12000 were accepted last"


def test_swapped_columns_are_noticed_on_the_first_page_too() -> None:
    found = objection(swapped(), BOARD, None, rows=80, size=1, observed_at=THEN, cadence=CADENCE)
    assert found is not None
    assert "swapped columns?" in found.reason


def test_a_few_real_price_cuts_pass_however_deep() -> None:
    cut = [price(name, unit, "0.2") if name in NAMES[:3] else fact for fact, name, unit in priced()]
    assert against([*cut, *scores()]) is None


def priced() -> list[tuple[Fact, str, PriceUnit]]:
    return [(fact, fact.subject, PriceUnit(str(fact.value["unit"]))) for fact in prices()]


def test_bounds_widen_with_the_cadences_that_passed() -> None:
    shrunk = [*prices()[:70], *scores()[:35]]
    assert against(shrunk, after=CADENCE) is None
    fewer = PAGE[:70]
    assert against(fewer, after=CADENCE) is not None
    assert against(fewer, after=CADENCE * 30) is None


def test_half_a_list_is_stopped_however_long_the_source_was_away() -> None:
    half = [fact for fact in PAGE if fact.subject in NAMES[:20]]
    found = against(half, after=CADENCE * 30)
    assert found is not None
    assert found.reason == "shrunken: 20 names, 40 were accepted last"


def test_a_refitted_board_may_change_every_value_a_little_and_none_by_much() -> None:
    refitted = replace(BOARD, bounds=Bounds(refitted=True, drift=0.02, reason="a new fit"))
    nudged = [score(name, str(Decimal(place + 20) * Decimal("1.01"))) for place, name in enumerate(NAMES)]
    pushed = [score(name, str(Decimal(place + 20) * Decimal("1.2"))) for place, name in enumerate(NAMES)]
    page = before(scores())

    def found(facts: list[Fact], board: Board) -> Objection | None:
        return objection(facts, board, page, rows=40, size=4000, observed_at=THEN + CADENCE, cadence=CADENCE)

    assert found(nudged, refitted) is None
    assert found(nudged, BOARD) is not None
    drifted = found(pushed, refitted)
    assert drifted is not None
    assert drifted.reason == "numbers moved by +20% in the median"


def test_a_missing_sentinel_is_named() -> None:
    watched = replace(BOARD, sentinels=("model 3", "never listed"))
    found = against([fact for fact in PAGE if fact.subject != "model 3"], board=watched)
    assert found is not None
    assert found.reason == "model 3 missing: a whole page lists them"
