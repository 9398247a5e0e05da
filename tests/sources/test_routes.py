"""Recorded files find exactly one board or none, and their capture date follows the stated order."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from models_catalog.sources.contract import WrongShape
from models_catalog.sources.reading import read_json
from models_catalog.sources.routes import captured_on, date_in, is_payload, manifest_dates, route
from tests.sources.test_reading import page

MODIFIED = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


def routed(path: str) -> tuple[str, str] | None:
    found = route(path)
    return None if found is None else (found[0].slug, found[1].slug)


@pytest.mark.parametrize(
    ("path", "board"),
    [
        ("aider/polyglot_leaderboard.yml", "polyglot"),
        ("aider/history/polyglot_leaderboard@2025-03-28.yml", "polyglot"),
        ("models-dev/api-2025-08-31.json.gz", "api"),
        ("models-dev/models-2026-07-02.json", "models"),
        ("openrouter/models-2026-08-22.json", "models"),
        ("epoch/eci_scores@2026-08-11.csv", "eci_scores"),
        ("epoch/all_ai_models@2025-04-23.csv.gz", "all_ai_models"),
        ("huggingface/api-models_author-deepseek-ai_expand@2026-08-31.json", "models"),
        ("huggingface/api-model_Qwen3-235B-A22B_expand@2026-08-31.json", "model"),
    ],
)
def test_a_recorded_file_finds_its_board(path: str, board: str) -> None:
    assert routed(path) == (path.partition("/")[0], board)


@pytest.mark.parametrize(
    "path",
    [
        "aider/edit_leaderboard.yml",
        "aider/other/polyglot_leaderboard@2025-03-28.yml",
        "epoch/epoch_capabilities_index@2026-07-01.csv",
        "epoch/benchmark_data@2026-05-14/eci_scores@2026-05-14.csv",
        "huggingface/api-trending@2026-07-22.json",
        "huggingface/derived_llmfit@2026-04-29.json",
        "huggingface/pulse/api-models_x@2026-07-22.json",
        "openrouter/providers-2026-05-22.json",
        "openrouter/models-2026/08-22.json",
        "simonw-llm-prices/models-2026-08-22.json",
        "eci_scores@2026-08-11.csv",
        "../epoch/eci_scores@2026-08-11.csv",
        "/epoch/eci_scores@2026-08-11.csv",
        "MANIFEST.json",
        "",
    ],
)
def test_a_file_no_board_asks_for_is_unsupported(path: str) -> None:
    assert route(path) is None


def test_the_folders_own_descriptions_and_hidden_files_are_no_payloads() -> None:
    assert not any(map(is_payload, ("MANIFEST.json", "README.md", "epoch/README.md", ".git/config")))
    assert is_payload("epoch/eci_scores@2026-08-11.csv")


def test_the_manifest_decides_then_the_path_then_the_files_time() -> None:
    path = "epoch/eci_scores@2026-08-11.csv"
    assert captured_on(path, {path: date(2026, 8, 1)}, MODIFIED) == date(2026, 8, 1)
    assert captured_on(path, {"another": date(2026, 8, 1)}, MODIFIED) == date(2026, 8, 11)
    assert captured_on("aider/polyglot_leaderboard.yml", {}, MODIFIED) == date(2026, 1, 2)


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("models-dev/api-2025-08-31.json.gz", date(2025, 8, 31)),
        ("osai/2026-06-12/heron.yaml", date(2026, 6, 12)),
        ("epoch/benchmark_data@2026-05-14/run-2026-05-01.csv", date(2026, 5, 1)),
        ("a@2026-13-45.json", None),
        ("a@2025-01-31-2026-13-45.json", date(2025, 1, 31)),
        ("a-12026-01-011.json", None),
        ("plain.json", None),
    ],
)
def test_the_last_real_date_in_a_path_counts(path: str, written: date | None) -> None:
    assert date_in(path) == written


def test_a_manifest_gives_dates_and_leaves_out_what_it_cannot_read() -> None:
    manifest = [
        {"file": "a.csv", "captured_on": "2026-08-11", "note": "x"},
        {"file": "b.csv", "captured_on": "unknown"},
        {"file": 7, "captured_on": "2026-08-11"},
        {"captured_on": "2026-08-11"},
        "text",
    ]
    assert manifest_dates(manifest) == {"a.csv": date(2026, 8, 11)}
    with pytest.raises(WrongShape, match="not a list"):
        manifest_dates({"a.csv": "2026-08-11"})


@pytest.mark.recorded
def test_every_recorded_file_has_one_board_or_none_and_a_date(recorded: Path) -> None:
    manifest = manifest_dates(read_json(page((recorded / "MANIFEST.json").read_bytes())))
    files = [path.relative_to(recorded).as_posix() for path in recorded.rglob("*") if path.is_file()]
    payloads = list(filter(is_payload, files))
    assert set(manifest) == set(payloads)
    assert all(captured_on(path, manifest, MODIFIED) == manifest[path] for path in payloads)
    assert sum(route(path) is not None for path in payloads) == 34
