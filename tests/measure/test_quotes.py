"""From stored prices to quotes: which count, from when, until when."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from models_catalog.measure.quotes import INPUT, OUTPUT, Row, asked, counts, quotes_of

FIRST = datetime(2026, 1, 10, tzinfo=UTC)
END = date(2026, 12, 31)


def row(amount: str | None, day: int = 0, unit: str = INPUT, present: bool = True, **value: Any) -> Row:
    """A price first seen so many days after the tenth of January."""
    seen = FIRST + timedelta(days=day)
    terms = {"unit": unit, "amount": amount, "per": "1M tokens", "tier": "standard", "currency": "USD"}
    stated = {"provider": "Fjord Cloud"} | terms | value
    return Row("models-dev", "list", 7, "amber-1", stated, present, None, seen, day)


def stretches(*rows: Row, end: date = END) -> list[tuple[str, str, str]]:
    found = asked(list(rows), end)
    return [(str(item.amount), item.since.isoformat(), item.until.isoformat()) for item in found]


@pytest.mark.parametrize(
    ("changed", "kept"),
    [
        ({}, True),
        ({"unit": "output tokens"}, True),
        ({"band": "short context"}, True),
        ({"band": "≤ 200k"}, True),
        ({"band": "> 200k"}, False),
        ({"tier": "batch"}, False),
        ({"currency": "CNY"}, False),
        ({"unit": "cached input tokens"}, False),
    ],
)
def test_only_standard_dollar_prices_of_the_shortest_prompts_count(
    changed: dict[str, Any], kept: bool
) -> None:
    if "output" in str(changed.get("unit", "")):
        changed = {"unit": OUTPUT}
    assert counts(row("2").value | changed) is kept


def test_a_price_stands_until_the_next_began() -> None:
    assert stretches(row("3"), row("2", 30)) == [
        ("3", "2026-01-10", "2026-02-09"),
        ("2", "2026-02-09", "2026-12-31"),
    ]


def test_a_price_that_is_seen_gone_ends_that_day_and_leaves_no_price_behind() -> None:
    assert stretches(row("3"), row("3", 30, present=False)) == [("3", "2026-01-10", "2026-02-09")]


def test_a_stated_beginning_and_end_go_before_the_days_it_was_seen() -> None:
    stated = row("3", valid_from="2025-06-01", valid_to="2025-09-01")
    assert stretches(stated) == [("3", "2025-06-01", "2025-09-01")]


def test_of_two_prices_from_one_day_the_later_statement_counts() -> None:
    corrected = row("2", 5, valid_from="2026-01-10")
    assert stretches(row("3"), corrected) == [("2", "2026-01-10", "2026-12-31")]


def test_a_board_that_is_not_captured_again_quotes_no_longer_than_its_end() -> None:
    assert stretches(row("3"), end=date(2026, 3, 1)) == [("3", "2026-01-10", "2026-03-01")]
    assert stretches(row("3"), end=date(2026, 1, 1)) == []


def test_a_price_per_token_becomes_one_per_million_and_an_unstated_amount_none() -> None:
    assert row("0.000003", per="token").per_million == Decimal(3)
    assert stretches(row(None), row("2", 30)) == [("2", "2026-02-09", "2026-12-31")]


def test_a_quote_needs_both_prices_at_once_and_changes_with_either() -> None:
    rows = [row("1"), row("4", 10, OUTPUT), row("2", 40)]
    found = [(quote.since.isoformat(), quote.input, quote.output) for quote in quotes_of(rows, END)]
    assert found == [("2026-01-20", Decimal(1), Decimal(4)), ("2026-02-19", Decimal(2), Decimal(4))]
    assert {(quote.model, quote.host) for quote in quotes_of(rows, END)} == {("amber-1", "fjordcloud")}
    assert list(quotes_of(rows[:1], END)) == []


def test_a_host_is_one_host_however_a_source_writes_it() -> None:
    [short], [long] = (
        list(quotes_of([row("2", provider=name), row("8", unit=OUTPUT, provider=name)], END))
        for name in ("novita", "novita-ai")
    )
    assert short.host == long.host
