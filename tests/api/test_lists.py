"""Lists of the API: real rows, honest filters, and pages that neither repeat nor lose a row."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from models_catalog.ingest.projections import refresh_projections
from models_catalog.models import AIModel, CurrentObservation
from models_catalog.sources import SOURCES
from models_catalog.vocabulary import Access, Tier
from tests.ingest.invented import on
from tests.ingest.stated import release, state

pytestmark = pytest.mark.usefixtures("collected")

Get = Callable[..., Any]


def walk(get: Get, path: str, **query: str | int) -> Iterator[list[dict[str, Any]]]:
    """All pages of a list, following `next`."""
    cursor: dict[str, str] = {}
    while True:
        page = get(path, **query, **cursor)
        yield page["data"]
        if page["next"] is None:
            return
        cursor = {"cursor": page["next"]}


@pytest.mark.parametrize("path", ["/models", "/scores", "/prices", "/sources"])
def test_a_list_holds_rows_and_says_whose_they_are(path: str, get: Get) -> None:
    found = get(path)
    assert set(found) == {"data", "next", "meta"}
    assert found["data"]
    assert set(found["meta"]) == {"method_version", "as_of", "known_at", "sources", "citation"}
    assert found["meta"]["sources"]
    for credit in found["meta"]["sources"]:
        assert credit["attribution"] in found["meta"]["citation"]


def test_a_model_says_who_it_is_and_what_may_be_done_with_it(get: Get) -> None:
    [amber] = get("/models", q="amber 3")["data"]
    assert (amber["slug"], amber["organization"], amber["access"]) == ("amber-3", "Amber Lab", "closed")
    assert (amber["released"], amber["released_precision"]) == ("2024-12-05", "day")
    assert amber["level"] == pytest.approx(138.0, abs=0.1)
    assert amber["url"] == "http://testserver/models/amber-3/"
    assert amber["tier"] in set(Tier)


def test_the_credits_of_models_are_those_of_the_rows_shown(get: Get) -> None:
    def behind(words: str) -> list[str]:
        return [credit["slug"] for credit in get("/models", q=words)["meta"]["sources"]]

    assert behind("amber 3") == ["epoch"]
    assert behind("birch 6") == ["epoch", "models-dev"]
    assert behind("nobody at all") == []


def test_money_and_scores_are_decimal_strings_and_times_are_utc(get: Get) -> None:
    for row in get("/prices", limit=100)["data"]:
        for name in ("amount", "per_million_tokens"):
            assert row[name] is None or (isinstance(row[name], str) and Decimal(row[name]) >= 0), row
            assert "e" not in (row[name] or "").lower()
        assert datetime.fromisoformat(row["observed_at"]).utcoffset() is not None
    for row in get("/scores", limit=100)["data"]:
        assert isinstance(row["value"], str)
        assert Decimal(row["value"]).is_finite()
    [birch] = get("/models", q="birch 6")["data"]
    assert Decimal(birch["input_price_usd_per_million_tokens"]) == 1
    assert Decimal(birch["output_price_usd_per_million_tokens"]) == 4


def test_a_price_is_given_as_stated_and_per_million_tokens(get: Get) -> None:
    rows = get("/prices", model="birch-6", unit="input")["data"]
    assert [(row["provider"], row["amount"], row["per"], row["per_million_tokens"]) for row in rows] == [
        ("one", "1", "1M tokens", "1"),
        ("two", "0.000002", "token", "2.000000"),
    ]


@pytest.mark.parametrize("access", list(Access))
def test_models_can_be_filtered_by_access(access: Access, get: Get) -> None:
    found = get("/models", access=access.value, limit=100)["data"]
    assert {row["access"] for row in found} <= {access.value}
    assert len(found) == AIModel.objects.filter(access=access).count()


def test_facts_can_be_filtered_by_every_field(get: Get) -> None:
    scores = get("/scores", model="amber-3", source="epoch", benchmark="OSWorld")["data"]
    assert [(row["model"], row["source"], row["benchmark_slug"]) for row in scores] == [
        ("amber-3", "epoch", "osworld")
    ]
    offered = get("/prices", limit=100)["data"][0]
    query = {"source": offered["source"], "provider": offered["provider"], "unit": offered["unit"]}
    found = get("/prices", **query)["data"]
    assert found
    assert all({name: row[name] for name in query} == query for row in found)
    assert get("/scores", model="no-such-model")["data"] == []


def test_every_value_leads_to_its_stored_observation(get: Get, client: Client) -> None:
    for path in ("/scores", "/prices"):
        row = get(path)["data"][0]
        assert client.get(f"/evidence/{row['observation']}/").status_code == 200


@pytest.mark.parametrize("path", ["/models", "/scores", "/prices"])
def test_pages_hold_every_row_once(path: str, get: Get) -> None:
    key = "slug" if path == "/models" else "observation"
    query = (
        {"source": "openrouter"} if path == "/prices" else {"source": "aider"} if path == "/scores" else {}
    )
    whole = [row[key] for row in get(path, limit=100, **query)["data"]]
    pages = list(walk(get, path, limit=2, **query))
    assert len(pages) >= 2
    assert [row[key] for page in pages for row in page] == whole
    assert all(len(page) == 2 for page in pages[:-1])


def test_rows_inserted_on_the_way_neither_repeat_nor_push_out_others(get: Get, tmp_path: Path) -> None:
    before = {row["slug"] for row in get("/models", limit=100)["data"]}
    pages = walk(get, "/models", limit=4)
    seen = [row["slug"] for row in next(pages)]
    state(tmp_path, release("Aaa first"), release("Amber 9"), release("Zzz last"), observed_at=on(9))
    refresh_projections()
    seen += [row["slug"] for page in pages for row in page]
    assert len(seen) == len(set(seen))
    assert before <= set(seen)
    assert "zzz-last" in seen


def test_a_score_that_changes_on_the_way_is_not_lost(get: Get, tmp_path: Path) -> None:
    from tests.measure.invented import changed, measure

    pages = walk(get, "/scores", limit=5, source="epoch")
    seen = [(row["subject"], row["benchmark"]) for row in next(pages)]
    measure(tmp_path, on(9), changed("Amber 1", level=111.0))
    seen += [(row["subject"], row["benchmark"]) for page in pages for row in page]
    current = CurrentObservation.objects.filter(kind="score", subject__source="epoch")
    assert {subject for subject, _ in seen} == set(current.values_list("subject__name", flat=True))


def test_the_next_page_is_linked_with_its_filters(client: Client) -> None:
    response = client.get("/api/v1/models?access=closed&limit=2")
    link = response["Link"]
    assert link.endswith('>; rel="next"')
    following = client.get(link.removeprefix("<").partition(">")[0])
    assert following.status_code == 200
    assert {row["access"] for row in following.json()["data"]} == {"closed"}
    assert "Link" not in client.get("/api/v1/models?q=amber+3")


def test_one_model_carries_all_its_facts(get: Get) -> None:
    found = get("/models/amber-3")
    assert {row["benchmark_slug"] for row in found["scores"]} >= {"gpqa-diamond", "osworld"}
    assert {"Amber 3"} <= set(found["names"])
    assert found["level_low"] is not None
    assert [credit["slug"] for credit in found["meta"]["sources"]] == ["epoch"]
    assert json.dumps(found, allow_nan=False)


def test_every_listed_model_can_be_read(get: Get) -> None:
    for row in get("/models", limit=100)["data"]:
        assert get(f"/models/{row['slug']}")["slug"] == row["slug"]


def test_every_registered_source_is_listed_with_its_rights(get: Get) -> None:
    found = get("/sources", limit=100)["data"]
    assert [row["slug"] for row in found] == sorted(source.slug for source in SOURCES)
    epoch = next(row for row in found if row["slug"] == "epoch")
    assert (epoch["display"], epoch["export"], epoch["data_licence"]) == (True, True, "CC-BY-4.0")
    assert epoch["verified"] == ""
    assert epoch["observations"] > 0
