"""Where there is no figure, the reason stands in its place, everywhere the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from models_catalog.analysis.reasons import EPOCH_IS_ONE
from models_catalog.findings.gap import refusal, standing_gap
from models_catalog.findings.summary import summary
from models_catalog.ingest.identity import refresh_identity
from models_catalog.measure.standing import compute_standing
from models_catalog.models import Refusal
from models_catalog.vocabulary import Inputs
from tests.ingest.invented import on
from tests.measure.invented import measure, measure_elsewhere, publish
from tests.web.reading import heading, page, text_of

pytestmark = pytest.mark.django_db
REASON = "no score of a known model on a reviewed benchmark is stored yet"


@pytest.fixture(autouse=True)
def few_draws(settings: Settings) -> None:
    settings.OPENGAP_BOOTSTRAP_DRAWS = 20


@pytest.fixture
def refused(tmp_path: Path) -> None:
    """Scores of one publisher, and none of anybody else's."""
    publish(tmp_path, on(5))
    measure(tmp_path, on(6))
    refresh_identity()
    compute_standing()


def test_a_refusal_is_kept_with_its_reason(refused: None) -> None:
    assert refusal(Inputs.OWN) == REASON
    assert standing_gap(Inputs.OWN) is None
    assert refusal(Inputs.ALL) == ""
    assert standing_gap(Inputs.ALL) is not None


def test_page_api_and_summary_give_the_same_reason(client: Client, refused: None) -> None:
    found = page(client, "/gap/?inputs=own")
    assert heading(found) == "No gap can be stated from our own leaderboards only."
    assert f"Insufficient evidence: {REASON}." in text_of(found.main)
    assert REASON in client.get("/api/v1/gap?inputs=own").json()["detail"]
    assert f"own: no figure: {REASON}" in summary().gap_lines
    assert REASON in text_of(page(client, "/gap.csv?inputs=own", status=404).main)


def test_a_refusal_is_forgotten_when_there_is_an_answer(tmp_path: Path, refused: None) -> None:
    measure_elsewhere(tmp_path, on(7))
    refresh_identity()
    compute_standing()
    assert refusal(Inputs.OWN) == ""
    assert standing_gap(Inputs.OWN) is not None


def test_a_figure_that_could_not_be_renewed_is_shown_and_says_so(client: Client, refused: None) -> None:
    reason = "the anchor gpt-5 has no scores"
    Refusal.objects.create(inputs=Inputs.ALL, reason=reason, refused_at=on(9))
    found = page(client, "/gap/")
    assert text_of(found.select_one(".notice")).startswith(
        f"Not renewed by the newest computation: {reason}."
    )
    assert found.select("figure#frontier")


def test_before_anything_was_tried_nothing_is_refused(client: Client) -> None:
    assert refusal(Inputs.ALL) == ""
    assert heading(page(client, "/gap/")) == "No gap has been computed yet from all scores collected here."


def test_a_part_of_an_index_that_has_none_is_not_said_to_be_computed_yet(
    client: Client, refused: None
) -> None:
    found = page(client, "/gap/?inputs=epoch&domain=maths")
    assert heading(found) == "No gap can be stated for Maths from Epoch AI’s published index."
    said = text_of(found.select_one(".empty"))
    assert said == f"{EPOCH_IS_ONE}."
