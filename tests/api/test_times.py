"""The same question gives the same bytes for ever: before and after corrections, changes and late backfills."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from models_catalog.exports.writing import export
from models_catalog.findings.moment import NOW, settled_until
from models_catalog.ingest.corrections import append_correction
from models_catalog.ingest.projections import refresh_projections
from models_catalog.measure.standing import compute_standing
from models_catalog.models import Observation
from models_catalog.normalise.corrections import Correction
from models_catalog.sources.contract import DownloadsSeen, LicenceSeen, LifecycleSeen, RuntimeSeen
from tests.api.computing import compute_everything
from tests.digests.editions import stored_edition
from tests.ingest.invented import on
from tests.ingest.stated import offer, release, state
from tests.measure.invented import changed, measure, publish

pytestmark = pytest.mark.usefixtures("collected")

Get = Callable[..., Any]
WRONG = Correction(
    "epoch", "Birch 5", "access_claim", "Open weights (unrestricted)", "API access", "Never published.",
    "Birch Lab's page", date(2026, 2, 1),
)  # fmt: skip
PATHS = (
    "/models", "/models?sort=-level&limit=3", "/models/birch-6", "/releases", "/organizations", "/families",
    "/licences", "/benchmarks", "/scores?source=epoch", "/prices", "/deployments", "/statements", "/lifecycle-events",
    "/downloads", "/changes", "/sources", "/gap", "/gap?as_of=2025-06-01", "/frontier", "/models?as_of=2024-12-31",
    "/scores?as_of=2024-12-31&limit=3", "/prices?as_of=2026-01-06", "/aliases/resolve?name=birch-6",
    "/benchmarks?as_of=2024-12-31", "/models/birch-6/openness", "/observations/OBSERVATION", "/corrections",
    "/claims", "/claims?as_of=2026-02-28", "/digests", "/digests/2026-W01", "/exports", "/platforms", "/terms/facts",
    "/terms/quarters", "/trend", "/price-study", "/price-study/models", "/price-study/paths", "/price-study/tasks",
    "/share-study/releases", "/share-study/frontier", "/share-study/families", "/share-study/coverage", "/gap/parts",
    "/gap/parts?part=sensitivity", "/gap/series?inputs=epoch", "/gap/steps", "/gap/arena", "/gap/published",
)  # fmt: skip
STAY = (
    "/benchmarks", "/families", "/licences", "/models?as_of", "/scores?as_of", "/prices?as_of", "/aliases",
    "/claims?as", "/observations", "/digests/2026-W01", "/terms/", "/price-study/tasks", "/share-study/f",
    "/share-study/cov", "/gap/ar", "/gap/pub", "/gap/parts", "/gap?as", "/platforms",
)  # fmt: skip

# told with the clock, or with the reason why the newest computation gave no figure, which is not kept
OF_NOW = {"/sources", "/claims", "/claims?as_of=2026-02-28", "/gap/parts"}


def asked(client: Client, path: str, known_at: datetime) -> bytes:
    response = client.get(pinned(path, known_at))
    assert response.status_code == 200, response.content
    assert "max-age=86400" in response["Cache-Control"]
    return bytes(response.content)


def pinned(path: str, known_at: datetime) -> str:
    joint = "&" if "?" in path else "?"
    return f"{address(path)}{joint}known_at={known_at:%Y-%m-%dT%H:%M:%S.%fZ}"


def stated(body: bytes) -> dict[str, Any]:
    """Without what an answer says of the question, and of cursors."""
    return {key: value for key, value in json.loads(body).items() if key not in ("meta", "next", "known_at")}


def address(path: str) -> str:
    """With the id of a stored observation where one is asked for."""
    return f"/api/v1{path}".replace("OBSERVATION", str(Observation.objects.earliest("pk").pk))


@pytest.fixture
def settled(tmp_path: Path, settings: LazySettings) -> datetime:
    """An instant up to which everything is known, with facts of every kind, an export and an edition."""
    settings.OPENGAP_DATA = tmp_path / "data"
    settings.OPENGAP_BOOTSTRAP_DRAWS = 20
    export(NOW)
    stored_edition("2026-W01")
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
    append_correction(WRONG)
    compute_everything()
    export(NOW)
    stored_edition("2026-W02", composed_at=timezone.now())


@pytest.mark.timeout(300)  # it asks for everything three times, and computes everything anew
def test_answers_pinned_by_known_at_never_change(settled: datetime, client: Client, tmp_path: Path) -> None:
    before = {path: asked(client, path, settled) for path in PATHS}
    assert set(described(client)) <= {path.partition("?")[0] for path in PATHS}
    now = {path: client.get(address(path)).content for path in PATHS}
    for path in set(PATHS) - OF_NOW:
        assert stated(now[path]) == stated(client.get(pinned(path, timezone.now())).content), path
    everything_happens(tmp_path)
    cache.clear()
    for path in PATHS:
        assert asked(client, path, settled) == before[path], path
    moved = [path for path in PATHS if not path.startswith(STAY)]
    assert [path for path in moved if client.get(address(path)).content == now[path]] == []


def described(client: Client) -> Iterator[str]:
    """Every address of the API, as PATHS ask for it."""
    asked_for = {"{slug}": "birch-6", "{observation}": "OBSERVATION", "{week}": "2026-W01"}
    for path in client.get("/api/v1/openapi.json").json()["paths"]:
        filled = path.removeprefix("/api/v1")
        for name, value in asked_for.items():
            filled = filled.replace(name, value)
        yield filled


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


def test_an_instant_that_is_not_over_is_answered_and_not_kept(client: Client) -> None:
    response = client.get("/api/v1/models?known_at=9999-01-01")
    assert response.status_code == 200
    assert "max-age=60" in response["Cache-Control"]
