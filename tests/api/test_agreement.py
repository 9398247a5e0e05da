"""Pages, API and bulk files say the same of one day, value by value."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from models_catalog.exports.writing import export
from models_catalog.findings.moment import Moment

Get = Callable[..., Any]
DAY = "2025-10-30"
FIGURES = ("value", "low", "high", "n", "reason")


@pytest.mark.usefixtures("collected")
def test_page_api_and_bulk_file_give_the_same_gap_of_a_day(client: Client, get: Get, tmp_path: Path) -> None:
    place = export(Moment(date.fromisoformat(DAY)), tmp_path)
    filed = [json.loads(line) for line in (place / "gap.ndjson").read_text(encoding="utf-8").splitlines()]
    served = get("/gap", as_of=DAY, inputs="epoch")["results"]
    shown = client.get(f"/gap/methods.json?as_of={DAY}&inputs=epoch").json()["data"]
    by_file = {(row["method"], row["delta"]): row for row in filed if row["inputs"] == "epoch"}
    by_page = {(row["method"], row["delta"]): row for row in shown}
    assert len(served) == len(by_file) == len(by_page) == 9
    for row in served:
        key = (row["method"], row["delta"])
        assert {name: by_file[key][name] for name in FIGURES} == {name: row[name] for name in FIGURES}, key
        for name in ("value", "low", "high"):
            assert by_page[key][name] == row[name], key


@pytest.mark.usefixtures("collected")
def test_every_exported_score_and_model_is_the_one_the_api_gives(get: Get, tmp_path: Path) -> None:
    place = export(Moment(date.fromisoformat(DAY)), tmp_path)

    def rows(name: str) -> list[dict[str, Any]]:
        return [
            json.loads(line) for line in (place / f"{name}.ndjson").read_text(encoding="utf-8").splitlines()
        ]

    scores = {row["observation"]: row for row in get("/scores", as_of=DAY, limit=100)["data"]}
    assert rows("scores")
    for row in rows("scores"):
        served = scores.get(row["observation"]) or get(f"/observations/{row['observation']}")
        assert row["model"] == served["model"]
        if row["observation"] in scores:
            assert (row["value"], row["unit"]) == (served["value"], served["unit"])
    models = {row["slug"]: row for row in get("/models", as_of=DAY, limit=100)["data"]}
    for row in rows("models"):
        assert row["name"] == models[row["slug"]]["name"]
        assert row["released"] in (None, models[row["slug"]]["released"])
        assert row["access"] in ("", models[row["slug"]]["access"])
