"""On which scale is an Arena rating? Ratings are fitted anew each time and were re-based: each scale is a benchmark.

Measured on models that were rated throughout: GPT-4o (May 2024) stood at 1285–1287 in text until 2025-05-13, from
2025-05-20 on the whole table moved (1282, and up to 1302 by the end of June); in vision everything fell by about
45 points between 2025-11-05 and 2025-11-06. Style control moves text by another 45 points, and is what arena.ai
shows by default since 2025. Within one scale differences inside one date compare best.
"""

from __future__ import annotations

from datetime import UTC, datetime

from models_catalog.sources.contract import Page

STYLE_CONTROL = "with style control"
OVERALL = "full"
SCALES: dict[str, tuple[tuple[datetime, str], ...]] = {
    "text": (
        (datetime(2025, 5, 20, tzinfo=UTC), "scale of May 2025"),
        (datetime.min.replace(tzinfo=UTC), "first scale"),
    ),
    "vision": (
        (datetime(2025, 11, 6, tzinfo=UTC), "scale of November 2025"),
        (datetime.min.replace(tzinfo=UTC), "first scale"),
    ),
}


def benchmark_at(arena: str, page: Page, *, style_control: bool = False) -> str:
    """The benchmark's name for one arena, by the day of the page: `Arena text, first scale`."""
    if style_control:
        return f"Arena {arena}, {STYLE_CONTROL}"
    scale = next((name for since, name in SCALES.get(arena, ()) if page.observed_at >= since), "")
    return f"Arena {arena}, {scale}" if scale else f"Arena {arena}"


def in_category(benchmark: str, category: str) -> str:
    """The benchmark of one category of it, in the Arena's own word; the overall one is `full`."""
    return benchmark if category == OVERALL else f"{benchmark}: {category}"
