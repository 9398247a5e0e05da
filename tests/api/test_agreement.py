"""Pages, API, bulk files, feeds and mail say the same of one day, value by value."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from models_catalog.digests.composing import compose
from models_catalog.digests.weeks import read_week
from models_catalog.exports.writing import export
from models_catalog.findings.moment import Moment
from models_catalog.sources.contract import LifecycleSeen
from tests.ingest.invented import on
from tests.ingest.stated import release, state

pytestmark = pytest.mark.usefixtures("collected")

Get = Callable[..., Any]
Row = dict[str, Any]
DAY, WEEK = "2026-01-06", "2026-W02"  # the newest scores', and the week that is seen as of it
FIGURES = ("value", "low", "high")


@pytest.fixture
def files(tmp_path: Path) -> Callable[[str], list[Row]]:
    """The rows of an exported file, as of the day."""
    place = export(Moment(date.fromisoformat(DAY)), tmp_path)

    def rows(name: str) -> list[Row]:
        text = (place / f"{name}.ndjson").read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()]

    return rows


def test_the_gap_of_a_day_is_the_same_on_page_in_api_file_feed_and_mail(
    client: Client, get: Get, files: Callable[[str], list[Row]]
) -> None:
    served = {(row["method"], row["delta"]): row for row in get("/gap", as_of=DAY)["results"]}
    shown = {
        (row["method"], row["delta"]): row
        for row in client.get(f"/gap/methods.json?as_of={DAY}").json()["data"]
    }
    filed = {(row["method"], row["delta"]): row for row in files("gap") if row["inputs"] == "all"}
    assert len(served) == len(shown) == len(filed) == 9
    for key, row in served.items():
        figures = [row[name] for name in FIGURES]
        assert figures == [shown[key][name] for name in FIGURES] == [filed[key][name] for name in FIGURES], (
            key
        )
        assert (row["n"], row["reason"]) == (filed[key]["n"], filed[key]["reason"])
    edition = compose(read_week(WEEK))
    headline = get("/gap", as_of=DAY)["headline"]
    mailed = edition.content["headline"]
    assert mailed["as_of"] == DAY
    assert [mailed[name] for name in FIGURES] == [headline[name] for name in FIGURES]
    assert get(f"/digests/{WEEK}")["content"]["headline"] == mailed
    assert client.get(f"/digest/{WEEK}.json").json()["headline"] == mailed
    for part in (
        edition.text,
        BeautifulSoup(edition.html, "lxml").text,
        client.get(f"/digest/{WEEK}.txt").text,
    ):
        assert f"{headline['value']:.1f} months" in part
    [entry] = BeautifulSoup(client.get("/digest/feed.atom").content, "xml").find_all("entry")
    assert entry.summary is not None
    assert f"{headline['value']:.1f} months" in entry.summary.text.replace("\xa0", " ")


def test_prices_of_a_day_are_the_same_on_page_in_api_and_file(
    client: Client, get: Get, files: Callable[[str], list[Row]]
) -> None:
    filed = {row["observation"]: row for row in files("prices")}
    served = {
        row["observation"]: row for row in get("/prices", as_of=DAY, source="models-dev", limit=100)["data"]
    }
    assert set(filed) == set(served) != set()
    for key, row in filed.items():
        for name in ("model", "provider", "unit", "amount", "per", "currency", "per_million_tokens"):
            assert row[name] == served[key][name], name
    drawn = client.get("/prices.json?level=140").json()["data"]
    asked = get("/price-study/paths", as_of=DAY, level=140)["data"]
    told = {
        (row["day"], side): (row[side]["model"], Decimal(row[side]["guarded"]), row[side]["hosts"])
        for row in asked
        for side in ("open", "closed")
        if row[side]
    }
    assert (
        told
        == {
            (row["day"], row["access"]): (row["model"], Decimal(str(row["price"])), row["hosts"])
            for row in drawn
            if row["price"] is not None
        }
        != {}
    )
    [model] = get("/price-study/models", as_of=DAY)["data"]
    assert Decimal(model["cheapest"]) == min(
        (3 * Decimal(one["per_million_tokens"]) + Decimal(other["per_million_tokens"])) / 4
        for one in served.values()
        for other in served.values()
        if (one["unit"], other["unit"], one["provider"]) == ("input", "output", other["provider"])
    )


def test_releases_and_ends_are_the_same_on_page_in_api_feed_and_calendar(
    client: Client, get: Get, tmp_path: Path
) -> None:
    ends = (timezone.now().date() + timedelta(days=40)).isoformat()
    end = LifecycleSeen(model="Birch 6", name="Birch 6", provider="one", event="retires", date=ends)
    birch = release("Birch 6", organization="Birch Lab", date="2025-12-01")
    state(tmp_path, birch, end, observed_at=on(7))
    [served] = [row for row in get("/lifecycle-events", limit=100)["data"] if row["date"] == ends]
    feed = BeautifulSoup(client.get("/lifecycle/feed.atom").content, "xml")
    [entry] = [entry for entry in feed.find_all("entry") if ends in str(entry.title)]
    assert f"/evidence/{served['observation']}/" in str(entry.link)
    calendar = client.get("/lifecycle/ends.ics").text.splitlines()
    assert calendar.count(f"DTSTART;VALUE=DATE:{ends.replace('-', '')}") == 1
    assert f"/evidence/{served['observation']}/" in client.get("/lifecycle/").text
    released = {(row["model"], row["released"]) for row in get("/releases", limit=100)["data"]}
    entries = BeautifulSoup(client.get("/releases/feed.atom").content, "xml").find_all("entry")
    fed = {(str(entry.link["href"]).split("/")[-2], str(entry.updated.text)[:10]) for entry in entries}
    assert fed == {row for row in released if row[1] <= timezone.now().date().isoformat()} != set()


def test_every_exported_score_and_model_is_the_one_the_api_gives(
    get: Get, files: Callable[[str], list[Row]]
) -> None:
    scores = {row["observation"]: row for row in get("/scores", as_of=DAY, limit=100)["data"]}
    assert files("scores")
    for row in files("scores"):
        served = scores.get(row["observation"]) or get(f"/observations/{row['observation']}")
        assert row["model"] == served["model"]
        if row["observation"] in scores:
            assert (row["value"], row["unit"]) == (served["value"], served["unit"])
    models = {row["slug"]: row for row in get("/models", as_of=DAY, limit=100)["data"]}
    for row in files("models"):
        assert row["name"] == models[row["slug"]]["name"]
        assert row["released"] in (None, models[row["slug"]]["released"])
        assert row["access"] in ("", models[row["slug"]]["access"])


def test_the_claims_of_the_ledger_have_the_same_verdicts_on_page_and_in_api(client: Client, get: Get) -> None:
    page = BeautifulSoup(client.get("/claims/").content, "lxml")
    for row in get("/claims", limit=100)["data"]:
        said = " ".join(page.select_one(f"#{row['id']}").text.split())  # type: ignore[union-attr]  # None fails
        assert row["sentence"] in said
        assert row["verdict"].lower() in said.lower()
