"""All shares of one state of knowledge as one record: what is stored, and what pages read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models_catalog.analysis.economy import month_days
from models_catalog.analysis.records import Point
from models_catalog.analysis.shares import (
    TOP,
    Coverage,
    FamilyDay,
    FrontierShare,
    MonthShare,
    Release,
    Sample,
    family_days,
    frontier_shares,
    release_shares,
)


@dataclass(frozen=True, slots=True)
class ShareStudy:
    """Shares are fractions of 1. Downloads are trailing thirty-day counts of one day, by recorder's list."""

    until: date
    releases: tuple[MonthShare, ...]
    frontier: tuple[FrontierShare, ...]  # monthly
    top: int  # models that make up the frontier
    families: tuple[FamilyDay, ...]
    coverage: tuple[Coverage, ...]


def study_shares(
    releases: Sequence[Release],
    points: Sequence[Point],
    samples: Sequence[Sample],
    *,
    since: date,
    until: date,
) -> ShareStudy:
    """Everything from `since` to `until`."""
    families, coverage = family_days(samples)
    return ShareStudy(
        until=until,
        releases=release_shares(releases, until),
        frontier=frontier_shares(points, month_days(since, until)),
        top=TOP,
        families=families,
        coverage=coverage,
    )
