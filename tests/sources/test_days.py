"""Days in words become days in digits, and nothing else does."""

from __future__ import annotations

import pytest

from models_catalog.sources.days import day_stated


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Dec 11, 2026", "2026-12-11"),
        ("June 30, 2025", "2025-06-30"),
        ("May 8th, 2026", "2026-05-08"),
        ("Sept 15, 2025", "2025-09-15"),
        ("2026‑03‑26", "2026-03-26"),
        ("2025/06/16", "2025-06-16"),
        ("03/31/25", "2025-03-31"),
        ("4/18/2024", "2024-04-18"),
        ("June 2025", "2025-06"),
    ],
)
def test_a_day_is_read_in_every_spelling_of_the_pages(text: str, day: str) -> None:
    assert day_stated(text) == day


@pytest.mark.parametrize(
    "text", ["", "N/A", "2525/06/06", "Feb 30, 2026", "soon", "31/03/2025", "Juxe 2025 x"]
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert day_stated(text) is None
