"""Shares of releases, of the frontier and of downloads: what is counted, what breaks a series."""

from __future__ import annotations

from datetime import date

import pytest

from models_catalog.analysis.records import Point
from models_catalog.analysis.shares import (
    Release,
    Sample,
    family_days,
    frontier_shares,
    release_shares,
)
from models_catalog.vocabulary import Access


def releases(month: int, opened: int, closed: int, unknown: int = 0, source: str = "epoch") -> list[Release]:
    kinds = [Access.OPEN] * opened + [Access.CLOSED] * closed + [Access.UNKNOWN] * unknown
    return [Release(date(2026, month, 3), access, source) for access in kinds]


def test_unknown_access_stands_beside_the_share_and_never_in_it() -> None:
    [row] = release_shares(releases(1, 3, 2, unknown=7), date(2026, 6, 1))
    assert (row.open, row.closed, row.unknown) == (3, 2, 7)
    assert row.share == pytest.approx(0.6)


def test_fewer_than_five_known_releases_give_no_share() -> None:
    [row] = release_shares(releases(1, 3, 1, unknown=7), date(2026, 6, 1))
    assert row.share is None


def test_a_month_dated_by_another_source_and_one_that_is_not_over_are_marked() -> None:
    rows = release_shares(
        [*releases(1, 3, 2), *releases(2, 3, 2), *releases(3, 3, 2, source="models-dev"), *releases(9, 1, 1)],
        date(2026, 3, 20),
    )
    assert [row.month.month for row in rows] == [1, 2, 3]  # nothing after the day asked
    assert [row.break_here for row in rows[:2]] == ["", ""]
    assert "most dates now come from models-dev, before from epoch" in rows[2].break_here
    assert "the month is not over" in rows[2].break_here


def test_the_frontiers_share_is_of_the_best_models_there_were() -> None:
    points = [Point(f"c{number}", date(2024, 1, 1), Access.CLOSED, 100 + number) for number in range(4)] + [
        Point("o1", date(2024, 6, 1), Access.OPEN, 102.5),
        Point("u", date(2024, 1, 1), Access.UNKNOWN, 999),
        Point("o2", date(2025, 1, 1), Access.OPEN, 200),
    ]
    days = [date(2023, 1, 1), date(2024, 3, 1), date(2024, 7, 1), date(2025, 7, 1)]
    found = frontier_shares(points, days, top=4)
    assert [(row.open, row.best_open_rank) for row in found] == [(0, None), (1, 2), (2, 1)]
    assert found[-1].share == pytest.approx(0.5)


def sample(day: int, repository: str, family: str, downloads: int, recorder: str = "list") -> Sample:
    return Sample(recorder, date(2026, 5, day), repository, family, downloads)


def test_repositories_of_a_family_are_added_on_one_day_and_never_over_days() -> None:
    rows, _ = family_days(
        [sample(1, "a", "qwen", 100), sample(1, "b", "qwen", 50), sample(2, "a", "qwen", 110)]
    )
    assert [(row.day.day, row.downloads, row.repositories) for row in rows] == [(1, 150, 2), (2, 110, 1)]


def test_lists_of_different_recorders_are_never_mixed() -> None:
    rows, _ = family_days([sample(1, "a", "qwen", 100), sample(1, "a", "qwen", 999, recorder="other")])
    assert [(row.recorder, row.downloads, row.share) for row in rows] == [
        ("list", 100, 1.0),
        ("other", 999, 1.0),
    ]


def test_zeroed_windows_are_dropped_and_counted() -> None:
    rows, [coverage] = family_days(
        [sample(1, "a", "qwen", 0), sample(1, "b", "llama", 30), sample(1, "c", "", 70)]
    )
    assert [(row.family, row.share) for row in rows] == [("llama", None)]  # most downloads: family not known
    assert (coverage.repositories, coverage.known, coverage.zeroed) == (3, 2, 1)
    assert (coverage.downloads, coverage.known_downloads) == (100, 30)


def test_a_series_is_marked_where_the_number_of_repositories_jumps() -> None:
    before = [sample(1, f"r{number}", "qwen", 10) for number in range(4)]
    after = [sample(2, f"r{number}", "qwen", 10) for number in range(2)]
    rows, _ = family_days([*before, *after])
    assert [row.break_here for row in rows] == ["", "2 repositories are listed, 4 on 2026-05-01"]
