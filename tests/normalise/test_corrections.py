from dataclasses import replace
from datetime import date

import pytest

from models_catalog.normalise.aliases import load_aliases
from models_catalog.normalise.catalogue import build
from models_catalog.normalise.corrections import (
    Correction,
    ScoreCorrections,
    check,
    corrected,
    settled,
    shipped_corrections,
    weights_days,
)
from models_catalog.vocabulary import Access, DateKind
from tests.normalise.claims import listed, scored

WRONG = listed("xai/grok-9", "Grok 9", "2024-01-02", open_weights=False)
CORRECTION = Correction(
    "models-dev",
    "xai/grok-9",
    "date",
    "2024-01-02",
    "2026-01-02",
    "A year slipped.",
    "xAI's page",
    date(2026, 2, 1),
)


def test_a_wrong_statement_is_replaced_and_says_so() -> None:
    (claim,) = corrected([WRONG], [CORRECTION])
    assert claim.date == "2026-01-02"
    assert claim.corrected == (CORRECTION.sentence,)
    assert "'2024-01-02', counted as '2026-01-02'" in CORRECTION.sentence


def test_other_statements_stay_as_they_are() -> None:
    others = [listed("xai/grok-9", "Grok 9", "2026-01-03"), listed("xai/grok-8", "Grok 8", "2024-01-02")]
    assert corrected(others, [CORRECTION]) == others


def test_the_catalogue_counts_the_correction_and_shows_it() -> None:
    model = build([WRONG], load_aliases(), corrections=[CORRECTION]).models["grok-9"]
    assert model.released == date(2026, 1, 2)
    assert CORRECTION.sentence in model.conflicts


def test_a_correction_the_source_has_caught_up_with_is_reported() -> None:
    fixed = listed("xai/grok-9", "Grok 9", "2026-01-02")
    assert settled([WRONG], [CORRECTION]) == []
    assert settled([fixed], [CORRECTION]) == [CORRECTION]
    assert settled([], [CORRECTION]) == []


def test_the_shipped_file_is_sound() -> None:
    for correction in shipped_corrections():
        assert correction.wrong != correction.right
        assert correction.reason
        assert correction.cite


def test_weights_that_came_later_start_the_open_clock() -> None:
    entry = scored("Kimi K3", "Moonshot", "2026-07-16", "Open weights (non-commercial)")
    model = build([entry], load_aliases()).models["kimi-k3"]
    assert model.access is Access.OPEN
    assert (model.released, model.released_kind) == (
        weights_days(shipped_corrections())["kimi-k3"],
        DateKind.WEIGHTS,
    )
    assert any("2026-07-16" in conflict for conflict in model.conflicts)


def test_a_corrected_value_is_never_corrected_again() -> None:
    chain = replace(CORRECTION, wrong="2026-01-02", right="2027-01-02")
    for order in ([CORRECTION, chain], [chain, CORRECTION]):
        assert corrected([WRONG], order)[0].date == "2026-01-02"


def test_a_correction_that_is_taken_back_changes_nothing() -> None:
    assert corrected([WRONG], [replace(CORRECTION, right=CORRECTION.wrong)]) == [WRONG]


SCORE = replace(
    CORRECTION, key="Quiz|right|", field="settings", wrong="os_model: true", right="os_model: false"
)


def test_one_part_of_a_scores_settings_is_corrected_and_the_rest_stays() -> None:
    value = {"value": "61", "settings": "system: X; os_model: true; os_system: true"}
    mended = ScoreCorrections.of([SCORE, CORRECTION])
    found, sentences = mended.applied("models-dev", "xai/grok-9", "Quiz|right|", value)
    assert found == {"value": "61", "settings": "system: X; os_model: false; os_system: true"}
    assert sentences == (SCORE.sentence,)
    assert mended.applied("models-dev", "xai/grok-9", "Other|right|", value) == (value, ())


@pytest.mark.parametrize(
    "bad",
    [
        [replace(CORRECTION, field="name")],
        [replace(CORRECTION, field="value")],  # of which score?
        [replace(SCORE, field="date")],
        [replace(CORRECTION, source="review", field="date")],
        [replace(CORRECTION, source="review", field="weights_date", right="soon")],
        [CORRECTION, replace(CORRECTION, right="2026-03-01")],
    ],
)
def test_a_correction_that_could_not_be_applied_is_refused(bad: list[Correction]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - each of the two kinds has its own words
        check(bad)
