"""Recorded files find exactly one board or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from models_catalog.sources.routes import route
from tests.sources.test_recorded import COUNTS


def routed(path: str) -> tuple[str, str] | None:
    found = route(path)
    return None if found is None else (found[0].slug, found[1].slug)


@pytest.mark.parametrize(
    ("path", "board"),
    [
        ("aider/polyglot_leaderboard.yml", "polyglot"),
        ("aider/edit_leaderboard.yml", "edit"),
        ("aider/history/polyglot_leaderboard@2025-03-28.yml", "polyglot"),
        ("models-dev/api-2025-08-31.json.gz", "api"),
        ("models-dev/models-2026-07-02.json", "models"),
        ("openrouter/models-2026-08-22.json", "models"),
        ("epoch/eci_scores@2026-08-11.csv", "eci_scores"),
        ("epoch/all_ai_models@2025-04-23.csv.gz", "all_ai_models"),
        ("huggingface/api-models_author-deepseek-ai_expand@2026-08-31.json", "models"),
        ("huggingface/pulse/top-downloads@2026-08-22.json", "pulse"),
        ("huggingface/api-model_Qwen3-235B-A22B_expand@2026-08-31.json", "model"),
    ],
)
def test_a_recorded_file_finds_its_board(path: str, board: str) -> None:
    assert routed(path) == (path.partition("/")[0], board)


@pytest.mark.parametrize(
    "path",
    [
        "aider/architect_leaderboard.yml",
        "aider/other/polyglot_leaderboard@2025-03-28.yml",
        "epoch/derived_iaps_gap@2026-02-08.json",
        "epoch/benchmark_data@2026-05-14/eci_scores@2026-05-14.csv",
        "huggingface/api-datasets@2026-07-22.json",
        "huggingface/derived_other@2026-04-29.json",
        "huggingface/pulse/api-models_x@2026-07-22.json",
        "openrouter/rankings-2026-05-22.json",
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


@pytest.mark.recorded
def test_every_recorded_file_has_one_board_or_none(recorded: Path) -> None:
    files = [path.relative_to(recorded).as_posix() for path in recorded.rglob("*") if path.is_file()]
    assert sum(route(path) is not None for path in files) == len(COUNTS)
