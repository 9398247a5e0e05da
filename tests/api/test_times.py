"""The same question gives the same bytes for ever: before and after corrections, changes and late backfills."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from models_catalog.findings.moment import settled_until
from models_catalog.ingest.projections import refresh_projections
from models_catalog.measure.standing import compute_standing
from models_catalog.models import Observation
from models_catalog.sources.contract import DownloadsSeen, LicenceSeen, LifecycleSeen, RuntimeSeen
from tests.ingest.invented import on
from tests.ingest.stated import offer, release, state
from tests.measure.invented import changed, measure, publish

pytestmark = pytest.mark.usefixtures("collected")

Get = Callable[..., Any]
PATHS = (
    "/models", "/models?sort=-level&limit=3", "/models/birch-6", "/releases", "/organizations", "/families",
    "/licences", "/benchmarks", "/scores?source=epoch", "/prices", "/deployments", "/lifecycle-events",
    "/downloads", "/changes", "/sources", "/gap", "/gap?as_of=2025-06-01", "/frontier", "/models?as_of=2024-12-31",
    "/scores?as_of=2024-12-31&limit=3", "/prices?as_of=2026-01-06", "/aliases/resolve?name=birch-6",
)  # fmt: skip


def asked(client: Client, path: str, known_at: datetime) -> bytes:
    joint = "&" if "?" in path else "?"
    text = known_at.isoformat().replace("+00:00", "Z")
    response = client.get(f"/api/v1{path}{joint}known_at={text}")
    assert response.status_code == 200, response.content
    assert "max-age=86400" in response["Cache-Control"]
    return bytes(response.content)


@pytest.fixture
def settled(tmp_path: Path) -> datetime:
    """An instant up to which everything is known, with facts of every kind."""
    state(
        tmp_path,
        release("Birch 6", organization="Birch Lab", date="2025-12-01"),
        LicenceSeen(model="Birch 6", name="Birch 6", licence="mit"),
        LifecycleSeen(model="Birch 6", name="Birch 6", provider="one", event="retires", date="2026-12-01"),
        RuntimeSeen(model="Birch 6", name="Birch 6", runtime="vllm"),
        DownloadsSeen(model="Birch 6", name="Birch 6", window="30d", count=7, day="2026-01-03"),
        observed_at=on(7),
    )
    refresh_projections()
    compute_standing()
    stamp = settled_until()
    assert stamp is not None
    return stamp


def reprice(folder: Path, amount: str, observed_at: datetime) -> None:
    """The shared rows' two hosts, one of them at another price."""
    prices = [*offer("one", amount, amount, name="Birch 6"), *offer("two", "2", "8", name="Birch 6")]
    fetch = state(folder, *prices, source="models-dev", board="api", observed_at=observed_at)
    assert fetch.outcome == "accepted", fetch.reason


def everything_happens(folder: Path) -> None:
    """A change, a withdrawal, a correction, a late backfill, new names and a new computation."""
    reprice(folder, "9", on(9))
    reprice(folder, "3", on(2))
    state(
        folder,
        release("Birch 6", organization="Birch Lab", date="2025-12-02", access_claim="API access"),
        release("Birch 7", organization="Birch Lab", date="2025-12-03"),
        LicenceSeen(model="Birch 6", name="Birch 6", licence="apache-2.0"),
        DownloadsSeen(model="Birch 6", name="Birch 6", window="30d", count=8, day="2026-01-03"),
        observed_at=on(10),
    )
    measure(folder, on(11), changed("Amber 1", level=111.0))
    publish(folder, on(12), changed("Birch 6", level=151.0))
    refresh_projections()
    compute_standing()


def test_answers_pinned_by_known_at_never_change(settled: datetime, client: Client, tmp_path: Path) -> None:
    before = {path: asked(client, path, settled) for path in PATHS}
    now = {path: client.get(f"/api/v1{path}").content for path in PATHS}
    everything_happens(tmp_path)
    cache.clear()
    for path in PATHS:
        assert asked(client, path, settled) == before[path], path
    differing = {path for path in PATHS if client.get(f"/api/v1{path}").content != now[path]}
    still = {
        path
        for path in PATHS
        if path.startswith(("/benchmarks", "/families", "/licences", "/models?as_of", "/scores?as_of"))
    }
    assert differing >= set(PATHS) - still - {"/aliases/resolve?name=birch-6", "/prices?as_of=2026-01-06"}


def test_what_is_known_now_and_what_was_known_at_the_newest_commit_are_the_same(
    settled: datetime, client: Client
) -> None:
    for path in PATHS:
        if path == "/sources":  # now is told with what depends on the clock
            continue
        pinned = client.get(
            f"/api/v1{path}{'&' if '?' in path else '?'}known_at={settled:%Y-%m-%dT%H:%M:%S.%fZ}"
        )
        now, then = client.get(f"/api/v1{path}").json(), pinned.json()
        for answer in (now, then):
            answer.pop("meta")
            answer.pop("next", None)
        assert now == then, path


def test_before_anything_was_known_there_is_nothing(client: Client, get: Get) -> None:
    long_ago = "2020-01-01"
    for path in ("/models", "/scores", "/prices", "/organizations", "/changes", "/downloads", "/releases"):
        assert get(path, known_at=long_ago)["data"] == []
    assert get("/gap", 404, known_at=long_ago)["parameter"] == "inputs"
    assert get("/models/birch-6", 404, known_at=long_ago)["parameter"] == "slug"
    observation = Observation.objects.earliest("pk").pk
    assert get(f"/observations/{observation}", 404, known_at=long_ago)["parameter"] == "observation"


def test_as_of_selects_models_by_release_and_prices_by_validity(get: Get, tmp_path: Path) -> None:
    names = {row["name"] for row in get("/models", as_of="2024-12-05", limit=100)["data"]}
    assert "Amber 3" in names
    assert "Birch 3" not in names
    assert {row["model"] for row in get("/scores", as_of="2023-03-14", limit=100)["data"]} == {"amber-1"}
    reprice(tmp_path, "9", on(20))
    [old] = get("/prices", model="birch-6", provider="one", unit="input", as_of="2026-01-10")["data"]
    [new] = get("/prices", model="birch-6", provider="one", unit="input")["data"]
    assert (old["amount"], new["amount"]) == ("1", "9")
    assert get("/prices", as_of="2026-01-01", model="birch-6")["data"] == []


def test_a_day_means_its_last_moment_and_is_echoed_in_utc(get: Get) -> None:
    found = get("/models", known_at="2026-03-01")
    assert found["meta"]["known_at"] == "2026-03-01T23:59:59.999999Z"
    offset = get("/models", known_at="2026-03-01T12:00:00+02:00")
    assert offset["meta"]["known_at"] == "2026-03-01T10:00:00Z"


def test_an_instant_that_is_not_over_is_answered_and_not_kept(client: Client, settled: datetime) -> None:
    response = client.get("/api/v1/models?known_at=9999-01-01")
    assert response.status_code == 200
    assert "max-age=60" in response["Cache-Control"]
    assert settled <= datetime.now(UTC)
