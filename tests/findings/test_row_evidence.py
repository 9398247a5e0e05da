"""Which statements stand behind a list's release date, size and context window."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from models_catalog.findings.catalogue import ModelQuery, search_models
from models_catalog.findings.evidence import evidence
from models_catalog.findings.records import ModelRow
from models_catalog.ingest.corrections import append_correction
from models_catalog.ingest.projections import refresh_projections
from models_catalog.normalise.corrections import Correction
from models_catalog.sources.contract import ReleaseSeen
from tests.ingest.invented import on
from tests.ingest.stated import release, state

pytestmark = pytest.mark.django_db


def say(folder: Path, day: str) -> None:
    """Epoch AI says when it came out and how large it is; models.dev how much it reads, and a day of its own."""
    state(folder, release("GPT-9", organization="OpenAI", date=day, parameters=7_000_000_000))
    listed = ReleaseSeen(model="openai/gpt-9", name="GPT-9", date="2025-01-09", context_tokens=128_000)
    state(folder, listed, source="models-dev", board="models", observed_at=on(2))


def only_row() -> ModelRow:
    refresh_projections()
    (row,) = search_models(ModelQuery()).rows
    return row


def test_each_number_leads_to_the_source_that_states_exactly_it(tmp_path: Path) -> None:
    say(tmp_path, "2025-01-02")
    row = only_row()
    behind = (row.released_observation, row.parameters_observation, row.context_observation)
    shown = [evidence(observation or 0) for observation in behind]
    assert [one and one.source for one in shown] == ["epoch", "epoch", "models-dev"]
    assert shown[0] is not None
    assert shown[0].value["date"] == "2025-01-02"


def test_a_corrected_day_is_stated_by_nobody(tmp_path: Path) -> None:
    say(tmp_path, "2025-01-02")
    append_correction(
        Correction("epoch", "GPT-9", "date", "2025-01-02", "2025-03-04", "A slip.", "page", date(2026, 2, 1))
    )
    row = only_row()
    assert row.released == date(2025, 3, 4)
    assert row.released_observation is None
    assert row.parameters_observation is not None


def test_a_day_that_makes_a_stated_month_exact_is_the_evidence(tmp_path: Path) -> None:
    say(tmp_path, "2025-01")
    row = only_row()
    shown = evidence(row.released_observation or 0)
    assert row.released == date(2025, 1, 9)
    assert shown is not None
    assert shown.source == "models-dev"
