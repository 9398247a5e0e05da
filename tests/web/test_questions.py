from datetime import date, timedelta

import pytest

from models_catalog.vocabulary import Inputs, Method
from models_catalog.web.filters import Filter, chips, query_without, select
from models_catalog.web.parameters import page_number, short
from models_catalog.web.questions import GapQuestion, gap_question
from models_catalog.web.templatetags.figures import spelled_age


def test_a_question_survives_its_own_address() -> None:
    asked = {"inputs": "epoch", "method": "parity_age", "delta": "2", "as_of": "2025-10-30"}
    question = gap_question(asked)
    assert question == GapQuestion(Inputs.EPOCH, Method.PARITY_AGE, 2.0, date(2025, 10, 30))
    assert question.query == "inputs=epoch&method=parity_age&delta=2&as_of=2025-10-30"


def test_defaults_leave_the_address_short() -> None:
    assert gap_question({}).query == ""
    assert gap_question({"delta": "0", "inputs": "all"}).query == ""


@pytest.mark.parametrize("as_of", ["30.10.2025", "2025-13-01", "1900-01-01", "\x00", "9" * 400])
def test_a_day_that_cannot_be_read_is_a_problem_not_an_error(as_of: str) -> None:
    question = gap_question({"as_of": as_of})
    assert question.as_of is None
    assert len(question.problems) == 1


@pytest.mark.parametrize(
    ("text", "number"), [("2", 2), ("0", 1), ("-1", 1), ("", 1), ("1e9", 1), ("²", 1), ("9" * 30, 1)]
)
def test_pages_count_from_one(text: str, number: int) -> None:
    assert page_number(text) == number


def test_parameters_are_short_and_have_no_nul() -> None:
    assert short("  a\x00b  ") == "ab"
    assert len(short("x" * 1000)) == 100


def test_a_chip_takes_one_filter_back_and_the_page_with_it() -> None:
    parameters = {"q": "a b", "access": "open", "page": "3"}
    found = chips(
        [select("access", "Access", "open", [("open", "Open")]), Filter("q", "Search", "a b")], parameters
    )
    assert [(chip.label, chip.query) for chip in found] == [
        ("Access: Open", "q=a+b"),
        ("Search: a b", "access=open"),
    ]
    assert query_without(parameters, "q", "access") == ""


def test_an_unknown_choice_stays_visible() -> None:
    found = select("tier", "Openness", "odd", [("closed", "Closed")])
    assert [choice.value for choice in found.choices if choice.chosen] == ["odd"]


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=20), "less than a minute ago"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59), "59 minutes ago"),
        (timedelta(hours=3), "3 hours ago"),
        (timedelta(days=40), "40 days ago"),
        (timedelta(days=100), "3 months ago"),
        (timedelta(hours=-6), "in 6 hours"),
    ],
)
def test_ages_are_told_in_one_unit(passed: timedelta, words: str) -> None:
    assert spelled_age(passed) == words
