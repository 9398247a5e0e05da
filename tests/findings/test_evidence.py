"""Where a number comes from: one stored observation with its payload, terms and quote."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from models_catalog.findings import evidence as room
from models_catalog.findings import facts
from models_catalog.findings.evidence import evidence
from models_catalog.findings.model import model_detail
from models_catalog.findings.moment import NOW
from models_catalog.findings.stated import FactQuery, stated
from models_catalog.ingest.projections import refresh_projections
from models_catalog.models import Observation
from models_catalog.sources import SOURCES, by_slug
from models_catalog.sources.contract import Source
from models_catalog.vocabulary import Outcome
from tests.ingest.invented import on
from tests.measure.invented import publish

pytestmark = pytest.mark.django_db


def scored(name: str) -> Observation:
    return Observation.objects.get(kind="score", subject__external_id=name)


def test_a_value_is_shown_with_its_quote_times_hash_and_licence(tmp_path: Path) -> None:
    fetch = publish(tmp_path, on(5))
    row = scored("Amber 3")
    found = evidence(row.pk)
    assert found is not None
    assert (found.source, found.board, found.kind, found.subject) == (
        "epoch",
        "eci_scores",
        "score",
        "Amber 3",
    )
    assert found.quote == "138.0 | 136.0 | 141.0"
    assert found.value["value"] == "138"
    assert "quote" not in found.value
    assert (found.observed_at, found.recorded_at) == (on(5), row.recorded_at)
    assert (found.sha256, found.url, found.outcome) == (fetch.sha256, fetch.url, Outcome.ACCEPTED)
    assert (found.credit.retrieved, found.credit.data_licence) == (on(5), "CC-BY-4.0")
    assert found.displayed


def test_a_stated_day_is_when_a_release_counts_from(tmp_path: Path) -> None:
    publish(tmp_path, on(5))
    found = evidence(Observation.objects.get(kind="release", subject__external_id="Amber 3").pk)
    assert found is not None
    assert found.valid_from == date(2024, 12, 5)


def test_a_value_leads_to_its_model_once_that_is_known(tmp_path: Path) -> None:
    publish(tmp_path, on(5))
    pk = scored("Amber 3").pk
    before = evidence(pk)
    refresh_projections()
    after = evidence(pk)
    assert before is not None
    assert after is not None
    assert (before.model, after.model) == ("", "amber-3")


@pytest.mark.parametrize("number", [0, -1, 10**9, 2**63 - 1])
def test_a_number_nothing_has_is_none(number: int) -> None:
    assert evidence(number) is None


@pytest.fixture
def withheld(monkeypatch: pytest.MonkeyPatch) -> None:
    """Epoch's terms, as if they allowed no display."""
    rights = replace(by_slug("epoch").rights, display=False)
    private = replace(by_slug("epoch"), rights=rights)

    def by_slug_without_display(slug: str) -> Source:
        return private if slug == "epoch" else by_slug(slug)

    monkeypatch.setattr(room, "by_slug", by_slug_without_display)
    others = tuple(source for source in SOURCES if source.slug != "epoch")
    monkeypatch.setattr(facts, "SOURCES", (private, *others))


@pytest.mark.usefixtures("withheld")
def test_a_value_whose_owner_allows_no_display_says_so_and_is_listed_nowhere(tmp_path: Path) -> None:
    publish(tmp_path, on(5))
    refresh_projections()
    found = evidence(scored("Amber 3").pk)
    assert found is not None
    assert not found.displayed
    assert stated("scores", FactQuery(), NOW, limit=100) == []
    detail = model_detail("amber-3")
    assert detail is not None
    assert (detail.scores, detail.statements, detail.credits) == ((), (), ())
