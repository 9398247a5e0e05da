"""Epoch's Benchmarking Hub: whose results are whose, and what comes out of the archive."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest

from models_catalog.sources import epoch
from models_catalog.sources.contract import Drift, Page, ScoreSeen
from models_catalog.sources.epoch_hub import LIMITS, unpack
from models_catalog.sources.epoch_hub_members import MEMBERS
from models_catalog.sources.routes import route, why_unread
from tests.sources.examples import FOLDER, page_of, parse

ARCHIVE = FOLDER / "epoch" / "benchmark_data.zip"


def scores(stem: str) -> list[ScoreSeen]:
    found = parse(epoch.SOURCE, stem, (FOLDER / "epoch" / f"{stem}.csv").read_bytes())
    return [item for item in found if isinstance(item, ScoreSeen)]


def test_every_member_has_a_board_of_its_own_and_a_known_unit() -> None:
    stems = [member.stem for member in MEMBERS]
    assert len(set(stems)) == len(stems) == 49
    assert {member.unit for member in MEMBERS} <= set(LIMITS)
    assert all(epoch.SOURCE.board(stem).complete for stem in stems)


def test_epochs_own_runs_are_independent_and_may_be_exported_and_no_other() -> None:
    own = {member.stem for member in MEMBERS if member.own}
    assert len(own) == 8
    assert own == {board.slug for board in epoch.SOURCE.boards if board.slug in own and board.export}
    assert not any(epoch.SOURCE.board(member.stem).export for member in MEMBERS if not member.own)
    [first, _] = scores("gpqa_diamond")
    assert (first.evaluator, first.evaluator_type) == ("Epoch AI", "independent")
    [taken, _] = scores("terminalbench_external")
    assert (taken.evaluator, taken.evaluator_type) == ("Tidewater report", "third-party")


def test_releases_that_do_not_compare_are_benchmarks_of_their_own() -> None:
    assert {item.benchmark for item in scores("live_bench_external")} == {
        "LiveBench",
        "LiveBench (LiveBench-v1)",
    }


def test_the_archive_gives_the_pages_of_its_members_and_notes_what_nobody_reviewed() -> None:
    stream = io.BytesIO(ARCHIVE.read_bytes())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("tomorrows_benchmark.csv", "Model version,Score\nOtter 2,0.5\n")
    inside = list(unpack(page_of(epoch.SOURCE, "benchmark_data", stream.getvalue())))
    pages = [item for item in inside if isinstance(item, Page)]
    assert [page.board for page in pages] == ["gpqa_diamond", "os_world_external", "epoch_capabilities_index"]
    assert pages[0].body == (FOLDER / "epoch" / "gpqa_diamond.csv").read_bytes()
    assert pages[0].url.endswith("benchmark_data.zip#gpqa_diamond.csv")
    assert [item.row for item in inside if isinstance(item, Drift)] == ["tomorrows_benchmark.csv"]


def test_what_is_not_read_says_why() -> None:
    for path in (
        "epoch/derived_iaps_gap@2026-02-08.json",
        "epoch/open-model-trends_2024/gsm1k_with_model_accessibility.csv",
        "epoch/benchmark_data@2026-05-14/eci_scaling.csv",
    ):
        assert route(path) is None
        assert len(why_unread(path)) > 60
    assert why_unread("nowhere/list.json") == "no source asks for this file yet"


@pytest.mark.recorded
def test_the_numbers_of_both_recorded_releases_are_those_of_their_files(recorded: Path) -> None:
    """Every score of every member, against the cell of its row: the route takes the column it names."""
    folder = recorded / "epoch" / "benchmark_data@2026-05-14"
    for member in MEMBERS:
        body = (folder / f"{member.stem}.csv").read_bytes()
        rows = csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline=""))
        named = [row for row in rows if row["Model version"].strip() or row.get("Name", "").strip()]
        cells = [float(row[member.score]) for row in named if row[member.score].strip()]
        found = [item for item in parse(epoch.SOURCE, member.stem, body) if isinstance(item, ScoreSeen)]
        assert [float(item.value) for item in found] == cells, member.stem
