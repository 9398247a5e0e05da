from datetime import date
from decimal import Decimal

import pytest

from models_catalog.charts import numerals


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [(5.66, 1, "5.7"), (-1.25, 1, "−1.2"), (-0.04, 1, "0.0"), (12345.6, 1, "12\u202f345.6"), (2.0, 0, "2")],
)
def test_decimals_have_a_true_minus_and_narrow_spaces(value: float, places: int, text: str) -> None:
    assert numerals.decimal(value, places) == text


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (5.2, 7.1, "5.2–7.1"),
        (-1.2, 3.4, "−1.2 to 3.4"),
        (None, 7.1, "up to 7.1"),
        (5.2, None, "5.2 or more"),
        (None, None, ""),
    ],
)
def test_intervals_say_open_ends_in_words(low: float | None, high: float | None, text: str) -> None:
    assert numerals.interval(low, high) == text


def test_a_level_that_is_fixed_has_no_interval() -> None:
    assert numerals.level_interval(150.0, 150.0) == ""
    assert numerals.level_interval(None, None) == ""
    assert numerals.level_interval(148.9, 152.5) == "148.9–152.5"
    assert numerals.interval(5.7, 5.7) == "5.7–5.7"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("61.24", "61.2"),
        ("100", "100.0"),
        ("0.0342", "0.034"),
        ("0.996", "1.00"),
        ("-2.14", "−2.1"),
        ("0", "0.0"),
    ],
)
def test_percentages_keep_one_decimal_or_two_digits_below_one(value: str, text: str) -> None:
    assert numerals.of_hundred(Decimal(value)) == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("15", "$15.00"),
        ("2.505", "$2.51"),
        ("0.5", "$0.50"),
        ("0.0375", "$0.038"),
        ("0.125", "$0.13"),
        ("0.00021", "$0.00021"),
        ("0", "$0"),
        ("0.999", "$1.00"),
        ("1200", "$1\u202f200.00"),
    ],
)
def test_prices_keep_two_significant_decimals_below_one(amount: str, text: str) -> None:
    assert numerals.price(Decimal(amount)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("61.20", "61.2"),
        ("1E+3", "1\u202f000"),
        ("-0.5", "−0.5"),
        ("7", "7"),
        ("0.6212121212", "0.621"),
        ("0.00041239", "0.000412"),
        ("0.000", "0"),
    ],
)
def test_a_sources_own_figure_is_not_padded(value: str, text: str) -> None:
    assert numerals.figure(Decimal(value)) == text


def test_days_are_unambiguous() -> None:
    assert numerals.day(date(2026, 8, 11)) == "11 Aug 2026"
    assert numerals.day(date(2025, 12, 3)) == "3 Dec 2025"


@pytest.mark.parametrize(
    ("value", "text"),
    [(8_030_000_000, "8.0\u202fB"), (405_000_000_000, "405\u202fB"), (131_072, "131\u202fk"), (512, "512")],
)
def test_large_counts_are_scaled_with_their_letter(value: int, text: str) -> None:
    assert numerals.scaled(value) == text


def test_counts_take_the_plural_they_need() -> None:
    assert numerals.count(1, "model") == "1 model"
    assert numerals.count(1200, "model") == "1\u202f200 models"
    assert numerals.count(2, "index", "indices") == "2 indices"


def test_a_share_that_is_not_nothing_is_not_written_as_nothing() -> None:
    shares = [numerals.share(value) for value in (0.0, 0.003, 0.006, 1.0)]
    assert shares == ["0\u202f%", "<1\u202f%", "1\u202f%", "100\u202f%"]
