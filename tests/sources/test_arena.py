"""The Arena: scales kept apart, glued names taken apart, and an arena that must be named."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from models_catalog.sources import arena
from models_catalog.sources.arena_scales import benchmark_at, in_category
from models_catalog.sources.contract import MissingColumn, Page, RowProblem, ScoreSeen, Truncated, WrongShape
from tests.sources.examples import FOLDER, page_of

PAGE = (FOLDER / "arena" / "text_page.md").read_text()
TOP = (FOLDER / "arena" / "top_page.md").read_bytes()


def on(day: str) -> Page:
    return replace(
        page_of(arena.SOURCE, "text_table", b""), observed_at=datetime.fromisoformat(day).replace(tzinfo=UTC)
    )


@pytest.mark.parametrize(
    ("name", "day", "scale"),
    [
        ("text", "2025-05-19", "Arena text, first scale"),
        ("text", "2025-05-20", "Arena text, scale of May 2025"),
        ("vision", "2025-11-05", "Arena vision, first scale"),
        ("vision", "2025-11-06", "Arena vision, scale of November 2025"),
        ("search", "2025-11-06", "Arena search"),
    ],
)
def test_a_rating_belongs_to_the_scale_of_its_day(name: str, day: str, scale: str) -> None:
    assert benchmark_at(name, on(day)) == scale


def test_style_control_and_categories_are_benchmarks_of_their_own() -> None:
    assert benchmark_at("text", on("2025-01-01"), style_control=True) == "Arena text, with style control"
    assert in_category("Arena text", "coding") == "Arena text: coding"
    assert in_category("Arena text", "full") == "Arena text"


def test_a_stale_page_keeps_the_scale_of_its_own_date() -> None:
    body = (FOLDER / "arena" / "text_page.before-links.md").read_bytes()
    found = list(arena.parse(page_of(arena.SOURCE, "text_page", body)))
    assert {item.benchmark for item in found if isinstance(item, ScoreSeen)} == {"Arena text, first scale"}


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("Anthropicclaude-opus-4-6Anthropic · Proprietary", "claude-opus-4-6"),
        ("grok-4.20-beta1xAI · Proprietary", "grok-4.20-beta1"),
        ("mai-1-previewMicrosoft AI · Proprietary", "mai-1-preview"),
        ("Metamuse-sparkMeta · Proprietary", "muse-spark"),
        ("RWKV-4-Raven-14BApache 2.0", "RWKV-4-Raven-14B"),
        ("zephyr-7b-betaMIT", "zephyr-7b-beta"),
        ("falcon-180b-chatFalcon-180B TII License", "falcon-180b-chat"),
    ],
)
def test_logo_vendor_and_licence_are_cut_off_a_glued_name(cell: str, name: str) -> None:
    body = PAGE.replace("tern-7b-betaMIT", cell).encode()
    found = [
        item for item in arena.parse(page_of(arena.SOURCE, "text_page", body)) if isinstance(item, ScoreSeen)
    ]
    assert found[-1].name == name


def test_a_name_that_ends_in_no_known_vendor_is_a_problem_and_no_guess() -> None:
    body = PAGE.replace("Moonshot · Kimi", "Unheard-of · Kimi").encode()
    found = list(arena.parse(page_of(arena.SOURCE, "text_page", body)))
    assert [item.reason for item in found if isinstance(item, RowProblem)] == [
        "model: ends in no known vendor"
    ]
    assert len([item for item in found if isinstance(item, ScoreSeen)]) == 2


@pytest.mark.parametrize("column", ["模型", "分数", "票数"])
def test_a_renamed_column_of_a_rendered_page_is_missing(column: str) -> None:
    with pytest.raises(MissingColumn):
        list(
            arena.parse(page_of(arena.SOURCE, "text_page", PAGE.replace(f"| {column} |", "| 新 |").encode()))
        )


def test_a_rendered_page_without_its_last_section_is_truncated() -> None:
    with pytest.raises(Truncated):
        list(arena.parse(page_of(arena.SOURCE, "text_page", PAGE.partition("## 数据来源")[0].encode())))


def test_the_arena_of_a_rendered_page_is_in_its_files_name_or_address() -> None:
    page = page_of(arena.SOURCE, "top_page", TOP)
    for file, name in (("vision", "vision"), ("code-webdev", "code-webdev"), ("search", "search")):
        found = list(arena.parse(replace(page, file=f"arena/lmarena-md/{file}@2026-08-22.md")))
        benchmarks = {item.benchmark for item in found if isinstance(item, ScoreSeen)}
        assert benchmarks == {f"Arena {name}, with style control"}
    with pytest.raises(WrongShape, match="which arena"):
        list(arena.parse(replace(page, url="https://arena.ai/")))
