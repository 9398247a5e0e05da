"""Prices in every spelling the pages have, and what is no price."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models_catalog.sources.cells import Unreadable
from models_catalog.sources.money import Money, header_terms, money, price_lines


@pytest.mark.parametrize(
    ("text", "amount", "currency", "per"),
    [
        ("$5 / MTok", "5", "USD", "1M tokens"),
        ("\\$3 / input MTok", "3", "USD", "1M tokens"),
        ("$1.250 / 1M tokens", "1.250", "USD", "1M tokens"),
        ("$0.40 / 1M cached input tokens", "0.40", "USD", "1M tokens"),
        ("$4.50 / 1,000,000 tokens per hour (storage price)", "4.50", "USD", "1M tokens per hour"),
        ("5 元 / 百万Tokens", "5", "CNY", "1M tokens"),
        ("0.1 元 / 千tokens", "0.1", "CNY", "1K tokens"),
        ("￥16.8 / 百万 tokens", "16.8", "CNY", "1M tokens"),
        ("$10.00 / 1k calls", "10.00", "USD", "1K requests"),
        ("$0.039 per image\\*", "0.039", "USD", "image"),
        ("$1,234.50 / MTok", "1234.50", "USD", "1M tokens"),
        ("2元/万字符", "2", "CNY", "10K characters"),
    ],
)
def test_a_cell_that_says_all_is_read_whole(text: str, amount: str, currency: str, per: str) -> None:
    stated = money(text)
    assert stated is not None
    assert (stated.amount, stated.currency, stated.per) == (Decimal(amount), currency, per)


@pytest.mark.parametrize(
    ("text", "header", "amount", "terms"),
    [
        ("0.00240", "输入单价（元/千 Token）", "0.00240", ("CNY", "1K tokens")),
        ("0.02元", "百万tokens输入（缓存命中）", "0.02", ("CNY", "1M tokens")),
        ("0.0000004", "USD per token", "4E-7", ("USD", "token")),
        ("5e-07", "USD per token", "5E-7", ("USD", "token")),
        ("0.5", "Input (non-audio) (USD/M tokens)", "0.5", ("USD", "1M tokens")),
    ],
)
def test_what_a_cell_leaves_out_its_header_says(
    text: str, header: str, amount: str, terms: tuple[str, str]
) -> None:
    currency, per = header_terms(header)
    assert money(text, currency=currency, per=per) == Money(Decimal(amount), *terms)


@pytest.mark.parametrize("header", ["Cache-storage (USD/M tokens/Hour)", "缓存存储 (百万tokens/小时)"])
def test_storage_by_the_hour_is_not_a_price_of_tokens(header: str) -> None:
    assert header_terms(header)[1] == "1M tokens per hour"


@pytest.mark.parametrize("text", ["", "-", "—", "\\", "/", "N/A", "n/a", "Not available", "不支持", "null"])
def test_nothing_stated_is_none_and_never_zero(text: str) -> None:
    assert money(text, currency="USD", per="token") is None


@pytest.mark.parametrize("text", ["Free", "free", "免费", "Free of charge", "Free of charge, up to 500 RPD"])
def test_free_is_said_and_costs_nothing(text: str) -> None:
    stated = money(text, currency="CNY", per="1M tokens")
    assert stated == Money(Decimal(0), "CNY", "1M tokens", free=True)


def test_free_for_a_limited_time_is_a_promotion() -> None:
    stated = money("Limited-time Free", currency="USD", per="1M tokens")
    assert stated is not None
    assert (stated.free, stated.promotion) == (True, "Limited-time Free")


def test_what_depends_has_no_amount() -> None:
    stated = money("Token-based only")
    assert stated is not None
    assert (stated.amount, stated.variable) == (None, True)


def test_a_promotion_keeps_its_last_day_in_the_words_of_the_page() -> None:
    stated = money("$0.40 until June 30, 2026", per="1M tokens")
    assert stated is not None
    assert (stated.amount, stated.until) == (Decimal("0.40"), "June 30, 2026")


@pytest.mark.parametrize(("words", "reduced"), [("限时5折", "6"), ("限时8折", "9.6"), ("限时85折", "10.2")])
def test_a_chinese_discount_is_in_tenths_of_the_usual_price(words: str, reduced: str) -> None:
    stated = money(f"原价 12元 {words}", per="1M tokens")
    assert stated is not None
    assert (stated.before, stated.amount, stated.promotion) == (Decimal(12), Decimal(reduced), words)


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("$1.25, prompts <= 200k tokens", "prompts <= 200k tokens"),
        ("$0.30 (text / image / video)", "text / image / video"),
    ],
)
def test_a_condition_stays_beside_its_price(text: str, condition: str) -> None:
    stated = money(text, per="1M tokens")
    assert stated is not None
    assert stated.condition == condition


@pytest.mark.parametrize(
    ("text", "reason", "implausible"),
    [
        ("-$3 / MTok", "negative", True),
        ("NaN", "not a price", True),
        ("$1e400 / MTok", "beyond anything", True),
        ("$5 / bushel", "unit of sale", False),
        ("$5", "what the price buys", False),
        ("5 / MTok", "no currency", False),
        ("$5元 / MTok", "two of them", False),
        ("0,02 / MTok", "not a price", False),
        ("cheap", "not a price", False),
    ],
)
def test_what_is_no_price_is_named(text: str, reason: str, implausible: bool) -> None:
    with pytest.raises(Unreadable, match=reason) as caught:
        money(text)
    assert caught.value.implausible == implausible


def test_prices_glued_together_or_one_a_line_come_apart() -> None:
    assert price_lines("$0.20$0.50") == ["$0.20", "$0.50"]
    assert price_lines("\\$3 / input MTok<br/>\\$15 / output MTok") == [
        "$3 / input MTok",
        "$15 / output MTok",
    ]


@given(st.text(max_size=40))
def test_any_text_is_a_price_or_none_or_refused(text: str) -> None:
    try:
        stated = money(text, currency="USD", per="token")
    except Unreadable:
        return
    assert stated is None or stated.variable or (stated.amount is not None and stated.amount >= 0)
