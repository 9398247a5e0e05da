"""A model's openness fact by fact, now and as it was known before a correction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from models_catalog.findings.corrections import corrections
from models_catalog.findings.moment import settled_until
from models_catalog.findings.openness import model_openness
from models_catalog.findings.records import OpennessDetail
from models_catalog.ingest.corrections import append_correction
from models_catalog.ingest.projections import refresh_projections
from models_catalog.models import Observation
from models_catalog.normalise.corrections import Correction
from models_catalog.sources.contract import LicenceSeen, OpennessSeen, ReleaseSeen
from models_catalog.vocabulary import Access, FactKind, Tier
from tests.ingest.invented import on
from tests.ingest.stated import release, state
from tests.web.reading import page, text_of

pytestmark = pytest.mark.django_db
WRONG = Correction(
    *("epoch", "GLM-9", "access_claim", "Open weights (unrestricted)", "API access"),
    *("Never published.", "Z.ai's page", date(2026, 2, 1)),
)


def glm(folder: Path, **fields: object) -> None:
    stated = {"organization": "Z.ai (Zhipu AI)", "date": "2026-01-02"}
    state(folder, release("GLM-9", **(stated | fields)))


def known(slug: str = "glm-9", **limits: Any) -> OpennessDetail:
    found = model_openness(slug, **limits)
    assert found is not None
    return found


def facts(found: OpennessDetail) -> dict[str, str]:
    return {line.label: line.value for line in found.lines}


def test_a_correction_is_seen_through_known_at_on_both_sides(tmp_path: Path) -> None:
    glm(tmp_path)
    refresh_projections()
    before = settled_until()
    append_correction(WRONG)
    refresh_projections()
    assert (known().access, known().tier) == (Access.CLOSED, Tier.CLOSED)
    old = known(known_at=before)
    assert (old.access, old.tier) == (Access.OPEN, Tier.PERMISSIVE)
    assert WRONG.sentence in known().conflicts
    assert WRONG.sentence not in old.conflicts


def test_what_was_not_known_yet_has_no_answer(tmp_path: Path) -> None:
    glm(tmp_path)
    refresh_projections()
    first = settled_until()
    assert first is not None
    assert model_openness("glm-9", first - timedelta(days=1)) is None
    assert model_openness("no-such-model") is None


def test_every_fact_says_who_states_it_or_why_it_is_missing(tmp_path: Path) -> None:
    glm(tmp_path)
    refresh_projections()
    found = known()
    assert facts(found) == {
        "Weights downloadable": "yes",
        "Gated": "",
        "Licence": "",
        "OSI-approved": "",
        "Commercial use": "yes",
        "Cap on users": "",
        "Cap on revenue": "",
        "Forbidden uses in the licence": "",
        "Training data": "",
        "Training code": "",
    }
    assert all(line.missing for line in found.lines if not line.value)
    words = Observation.objects.get(kind=FactKind.RELEASE).pk
    assert {line.observation for line in found.lines if line.value} == {words}


def test_the_european_indexs_grades_stand_beside_the_tier(tmp_path: Path, client: Client) -> None:
    glm(tmp_path)
    place = {"access_claim": "weights_endmodel: open", "hub_repository": "zai-org/GLM-9"}
    graded = [
        OpennessSeen(model="GLM-9", name="GLM-9", criterion=criterion, grade=grade)
        for criterion, grade in (("trainingcode", "closed"), ("datasources_endmodel", "partial"))
    ]
    state(
        tmp_path,
        ReleaseSeen(model="GLM-9", name="GLM-9", organization="Zhipu AI", **place),  # type: ignore[arg-type]  # two texts
        LicenceSeen(model="GLM-9", name="GLM-9", licence="MIT License"),
        *graded,
        source="osai",
        board="archive",
        observed_at=on(2),
    )
    refresh_projections()
    found = known()
    assert found.tier is Tier.OSI
    assert [(item.criterion, item.grade) for item in found.index] == [
        ("datasources_endmodel", "partial"),
        ("trainingcode", "closed"),
    ]
    assert (facts(found)["Training data"], facts(found)["Training code"]) == ("partial", "closed")
    read_from = {line.label: line.observation for line in found.lines}
    assert (read_from["Training data"], read_from["Training code"]) == tuple(
        item.observation for item in found.index
    )
    assert read_from["Licence"] == Observation.objects.get(kind=FactKind.LICENCE).pk
    shown = text_of(page(client, "/models/glm-9/").main)
    assert "How open it is, fact by fact" in shown
    assert "trainingcode closed GLM-9" in shown


def test_the_api_answers_as_it_was_known(tmp_path: Path, client: Client) -> None:
    glm(tmp_path)
    refresh_projections()
    before = settled_until()
    assert before is not None
    append_correction(WRONG)
    refresh_projections()
    ask: Callable[..., Any] = client.get
    now, then = (
        ask("/api/v1/models/glm-9/openness", query).json() for query in ({}, {"known_at": before.isoformat()})
    )
    assert (now["tier"], then["tier"]) == ("closed", "open-weights-permissive")
    assert ask("/api/v1/models/nobody/openness").status_code == 404


def test_two_accepted_days_of_one_kind_are_refused() -> None:
    day = Correction(
        "epoch", "GLM-9", "date", "2025-01-02", "2026-01-02", "A slip.", "page", date(2026, 2, 1)
    )
    append_correction(day)
    other = Correction("epoch", "GLM-9", "date", "2025", "2026-01-09", "A slip.", "page", date(2026, 2, 1))
    with pytest.raises(ValueError, match="two accepted days"):
        append_correction(other)


def test_one_checkpoint_with_two_accepted_days_from_two_sources_is_refused(tmp_path: Path) -> None:
    glm(tmp_path)
    listed = ReleaseSeen(model="z-ai/glm-9", name="GLM-9", organization="zhipu", date="2026-01-05")
    state(tmp_path, listed, source="models-dev", board="models")
    read = ("A slip.", "Z.ai's page", date(2026, 2, 1))
    append_correction(Correction("epoch", "GLM-9", "date", "2026-01-02", "2026-01-03", *read))
    before = corrections()
    with pytest.raises(ValueError, match=r"two accepted announced days: 2026-01-03 .* and 2026-01-09 "):
        append_correction(Correction("models-dev", "z-ai/glm-9", "date", "2026-01-05", "2026-01-09", *read))
    assert corrections() == before
    append_correction(Correction("models-dev", "z-ai/glm-9", "date", "2026-01-05", "2026-01-03", *read))
