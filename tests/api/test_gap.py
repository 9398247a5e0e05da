"""The gap and the frontier over the API: as the pages show them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from models_catalog.findings.gap import standing_gap
from models_catalog.vocabulary import Method

Get = Callable[..., Any]


@pytest.mark.usefixtures("collected")
def test_the_gap_is_the_standing_one_with_every_method_beside_it(get: Get) -> None:
    found, standing = get("/gap"), standing_gap()
    assert standing is not None
    assert set(found) == {
        "id", "links", "sources", "as_of", "known_at", "vintage", "method_version", "interval_level", "headline",
        "results", "meta",
    }  # fmt: skip
    assert found["as_of"] == standing.as_of.isoformat() == "2026-01-06"
    assert found["headline"]["value"] == standing.headline.value
    assert len(found["results"]) == 9
    assert all(row["value"] is not None or row["reason"] for row in found["results"])
    assert [credit["slug"] for credit in found["meta"]["sources"]] == ["epoch"]


@pytest.mark.usefixtures("collected")
def test_a_past_day_selects_models(get: Get) -> None:
    found = get("/gap", as_of="2025-06-01", inputs="epoch", method="point_gap")
    assert found["as_of"] == "2025-06-01"
    assert [row["value"] for row in found["results"]] == [pytest.approx(145.0 - 136.0)]
    models = {row["name"] for row in get("/frontier", as_of="2025-06-01")["data"]}
    assert "Birch 4" in models
    assert "Birch 5" not in models


@pytest.mark.usefixtures("collected")
def test_a_day_before_any_model_has_reasons_and_no_best_model(get: Get) -> None:
    found = get("/gap", as_of="1999-12-31")
    assert all(row["value"] is None and row["reason"] for row in found["results"])
    frontier = get("/frontier", as_of="1999-12-31")
    assert (frontier["best_open"], frontier["best_closed"], frontier["data"]) == (None, None, [])
    for path in ("/gap/steps", "/gap/series", "/gap/published"):
        assert get(path, as_of="1999-12-31")["data"] == []
    for row in get("/gap/parts", as_of="1999-12-31", part="sensitivity")["data"]:
        assert {value["value"] for value in row["values"]} == {None}


@pytest.mark.usefixtures("collected")
@pytest.mark.parametrize("path", ["/gap", "/frontier"])
@pytest.mark.parametrize("day", ["2026-01-07", "9999-12-31"])
def test_a_day_after_the_data_is_refused(path: str, day: str, get: Get) -> None:
    problem = get(path, 422, as_of=day)
    assert problem["parameter"] == "as_of"
    assert "no data after 2026-01-06" in problem["detail"]


@pytest.mark.usefixtures("collected")
def test_inputs_without_evidence_are_not_found_with_the_reason(get: Get) -> None:
    for path in ("/gap", "/frontier"):
        problem = get(path, 404, inputs="own")
        assert (problem["status"], problem["parameter"]) == (404, "inputs")
        assert problem["detail"].startswith("no gap from inputs own: ")


@pytest.mark.usefixtures("collected")
def test_methods_and_tolerances_can_be_chosen(get: Get) -> None:
    for method in Method:
        assert {row["method"] for row in get("/gap", method=method.value)["results"]} == {method.value}
    assert {row["delta"] for row in get("/gap", delta=2)["results"]} == {2.0}
    assert get("/gap", delta=1)["results"] == []


@pytest.mark.usefixtures("collected")
def test_the_frontier_marks_its_records_and_its_best_models(get: Get) -> None:
    found = get("/frontier")
    assert found["best_open"]["name"] == "Birch 6"
    assert found["best_closed"]["name"] == "Amber 5"
    steps = get("/frontier", records="true", access="open")["data"]
    assert [row["name"] for row in steps] == [f"Birch {number}" for number in range(1, 7)]
    assert all(row["record"] for row in steps)
    cedar = next(row for row in found["data"] if row["name"] == "Cedar 1")
    assert (cedar["access"], cedar["record"]) == ("unknown", False)
    days = [date.fromisoformat(row["released"]) for row in found["data"]]
    assert days == sorted(days)


@pytest.mark.usefixtures("collected")
@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({"as_of": "yesterday"}, "as_of"),
        ({"as_of": "2026-02-30"}, "as_of"),
        ({"inputs": "ours"}, "inputs"),
        ({"method": "guess"}, "method"),
        ({"delta": "-1"}, "delta"),
        ({"delta": "nan"}, "delta"),
        ({"delta": "1e400"}, "delta"),
        ({"asof": "2025-01-01"}, "asof"),
    ],
)
def test_a_parameter_that_cannot_be_read_is_named(query: dict[str, str], parameter: str, get: Get) -> None:
    problem = get("/gap", 422, **query)
    assert (problem["parameter"], problem["title"]) == (parameter, "Unprocessable Entity")
