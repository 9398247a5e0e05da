from decimal import Decimal

import pytest

from models_catalog.normalise.units import unit_interval, usd_per_million


@pytest.mark.parametrize(
    ("amount", "per", "expected"),
    [
        ("0.00000015", "token", "0.15"),
        ("0.0025", "1K tokens", "2.5"),
        ("15", "1M tokens", "15"),
        ("15", "1m  Tokens", "15"),
    ],
)
def test_a_price_becomes_dollars_per_million_tokens(amount: str, per: str, expected: str) -> None:
    assert usd_per_million(Decimal(amount), per) == Decimal(expected)


@pytest.mark.parametrize("per", ["request", "image", "second", ""])
def test_a_unit_that_counts_no_tokens_has_no_price_per_million(per: str) -> None:
    assert usd_per_million(Decimal(1), per) is None


def test_a_long_decimal_price_is_not_rounded() -> None:
    assert usd_per_million(Decimal("0.000000123456789012345678"), "token") == Decimal("0.123456789012345678")


def test_a_percentage_and_a_fraction_meet_on_one_scale() -> None:
    assert unit_interval(Decimal("88.0"), "percent") == unit_interval(Decimal("0.88"), "fraction")


@pytest.mark.parametrize("unit", ["elo", "index", ""])
def test_a_scale_without_an_end_has_no_share(unit: str) -> None:
    with pytest.raises(ValueError, match="has no share"):
        unit_interval(Decimal(1300), unit)
