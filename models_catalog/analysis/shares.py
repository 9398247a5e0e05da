"""How much of what happens is open? Shares of releases, of the frontier, and of downloads between families.

A model of unknown access is counted beside the share, never in it. Download counts are trailing thirty-day windows:
those of different repositories on one day may be added, those of different days never.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from models_catalog.analysis.records import Point
from models_catalog.vocabulary import Access

TOP = 20  # models that make up "the frontier" on a day
LEAST_RELEASES = 5  # of known access, for a month's share


class Release(NamedTuple):
    """One model with the day it came out; `source` dated it."""

    released: date
    access: Access
    source: str


class MonthShare(NamedTuple):
    """Releases of one month. `share` of open among open and closed, None when fewer than five are known."""

    month: date  # its first day
    open: int
    closed: int
    unknown: int
    share: float | None
    source: str  # that dated most of them
    break_here: str  # why this month cannot be compared with the one before, or ""


def release_shares(releases: Iterable[Release], until: date) -> tuple[MonthShare, ...]:
    """One row per month with a release, up to the month of `until`, which is not over: that one is marked."""
    months = defaultdict[date, list[Release]](list)
    for release in releases:
        if release.released <= until:
            months[release.released.replace(day=1)].append(release)
    rows, before = list[MonthShare](), ""
    for month, found in sorted(months.items()):
        rows.append(_month(month, found, before, until))
        before = rows[-1].source
    return tuple(rows)


def _month(month: date, found: Sequence[Release], before: str, until: date) -> MonthShare:
    counts = Counter(release.access for release in found)
    source = max(Counter(release.source for release in found).items(), key=lambda item: (item[1], item[0]))[0]
    known = counts[Access.OPEN] + counts[Access.CLOSED]
    marks = []
    if before and source != before:
        marks.append(f"most dates now come from {source}, before from {before}")
    if month == until.replace(day=1):
        marks.append("the month is not over, and some of its models are not listed yet")
    return MonthShare(
        month=month,
        open=counts[Access.OPEN],
        closed=counts[Access.CLOSED],
        unknown=counts[Access.UNKNOWN],
        share=counts[Access.OPEN] / known if known >= LEAST_RELEASES else None,
        source=source,
        break_here="; ".join(marks),
    )


class FrontierShare(NamedTuple):
    """Who stands at the top on one day: open models among the best `of` of known access."""

    day: date
    open: int
    of: int
    share: float
    best_open_rank: int | None  # 1 = an open model leads


def frontier_shares(
    points: Sequence[Point], days: Iterable[date], top: int = TOP
) -> tuple[FrontierShare, ...]:
    """Days with fewer than `top` models released are left out: a share of few says little."""
    known = sorted(
        (point for point in points if point.access is not Access.UNKNOWN),
        key=lambda point: (-point.level, point.released, point.model),
    )
    rows = []
    for day in days:
        there = [point for point in known if point.released <= day]
        if len(there) >= top:
            opened = sum(point.access is Access.OPEN for point in there[:top])
            ranks = (rank for rank, point in enumerate(there, 1) if point.access is Access.OPEN)
            rows.append(FrontierShare(day, opened, top, opened / top, next(ranks, None)))
    return tuple(rows)


class Sample(NamedTuple):
    """One repository's trailing thirty-day count on one day, as one list recorded it."""

    recorder: str  # which recurring list it comes from: only rows of one are comparable
    day: date
    repository: str
    family: str  # "" = not known
    downloads: int


class FamilyDay(NamedTuple):
    """One family on one day, in one recorder's list: the sum over its repositories there."""

    recorder: str
    day: date
    family: str
    downloads: int
    repositories: int
    share: float | None  # of the downloads of known families in that list; None when those are less than half
    break_here: str


class Coverage(NamedTuple):
    """How complete one list was on one day; zero counts are windows a recorder could not fill."""

    recorder: str
    day: date
    repositories: int
    known: int  # whose family is known
    zeroed: int
    downloads: int
    known_downloads: int


LEAST_KNOWN = 0.5  # of a list's downloads, before shares between its families are worth naming
JUMP = 0.25  # change in the number of repositories that breaks a family's series


def family_days(samples: Iterable[Sample]) -> tuple[tuple[FamilyDay, ...], tuple[Coverage, ...]]:
    """Family totals by list and day, oldest first, and what each list held. Zeroed windows are dropped."""
    lists = defaultdict[tuple[str, date], list[Sample]](list)
    for sample in samples:
        lists[sample.recorder, sample.day].append(sample)
    rows, coverage, before = list[FamilyDay](), list[Coverage](), dict[tuple[str, str], FamilyDay]()
    for (recorder, day), found in sorted(lists.items()):
        coverage.append(_coverage(recorder, day, found))
        for row in _families(recorder, day, found, before):
            rows.append(row)
            before[recorder, row.family] = row
    return tuple(rows), tuple(coverage)


def _coverage(recorder: str, day: date, found: Sequence[Sample]) -> Coverage:
    return Coverage(
        recorder=recorder,
        day=day,
        repositories=len(found),
        known=sum(bool(sample.family) for sample in found),
        zeroed=sum(sample.downloads == 0 for sample in found),
        downloads=sum(sample.downloads for sample in found),
        known_downloads=sum(sample.downloads for sample in found if sample.family),
    )


def _families(
    recorder: str, day: date, found: Sequence[Sample], before: dict[tuple[str, str], FamilyDay]
) -> Iterable[FamilyDay]:
    counted = [sample for sample in found if sample.downloads > 0 and sample.family]
    total = sum(sample.downloads for sample in counted)
    enough = total >= LEAST_KNOWN * sum(sample.downloads for sample in found)
    for family in sorted({sample.family for sample in counted}):
        own = [sample for sample in counted if sample.family == family]
        downloads = sum(sample.downloads for sample in own)
        mark = _mark(before.get((recorder, family)), len(own))
        share = downloads / total if enough else None
        yield FamilyDay(recorder, day, family, downloads, len(own), share, mark)


def _mark(before: FamilyDay | None, repositories: int) -> str:
    if before is None:
        return ""
    if abs(repositories - before.repositories) > JUMP * before.repositories:
        listed = "repository is" if repositories == 1 else "repositories are"
        return f"{repositories} {listed} listed, {before.repositories} on {before.day}"
    return ""
