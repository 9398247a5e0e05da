from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models_catalog.normalise.datednames import DateInName, date_in, take_date

MARCH = date(2023, 3, 14)


@pytest.mark.parametrize(
    ("text", "found", "rest"),
    [
        ("gpt-4o-2024-08-06", "2024-08-06", "gpt-4o-"),
        ("claude-3-5-sonnet-20241022", "2024-10-22", "claude-3-5-sonnet-"),
        ("gemini 2.5 pro (jun 2025)", "2025-06", "gemini 2.5 pro"),
        ("claude 3.5 sonnet (october 2024)", "2024-10", "claude 3.5 sonnet"),
        ("gemini-1.5-pro-001-feb24", "2024-02", "gemini-1.5-pro-001-"),
        ("command-r-08-2024", "2024-08", "command-r-"),
        ("mistral-large-2411", "2024-11", "mistral-large-"),
        ("codestral 25.01", "2025-01", "codestral"),
        ("doubao-seed-1-6-250615", "2025-06-15", "doubao-seed-1-6-"),
        ("gpt-4-0613", "06-13", "gpt-4-"),
        ("deepseek r1 (0528)", "05-28", "deepseek r1"),
        ("gemini-2.5-pro-preview-06-05", "06-05", "gemini-2.5-pro-preview-"),
    ],
)
def test_the_date_in_a_name_is_found_and_taken_out(text: str, found: str, rest: str) -> None:
    dated, left = take_date(text)
    assert (str(dated), left.strip()) == (found, rest)


@pytest.mark.parametrize(
    "text", ["llama3-70b-8192", "claude-3-5-sonnet", "grok-4.20", "qwen3-235b", "gpt-4-1106b", "0230"]
)
def test_numbers_that_are_no_date_stay(text: str) -> None:
    assert take_date(text) == (None, text)


def test_a_missing_year_is_the_first_that_fits_the_release() -> None:
    assert DateInName(None, 3, 14).resolve(MARCH) == date(2023, 3, 14)
    assert DateInName(None, 6, 13).resolve(MARCH) == date(2023, 6, 13)
    assert DateInName(None, 1, 25).resolve(MARCH) == date(2024, 1, 25)


def test_a_checkpoint_may_be_stamped_shortly_before_its_model_is_announced() -> None:
    assert DateInName(None, 3, 1).resolve(MARCH) == date(2023, 3, 1)


def test_without_year_and_release_no_day_is_guessed() -> None:
    assert DateInName(None, 3, 14).resolve(None) is None


def test_parts_left_out_agree_with_every_day() -> None:
    assert DateInName(2024, 8, None).agrees(date(2024, 8, 30))
    assert not DateInName(2024, 8, None).agrees(date(2024, 9, 1))
    assert DateInName(None, 8, 6).agrees(date(2024, 8, 6))


@given(st.dates(min_value=date(2010, 1, 1), max_value=date(2029, 12, 31)))
def test_every_iso_day_survives_a_name(day: date) -> None:
    dated, _ = take_date(f"model-x-{day.isoformat()}")
    assert dated == date_in(day.isoformat())


@given(st.text())
def test_no_text_makes_the_reader_fail(text: str) -> None:
    dated, _ = take_date(text)
    assert dated is None or 1 <= dated.month <= 12
