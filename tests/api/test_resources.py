"""The lists beside models, scores and prices: what each row says, and that it leads on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from models_catalog.ingest.projections import refresh_projections
from models_catalog.models import AIModel, Change, Observation
from models_catalog.sources.contract import DownloadsSeen, LicenceSeen, LifecycleSeen, RuntimeSeen
from tests.ingest.invented import on
from tests.ingest.stated import offer, release, state

pytestmark = pytest.mark.usefixtures("collected")

Get = Callable[..., Any]


@pytest.fixture
def more(tmp_path: Path) -> None:
    """Facts of the kinds the shared rows lack."""
    state(
        tmp_path,
        release("Birch 6", organization="Birch Lab", date="2025-12-01"),
        LicenceSeen(model="Birch 6", name="Birch 6", licence="apache-2.0"),
        LifecycleSeen(model="Birch 6", name="Birch 6", provider="one", event="retires", date="2026-12-01"),
        RuntimeSeen(model="Birch 6", name="Birch 6", runtime="vllm"),
        *(
            DownloadsSeen(model="Birch 6", name="Birch 6", window="30d", count=day, day=f"2026-01-0{day}")
            for day in range(1, 6)
        ),
        observed_at=on(7),
    )
    refresh_projections()
    AIModel.objects.filter(slug="birch-6").update(licence="Apache-2.0")
    cache.clear()


def test_every_row_has_an_id_links_and_sources_that_are_credited(
    get: Get, client: Client, more: None
) -> None:
    for path in (
        "/models", "/releases", "/organizations", "/licences", "/benchmarks", "/scores", "/prices", "/deployments",
        "/lifecycle-events", "/downloads", "/sources", "/frontier",
    ):  # fmt: skip
        found = get(path, limit=100)
        assert found["data"], path
        assert len({row["id"] for row in found["data"]}) == len(found["data"]), path
        credited = {credit["slug"] for credit in found["meta"]["sources"]}
        for row in found["data"]:
            assert set(row["sources"]) <= credited, path
            assert row["sources"] or path == "/benchmarks", path
        for address in found["data"][0]["links"].values():
            if address.startswith("http://testserver/"):
                assert client.get(address).status_code == 200, address


def test_only_the_fields_asked_for_are_given(get: Get) -> None:
    for row in get("/models", fields="name, level")["data"]:
        assert set(row) == {"id", "links", "name", "level"}
    assert get("/models", fields="name")["meta"] == get("/models")["meta"]


@pytest.mark.parametrize(
    ("sort", "key"),
    [
        ("-level", lambda row: (row["level"] is None, -(row["level"] or 0), row["slug"])),
        ("name", lambda row: (row["name"], row["slug"])),
        ("released", lambda row: (row["released"] is None, row["released"] or "", row["slug"])),
    ],
)
def test_models_come_in_the_order_asked_for_on_every_page(sort: str, key: Any, get: Get) -> None:
    rows, cursor = list[dict[str, Any]](), dict[str, str]()
    while True:
        page = get("/models", sort=sort, limit=3, **cursor)
        rows += page["data"]
        if not page["next"]:
            break
        cursor = {"cursor": page["next"]}
    assert [row["slug"] for row in rows] == [row["slug"] for row in sorted(rows, key=key)]
    assert {row["slug"] for row in rows} == {row["slug"] for row in get("/models", limit=100)["data"]}


def test_organisations_count_their_models_by_access(get: Get) -> None:
    amber = next(row for row in get("/organizations")["data"] if row["slug"] == "amber-lab")
    models = get("/models", organization="amber-lab", limit=100)["data"]
    assert (amber["models"], amber["closed_models"], amber["open_models"]) == (len(models), len(models), 0)
    assert amber["name"] == "Amber Lab"


def test_a_licence_is_told_in_separate_facts(get: Get, more: None) -> None:
    apache = next(row for row in get("/licences")["data"] if "apache" in row["slug"].lower())
    assert (apache["osi_approved"], apache["commercial_use"], apache["users_cap"]) == (True, True, None)
    assert apache["cite"].startswith("https://")


def test_deployments_are_engines_and_hosts(get: Get, more: None) -> None:
    rows = get("/deployments", model="birch-6")["data"]
    assert {(row["kind"], row["name"], row["input_price"]) for row in rows} == {
        ("host", "one", "1"),
        ("host", "two", "0.000002"),
        ("runtime", "vllm", None),
    }


def test_lifecycle_events_keep_their_day_and_words(get: Get, more: None) -> None:
    [row] = get("/lifecycle-events", model="birch-6")["data"]
    assert (row["provider"], row["event"], row["date"]) == ("one", "retires", "2026-12-01")
    assert get("/lifecycle-events", model="birch-6", as_of="2026-11-30")["data"] == []


def test_downloads_are_paged_by_name_and_day_and_filtered_by_both(get: Get, more: None) -> None:
    whole = get("/downloads", model="birch-6")["data"]
    assert [(row["day"], row["count"]) for row in whole] == [(f"2026-01-0{day}", day) for day in range(1, 6)]
    first = get("/downloads", limit=2)
    second = get("/downloads", limit=3, cursor=first["next"])
    assert [*first["data"], *second["data"]] == whole
    inside = get("/downloads", since="2026-01-02", until="2026-01-03")["data"]
    assert [row["count"] for row in inside] == [2, 3]
    assert get("/downloads", window="1d tokens")["data"] == []


def test_changes_are_a_feed_one_can_read_on(get: Get, tmp_path: Path) -> None:
    start = get("/changes")["data"]
    prices = [*offer("one", "2", "8", name="Birch 6"), *offer("two", "2", "8", name="Birch 6")]
    state(tmp_path, *prices, source="models-dev", board="api", observed_at=on(9))
    stamp = Change.objects.latest("pk").recorded_at
    found = get("/changes", since=stamp.isoformat().replace("+00:00", "Z"), kind="price changed")
    assert len(found["data"]) == 4
    sides = {tuple(row[side]["value"]["amount"] for side in ("before", "after")) for row in found["data"]}
    assert sides == {("1", "2"), ("4", "8"), ("0.000002", "2"), ("0.000008", "8")}
    assert {row["model"] for row in found["data"]} == {"birch-6"}
    page = get("/changes", limit=len(start) + 1)
    rest = get("/changes", cursor=page["next"])["data"]
    assert [row["id"] for row in [*page["data"], *rest]] == list(
        Change.objects.order_by("pk").values_list("pk", flat=True)
    )


def test_an_observation_is_told_with_quote_hash_run_and_reading(get: Get) -> None:
    row = get("/scores", source="aider", limit=1)["data"][0]
    found = get(f"/observations/{row['observation']}")
    stored = Observation.objects.select_related("fetch").get(pk=row["observation"])
    assert found["quote"] == stored.value["quote"] != ""
    assert found["value"]["value"] == row["value"]
    assert found["payload_sha256"] == stored.fetch.sha256
    assert (found["run"], found["run_trigger"]) == (stored.fetch.run_id, "recorded")
    assert found["method"] == "read from aider/polyglot by parser version 1"
    for key in ("0", "-1", "9" * 30, "x"):
        assert get(f"/observations/{key}", 422)["parameter"] == "observation"
    assert get(f"/observations/{2**63 - 1}", 404)["parameter"] == "observation"


@pytest.mark.parametrize(
    ("name", "model", "rung", "confidence"),
    [
        ("Birch 6", "birch-6", "exact", "stated"),
        ("birch-6", "birch-6", "exact", "stated"),
        ("BIRCH_6", "birch-6", "normalised", "high"),
        ("Nobody 9", None, "unresolved", "none"),
    ],
)
def test_a_name_is_resolved_with_rung_and_confidence(
    name: str, model: str | None, rung: str, confidence: str, get: Get
) -> None:
    found = get("/aliases/resolve", name=name)
    assert (found["model"], found["rung"], found["confidence"]) == (model, rung, confidence)
    assert get("/aliases/resolve", name=name, at="2020-01-01")["model"] is None
    assert get("/aliases/resolve", name=name, as_of="2025-11-30")["model"] is None


def test_a_moving_name_means_what_it_meant_on_that_day(get: Get, tmp_path: Path) -> None:
    state(
        tmp_path,
        release("DeepSeek-V2.5", organization="DeepSeek", date="2024-09-05"),
        release("DeepSeek-V3", organization="DeepSeek", date="2024-12-26"),
        observed_at=on(7),
    )
    refresh_projections()
    asked = [get("/aliases/resolve", name="deepseek-chat", as_of=day) for day in ("2024-10-01", "2025-01-15")]
    assert [(one["model"], one["rung"]) for one in asked] == [
        ("deepseek-v2-5", "alias"),
        ("deepseek-v3", "alias"),
    ]
    without = get("/aliases/resolve", name="deepseek-chat")
    assert (without["model"], without["rung"]) == (None, "unresolved")
    turns = {turn["since"]: turn["model"] for turn in without["moved"]}
    assert (turns["2024-09-05"], turns["2024-12-26"], turns["2026-04-24"]) == (
        "deepseek-v2-5",
        "deepseek-v3",
        None,
    )
    fixed = get("/aliases/resolve", name="deepseek/deepseek-chat", source="openrouter", as_of="2025-09-01")
    assert (fixed["model"], fixed["moved"]) == ("deepseek-v3", [])
