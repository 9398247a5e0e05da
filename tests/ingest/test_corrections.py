"""Corrections are append-only rows: seeded, replaced by later ones, known from their commit on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from models_catalog.findings.corrections import corrections
from models_catalog.findings.records import CorrectionState
from models_catalog.ingest.corrections import append_correction, seed_corrections
from models_catalog.ingest.projections import refresh_projections
from models_catalog.models import AIModel, Correction
from models_catalog.models.knowledge import Knowledge
from models_catalog.models.knowledge import corrections as known_corrections
from models_catalog.normalise.corrections import Correction as Reviewed
from models_catalog.normalise.corrections import shipped_corrections
from models_catalog.vocabulary import Access
from tests.ingest.invented import on
from tests.ingest.stated import release, state

pytestmark = pytest.mark.django_db
WRONG = Reviewed(
    "epoch",
    "Amber 1",
    "access_claim",
    "Open weights (unrestricted)",
    "API access",
    "The page was misread.",
    "Amber Lab's page",
    date(2026, 2, 1),
)


def access() -> Access:
    refresh_projections()
    return Access(AIModel.objects.get(slug="amber-1").access)


def stamp_of(entry: Reviewed) -> datetime:
    return append_correction(entry).recorded_at


def state_of(entry: Reviewed) -> CorrectionState:
    [line] = [line for line in corrections() if (line.subject, line.right) == (entry.model, entry.right)]
    return line.state


def test_a_correction_changes_what_is_derived_and_never_what_is_stored(tmp_path: Path) -> None:
    fetch = state(tmp_path, release("Amber 1"))
    assert access() is Access.OPEN
    append_correction(WRONG)
    assert access() is Access.CLOSED
    assert fetch.observations.get().value["access_claim"] == "Open weights (unrestricted)"
    assert any(WRONG.sentence in sentence for sentence in AIModel.objects.get(slug="amber-1").conflicts)


def test_before_it_was_recorded_a_correction_is_not_known(tmp_path: Path) -> None:
    state(tmp_path, release("Amber 1"))
    refresh_projections()
    stamp = stamp_of(WRONG)
    assert WRONG in known_corrections(Knowledge(known_at=stamp))
    assert WRONG not in known_corrections(Knowledge(known_at=stamp.replace(year=stamp.year - 1)))


def test_a_later_word_on_the_same_mistake_counts_and_both_are_listed() -> None:
    append_correction(WRONG)
    later = replace(WRONG, right="Hosted access (no API)")
    append_correction(later)
    assert later in known_corrections(Knowledge())
    assert WRONG not in known_corrections(Knowledge())
    assert (state_of(WRONG), state_of(later)) == (CorrectionState.REPLACED, CorrectionState.NOT_STATED)


def test_what_the_source_mends_by_itself_is_reported(tmp_path: Path) -> None:
    state(tmp_path, release("Amber 1"))
    append_correction(WRONG)
    assert state_of(WRONG) is CorrectionState.IN_FORCE
    state(tmp_path, release("Amber 1", access_claim="API access"), observed_at=on(2))
    assert state_of(WRONG) is CorrectionState.SETTLED
    [line] = [line for line in corrections() if line.subject == "Amber 1"]
    assert (line.states_now, line.states_since) == ("API access", on(2))


def test_one_board_that_still_errs_keeps_it_in_force(tmp_path: Path) -> None:
    state(tmp_path, release("Amber 1"))
    append_correction(WRONG)
    state(tmp_path, release("Amber 1", access_claim="API access"), board="eci_scores", observed_at=on(2))
    assert state_of(WRONG) is CorrectionState.IN_FORCE


def test_a_correction_can_be_taken_back(tmp_path: Path) -> None:
    state(tmp_path, release("Amber 1"))
    append_correction(WRONG)
    append_correction(replace(WRONG, right=WRONG.wrong))
    assert access() is Access.OPEN
    assert state_of(replace(WRONG, right=WRONG.wrong)) is CorrectionState.TAKEN_BACK


def test_the_reviewed_file_is_seeded_once() -> None:
    assert seed_corrections(on(3)) == len(shipped_corrections())
    assert seed_corrections(on(4)) == 0
    changed = replace(shipped_corrections()[0], reason="A better reason.")
    assert seed_corrections(on(5), [changed]) == 1
    assert seed_corrections(on(6), [replace(changed, reason="older", reviewed_on=date(2020, 1, 1))]) == 0
    assert set(known_corrections(Knowledge())) == {changed, *shipped_corrections()[1:]}


def test_without_reason_and_evidence_nothing_is_recorded() -> None:
    for bad in (replace(WRONG, reason=" "), replace(WRONG, cite=""), replace(WRONG, field="name")):
        with pytest.raises(ValueError):  # noqa: PT011 - each has its own words
            append_correction(bad)
    assert not Correction.objects.exists()


def test_the_command_adds_a_correction_and_everything_derived_follows(tmp_path: Path) -> None:
    state(tmp_path, release("Amber 1"))
    said = ["--source=epoch", "--model=Amber 1", "--field=access_claim", f"--from={WRONG.wrong}"]
    with pytest.raises(CommandError, match="right, reason, cite"):
        call_command("corrections", "add", *said)
    call_command("corrections", "add", *said, "--to=API access", "--reason=Misread.", "--cite=Their page")
    assert AIModel.objects.get(slug="amber-1").access == Access.CLOSED
