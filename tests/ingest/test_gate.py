"""What the gate lets through: shape, range, unit and emptiness."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from models_catalog.ingest.gate import judge
from models_catalog.sources.contract import (
    Board,
    EmptyPayload,
    Parsed,
    PriceSeen,
    Record,
    ReleaseSeen,
    RowProblem,
    ScoreSeen,
)
from models_catalog.vocabulary import Outcome, PriceUnit

BOARD = Board("list", "List", "https://invented.example/", "json", (), min_rows=2)
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def release(name: str, **fields: object) -> ReleaseSeen:
    return ReleaseSeen(model=name, name=name, **fields)  # type: ignore[arg-type]  # each test names real fields


def price(amount: str | None, **fields: object) -> PriceSeen:
    given: dict[str, object] = {"provider": "host", "unit": PriceUnit.INPUT, "per": "1M tokens"} | fields
    value = None if amount is None else Decimal(amount)
    return PriceSeen(model="alpha", name="alpha", amount=value, **given)  # type: ignore[arg-type]


def score(value: str, unit: str = "percent") -> ScoreSeen:
    return ScoreSeen(
        model="alpha", name="alpha", benchmark="Quiz", metric="right", value=Decimal(value), unit=unit
    )


def outcome(*rows: Parsed) -> tuple[Outcome, str]:
    verdict = judge([release("alpha"), release("beta"), *rows], BOARD, NOW)
    return verdict.outcome, verdict.reason


def test_plausible_rows_are_accepted() -> None:
    assert outcome(price("2.5"), score("71.2")) == (Outcome.ACCEPTED, "")


@pytest.mark.parametrize(
    "fields",
    [
        {"organization": "a\x00b"},
        {"access_claim": "\x00"},
        {"country": "\ud800"},
        {"modalities_in": ("text", "\udfff")},
        {"hub_repository": "é\udc80"},
    ],
)
def test_what_no_database_takes_quarantines_wherever_it_stands(fields: dict[str, object]) -> None:
    found, reason = outcome(release("gamma", **fields))
    assert found == Outcome.QUARANTINED
    assert "a NUL in" in reason or "half a surrogate character in" in reason
    assert next(iter(fields)) in reason


def test_other_alphabets_are_welcome() -> None:
    assert outcome(release("通义千问", organization="阿里云", country="中国")) == (Outcome.ACCEPTED, "")


def test_fewer_rows_than_the_floor_are_a_named_failure() -> None:
    with pytest.raises(EmptyPayload, match="1 rows, at least 2"):
        judge([release("alpha")], BOARD, NOW)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (price("-0.15"), "cannot be negative"),
        (price("NaN"), "cannot be negative or endless"),
        (price("0.5", per="token"), "at most 1000 is plausible"),
        (price(None), "without an amount"),
        (score("101"), "outside 0 to 100 percent"),
        (score("1.5", "fraction"), "outside 0 to 1 fraction"),
        (score("Infinity"), "not a number"),
        (release("gamma", date="2099-01-01"), "release date 2099-01-01 is outside"),
        (release("gamma", parameters=2**63), "outside 0 to 2^63"),
        (release("gam\x00ma"), "control character"),
        (release("gam\ud800ma"), "surrogate"),
    ],
)
def test_an_impossible_value_quarantines_the_page(row: Record, words: str) -> None:
    ended, reason = outcome(row)
    assert ended is Outcome.QUARANTINED
    assert words in reason


def test_a_variable_price_is_stored_without_a_number() -> None:
    assert outcome(price(None, variable=True))[0] is Outcome.ACCEPTED


def test_a_few_unreadable_rows_are_held_back_and_counted() -> None:
    rows = [release(f"model {number}") for number in range(100)]
    verdict = judge([*rows, RowProblem("row 101", "no name")], BOARD, NOW)
    assert (verdict.outcome, verdict.reason) == (Outcome.ACCEPTED, "1 row(s) held back")


def test_many_unreadable_rows_quarantine_the_page() -> None:
    ended, reason = outcome(RowProblem("row 3", "no name"))
    assert ended is Outcome.QUARANTINED
    assert "1 of 3 rows unreadable, first: row 3: no name" in reason


def test_two_values_for_one_fact_are_a_problem_and_two_equal_rows_are_not() -> None:
    assert outcome(price("2"), price("2.0"))[0] is Outcome.ACCEPTED
    ended, reason = outcome(price("2"), price("3"))
    assert ended is Outcome.QUARANTINED
    assert "two values for one price" in reason


def test_an_endless_name_is_a_problem_that_does_not_stop_the_page() -> None:
    rows = [release(f"model {number}") for number in range(100)]
    verdict = judge([*rows, release("x" * 10_000_000)], BOARD, NOW)
    assert verdict.outcome is Outcome.ACCEPTED
    assert len(json.dumps([problem.row for problem in verdict.problems])) < 200
