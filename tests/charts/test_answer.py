from dataclasses import replace

import pytest

from models_catalog.analysis.reasons import OPEN_FIRST, no_match_ahead
from models_catalog.charts.answer import (
    answer_sentence,
    interval_phrase,
    other_methods,
    refusal_word,
    spread_phrase,
)
from models_catalog.charts.parts import bar, parts_sentence
from models_catalog.findings.measured import GapRow
from models_catalog.findings.records import GapValue
from models_catalog.vocabulary import Cut, Method
from tests.charts.invented import AS_OF, RESULTS, gap, value


def plain(text: str) -> str:
    """A number and its unit are kept on one line by a no-break space."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("method", "number", "sentence"),
    [
        (Method.CATCH_UP, 5.66, "Open-weight models are 5.7 months behind closed ones."),
        (Method.CATCH_UP, -2.0, "Open-weight models are 2.0 months ahead of closed ones."),
        (Method.CATCH_UP, 0.01, "Open-weight models are level with closed ones."),
        (Method.CATCH_UP, 1.0, "Open-weight models are 1.0 month behind closed ones."),
        (
            Method.LEVEL_MEAN,
            5.9,
            "On average, open-weight models reached a level 5.9 months after closed ones.",
        ),
        (Method.PARITY_AGE, 5.1, "Closed models first reached the best open level 5.1 months ago."),
        (
            Method.BACKWARD_RECORD,
            -0.5,
            "Open records come 0.5 months before closed models reached the same level.",
        ),
        (Method.POINT_GAP, 4.6, "The best open-weight model is 4.6 index points below the best closed one."),
        (Method.POINT_GAP, -1.2, "The best open-weight model is 1.2 index points above the best closed one."),
    ],
)
def test_every_method_has_its_own_sentence(method: Method, number: float, sentence: str) -> None:
    assert plain(answer_sentence(value(method, number))) == sentence


def test_a_censored_figure_says_at_least() -> None:
    said = plain(answer_sentence(value(number=8.0, at_least=True)))
    assert said == "Open-weight models are at least 8.0 months behind closed ones."


def test_a_missing_figure_is_refused_with_its_reason() -> None:
    said = answer_sentence(value(number=None, reason="only 2 of 4 steps needed"))
    assert said == "There is not enough evidence to state the catch-up time: only 2 of 4 steps needed."


def test_beside_its_reason_a_refusal_is_brief() -> None:
    said = answer_sentence(value(number=None, reason="only 2 of 4 steps needed"), brief=True)
    assert said == "There is not enough evidence to state the catch-up time."


@pytest.mark.parametrize("reason", [no_match_ahead(0.0), no_match_ahead(2.0), OPEN_FIRST])
def test_open_models_that_lead_are_an_answer_and_no_lack_of_evidence(reason: str) -> None:
    led = value(Method.PARITY_AGE, None, reason=reason)
    assert answer_sentence(led, brief=True) == "Open-weight models are level with closed ones, or ahead."
    assert refusal_word(led) == "Level or ahead"
    assert refusal_word(value(number=None, reason="too few")) == "Insufficient evidence"


def test_an_interval_names_its_level_and_unit() -> None:
    assert plain(interval_phrase(value(), 0.9)) == "90 % interval 5.2–7.1 months"
    assert plain(interval_phrase(value(high=None), 0.9)) == "90 % interval 5.2 or more months"


@pytest.mark.parametrize(
    ("draws", "said"), [(200, " from 200 draws"), (1, " from 1 draw"), (1000, ""), (0, "")]
)
def test_an_interval_of_few_draws_says_how_many(draws: int, said: str) -> None:
    drawn = replace(value(), draws=draws)
    assert plain(interval_phrase(drawn, 0.9)) == f"90 % interval 5.2–7.1 months{said}"


def test_an_interval_that_is_missing_says_why() -> None:
    item = value(low=None, high=None, reason="no interval: 3 of 100 draws carry a value")
    assert interval_phrase(item, 0.9) == "no interval: 3 of 100 draws carry a value"


def test_other_methods_share_the_headlines_unit_and_tolerance() -> None:
    methods = [item.method for item in other_methods(gap())]
    assert methods == [Method.LEVEL_MEAN, Method.PARITY_AGE, Method.BACKWARD_RECORD]
    assert spread_phrase(gap()) == "other methods say 3.0–5.9 months"


def test_no_spread_is_claimed_where_no_other_method_has_a_value() -> None:
    silent = tuple(replace(item, value=None) if item.method != Method.CATCH_UP else item for item in RESULTS)
    assert spread_phrase(gap(results=silent)) == ""


def test_parts_in_which_open_models_lead_are_not_counted_as_lacking_evidence() -> None:
    def row(label: str, item: GapValue) -> tuple[GapRow, GapValue]:
        sides = (9, 9, 3, "index points", None, None)
        return GapRow(Cut.DOMAIN, label, label, (item,), AS_OF, None, 18, *sides, ""), item

    parity = Method.PARITY_AGE
    parts = [
        row("Maths", value(parity, 2.0)),
        row("Coding", value(parity, None, reason=no_match_ahead(0.0))),
        row("Vision", value(parity, None, reason="too few")),
    ]
    assert plain(parts_sentence(parts, parity)) == (
        "From 2.0 months (Maths) to 2.0 months (Maths). In 1 of 3 open models are level or ahead. 1 of 3 has too "
        "little evidence for a figure."
    )
    assert [bar(part, item).text for part, item in parts] == [
        "2.0",
        "level or ahead",
        "insufficient evidence",
    ]
