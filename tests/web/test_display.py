"""What an owner does not let us show stands on no page and in no answer of the API; its rights stay visible."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client

from models_catalog.findings import evidence, facts
from models_catalog.sources import SOURCES, by_slug
from models_catalog.sources.contract import Source
from models_catalog.vocabulary import FactKind
from tests.web.stored import World, observe

pytestmark = pytest.mark.django_db
SECRET = "73.1737"  # a value nothing else has
PAGES = ("/", "/gap/", "/landscape/", "/models/", "/models/amber-3/", "/status/")
ANSWERS = (
    "/api/v1/scores?limit=100",
    "/api/v1/models",
    "/api/v1/models/amber-3",
    "/api/v1/scores?model=amber-3",
)


@pytest.fixture
def withheld(monkeypatch: pytest.MonkeyPatch, stored: World) -> int:
    """A score of models.dev's, whose terms are as if they allowed no display. Returns its observation's number."""
    owner = by_slug("models-dev")
    private = replace(owner, rights=replace(owner.rights, display=False))
    sources = tuple(private if source.slug == owner.slug else source for source in SOURCES)

    def found(slug: str) -> Source:
        return next(source for source in sources if source.slug == slug)

    score = {"benchmark": "Riddle", "metric": "accuracy", "value": SECRET, "unit": "percent", "quote": SECRET}
    row = observe(stored, "models-dev", next(iter(stored.models.values())), FactKind.SCORE, score)
    monkeypatch.setattr(facts, "SOURCES", sources)
    monkeypatch.setattr(evidence, "by_slug", found)
    return row.pk


def test_a_value_that_may_not_be_shown_is_on_no_page_and_in_no_answer(
    client: Client, stored: World, withheld: int
) -> None:
    models = [f"/models/{model.slug}/" for model in stored.models.values()]
    for address in (*PAGES, *models, *ANSWERS, f"/evidence/{withheld}/"):
        response = client.get(address)
        assert response.status_code in (200, 404), address
        assert SECRET not in response.content.decode(), address


def test_the_same_value_is_shown_where_its_owner_allows_it(client: Client, stored: World) -> None:
    model = next(iter(stored.models.values()))
    score = {"benchmark": "Riddle", "metric": "accuracy", "value": SECRET, "unit": "percent"}
    observe(stored, "models-dev", model, FactKind.SCORE, score)
    assert SECRET in client.get("/api/v1/scores?limit=100").content.decode()
