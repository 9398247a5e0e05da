"""Bulk files: complete, safe to open, the same for the same question, and only of those who allow it."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from models_catalog.exports.datasets import DATASETS
from models_catalog.exports.writing import NothingToExport, export
from models_catalog.findings.moment import NOW, Moment, settled_until
from models_catalog.ingest.projections import refresh_projections
from models_catalog.measure.standing import compute_standing
from models_catalog.models import Fit
from models_catalog.sources import by_slug
from models_catalog.sources.contract import ScoreSeen
from models_catalog.vocabulary import Inputs
from tests.ingest.invented import on
from tests.ingest.stated import offer, release, state
from tests.measure.invented import changed, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def collected(tmp_path: Path, settings: LazySettings) -> Path:
    settings.OPENGAP_DATA = tmp_path / "data"
    settings.OPENGAP_BOOTSTRAP_DRAWS = 20
    publish(tmp_path, on(5))
    state(tmp_path, release("Birch 6", organization="Birch Lab", date="2025-12-01"), observed_at=on(5))
    state(tmp_path, *offer("=HYPERLINK(1)", "1", "4", name="Birch 6"), source="models-dev", board="api")
    state(tmp_path, *offer("secret host", "1", "4", name="Birch 6"), source="openrouter", board="models")
    state(
        tmp_path, *offer("Artificial Analysis", "3", "5", name="Birch 6"), source="models-dev", board="models"
    )
    elsewhere = next(board.slug for board in by_slug("epoch").boards if not board.export)
    state(tmp_path, scored("Birch 6", "77.125"), board=elsewhere, observed_at=on(5))
    refresh_projections()
    compute_standing()
    return tmp_path


def scored(name: str, value: str) -> ScoreSeen:
    """A score that Epoch's hub took from another owner's list."""
    return ScoreSeen(
        model=name,
        name=name,
        benchmark="Elsewhere",
        metric="accuracy",
        value=Decimal(value),
        unit="percent",
    )


def table(place: Path, name: str) -> list[dict[str, str]]:
    with (place / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lines(place: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (place / f"{name}.ndjson").read_text(encoding="utf-8").splitlines()]


def test_both_forms_hold_the_same_rows_under_described_columns(collected: Path) -> None:
    place = export(NOW)
    manifest = json.loads((place / "manifest.json").read_text())
    counts = {row["file"]: row.get("rows") for row in manifest["files"]}
    told = json.loads((place / "data-dictionary.json").read_text())
    for dataset in DATASETS:
        cells, objects = table(place, dataset.name), lines(place, dataset.name)
        assert len(cells) == len(objects) == counts[f"{dataset.name}.csv"]
        for row in objects:
            assert list(row) == list(told[dataset.name]["columns"])
    assert len(lines(place, "scores")) == 14
    assert len(lines(place, "models")) >= 13


def test_cells_are_no_formulas_and_json_keeps_the_text(collected: Path) -> None:
    place = export(NOW)
    assert {row["provider"] for row in table(place, "prices")} == {"'=HYPERLINK(1)"}
    assert {row["provider"] for row in lines(place, "prices")} == {"=HYPERLINK(1)"}


def test_nothing_leaves_whose_owner_does_not_allow_it(collected: Path) -> None:
    place = export(NOW)
    everything = "".join(path.read_text(encoding="utf-8") for path in place.glob("*.ndjson"))
    assert "secret host" not in everything
    assert "Artificial Analysis" not in everything
    assert "77.125" not in everything  # shown and exported by nobody but its owner, whatever Epoch allows
    assert "openrouter" in json.loads((place / "manifest.json").read_text())["left_out"]


def test_what_stays_out_is_counted_by_dataset_and_source(collected: Path) -> None:
    withheld = json.loads((export(NOW) / "manifest.json").read_text())["withheld"]
    found = {(row["dataset"], row["source"]): row["rows"] for row in withheld}
    assert found == {("prices", "openrouter"): 2, ("prices", "models-dev"): 2, ("scores", "epoch"): 1}
    assert all(row["title"] and row["home"].startswith("https://") for row in withheld)


def test_results_of_ours_leave_whatever_they_were_made_from(collected: Path) -> None:
    fit = Fit.objects.filter(inputs=Inputs.EPOCH).get()
    for point in fit.points:
        point["sources"] = ["epoch", "livebench"]
    fit.save()
    place = export(NOW)
    assert {row["sources"] for row in lines(place, "gap")} == {"epoch livebench"}
    assert len(lines(place, "frontier")) == len(fit.points)
    assert [row["source"] for row in json.loads((place / "manifest.json").read_text())["inputs"]] == [
        "livebench"
    ]


def test_the_same_question_gives_the_same_hashes_whatever_came_later(collected: Path) -> None:
    known_at = settled_until()
    moment = Moment(on(1).date().replace(year=2025, month=10), known_at)
    first = export(moment, collected / "first")
    state(collected, release("Birch 7", organization="Birch Lab", date="2025-03-01"), observed_at=on(9))
    publish(collected, on(10), changed("Birch 5", level=144.0))
    refresh_projections()
    compute_standing()
    second = export(moment, collected / "second")
    assert first.name == second.name
    assert {path.name: path.read_bytes() for path in first.iterdir()} == {
        path.name: path.read_bytes() for path in second.iterdir()
    }
    assert "Birch 6" not in {row["name"] for row in lines(first, "models")}


def test_an_export_is_kept_as_it_is_and_latest_leads_to_it(collected: Path) -> None:
    place = export(NOW)
    before = {path.name: path.stat().st_mtime_ns for path in place.iterdir()}
    assert export(NOW) == place
    assert {path.name: path.stat().st_mtime_ns for path in place.iterdir()} == before
    assert (place.parent / "latest").resolve() == place.resolve()
    assert [path.name for path in place.parent.iterdir() if path.name.startswith(".")] == []


def test_the_command_prints_the_manifest(collected: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("export", "--json")
    manifest = json.loads(capsys.readouterr().out)
    assert {row["licence"] for row in manifest["sources"]} >= {"CC-BY-4.0", "MIT"}


def test_without_data_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(NothingToExport, match="nothing has been collected yet"):
        export(NOW, tmp_path / "exports")
    with pytest.raises(CommandError, match="nothing has been collected yet"):
        call_command("export")
    assert not (tmp_path / "exports").exists()
