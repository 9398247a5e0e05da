"""A refusal is read by people who buy or build: plain, short enough to be shown whole, and with a way out."""

from __future__ import annotations

import pytest

from models_catalog.analysis import reasons
from models_catalog.charts.outside import LONGEST

EVIDENCE = (  # what more evidence would settle
    reasons.NO_CLOSED,
    reasons.NO_OPEN,
    reasons.NO_COMMON_LEVEL,
    reasons.STILL_WAITING,
    reasons.BELOW_THE_FIRST,
    reasons.NOTHING_COUNTS,
    *(reasons.too_few_rises(side, number, 4) for side in ("open", "closed") for number in range(4)),
    reasons.too_few_rises("closed", 3, 4, " at levels both sides have reached"),
    *(reasons.mostly_unreached(share) for share in (1.0, 0.7)),
    *(reasons.too_few_models(number, 8) for number in (1, 7)),
    *(reasons.too_few_benchmarks(number, 3, 8, 3) for number in (0, 1, 2)),
)
OTHERS = (
    reasons.OPEN_FIRST,
    reasons.NO_ERRORS,
    reasons.EPOCH_IS_ONE,
    reasons.NOBODY_THERE,
    *(reasons.no_match_ahead(delta) for delta in (0.0, 2.0)),
    reasons.open_ends(["low", "high"]),
    reasons.too_few_draws(4, 10),
)
JARGON = ("delta", "median", "censored", "frontier step", "dated model", "bounded", "anchor", "0 benchmarks")


@pytest.mark.parametrize("said", [*EVIDENCE, *OTHERS])
def test_a_reason_is_a_short_clause_without_our_own_words(said: str) -> None:
    assert len(said) <= LONGEST
    assert not said.endswith(".")
    assert not [word for word in JARGON if word in said]


@pytest.mark.parametrize("said", EVIDENCE)
def test_what_evidence_would_settle_is_said(said: str) -> None:
    assert "would settle it" in said


def test_numbers_are_words_where_people_say_words() -> None:
    assert "their record not once here" in reasons.too_few_rises("open", 0, 4)
    assert "only once here" in reasons.too_few_rises("open", 1, 4)
    assert "only 1 model with a known release date was tested" in reasons.too_few_models(1, 8)
    assert "this part has only 2;" in reasons.too_few_benchmarks(2, 3, 8, 3)
    assert "have not reached any of the levels" in reasons.mostly_unreached(0.996)
