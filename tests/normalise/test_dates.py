from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models_catalog.normalise.dates import parse_date, within
from models_catalog.vocabulary import Precision


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("2025-08-07", date(2025, 8, 7), Precision.DAY),
        (" 2025-08-07 ", date(2025, 8, 7), Precision.DAY),
        ("2023-08-08T21:16:55.000Z", date(2023, 8, 8), Precision.DAY),
        ("2023-08-08 21:16:55+00:00", date(2023, 8, 8), Precision.DAY),
        ("2025-08", date(2025, 8, 1), Precision.MONTH),
        ("2025", date(2025, 1, 1), Precision.YEAR),
        ("9/20/2023", date(2023, 9, 20), Precision.DAY),
        ("4/18/2024", date(2024, 4, 18), Precision.DAY),
    ],
)
def test_a_stated_date_keeps_the_precision_it_was_stated_with(
    text: str, day: date, precision: Precision
) -> None:
    assert parse_date(text) == (day, precision)


def test_slashes_are_american_even_where_both_readings_are_possible() -> None:
    assert parse_date("12/03/2026") == (date(2026, 12, 3), Precision.DAY)


@pytest.mark.parametrize(
    "text",
    [
        "20/9/2023",
        "9999-12-31",
        "9999",
        "1/1/9999",
        "2025-13",
        "2025-02-30",
        "",
        "soon",
        "2025-8-",
        "20250807",
        "٢٠٢٥",
        "2025-08-07 or later",
    ],
)
def test_what_states_no_date_is_refused(text: str) -> None:
    assert parse_date(text) is None


@given(st.text())
def test_no_text_makes_the_reader_fail(text: str) -> None:
    parsed = parse_date(text)
    assert parsed is None or 1900 <= parsed[0].year <= 2100


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_iso_and_american_spelling_of_one_day_agree(day: date) -> None:
    assert parse_date(day.isoformat()) == (day, Precision.DAY)
    assert parse_date(f"{day.month}/{day.day}/{day.year:04}") == (day, Precision.DAY)


def test_a_month_holds_its_days_and_no_others() -> None:
    assert within(date(2025, 8, 1), Precision.MONTH, date(2025, 8, 31))
    assert not within(date(2025, 8, 1), Precision.MONTH, date(2025, 9, 1))
    assert within(date(2025, 1, 1), Precision.YEAR, date(2025, 12, 31))
    assert not within(date(2025, 8, 1), Precision.DAY, date(2025, 8, 2))
