from datetime import date

from models_catalog.normalise.aliases import load_aliases
from models_catalog.normalise.catalogue import build
from models_catalog.normalise.corrections import (
    Correction,
    corrected,
    settled,
    shipped_corrections,
    shipped_weights,
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
    assert (model.released, model.released_kind) == (shipped_weights()["kimi-k3"], DateKind.WEIGHTS)
    assert any("2026-07-16" in conflict for conflict in model.conflicts)
