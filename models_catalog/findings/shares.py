"""How much of what comes out, of what leads, and of what is downloaded is open?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from models_catalog.analysis.adoption import ShareStudy
from models_catalog.analysis.shares import Coverage, FamilyDay, FrontierShare, MonthShare
from models_catalog.findings.gap import standing_gap
from models_catalog.findings.records import FrontierPoint, SourceCredit
from models_catalog.findings.remembered import remembered
from models_catalog.findings.status import credit
from models_catalog.findings.studies import newest_study, read
from models_catalog.models import Family, Study
from models_catalog.sources import SOURCES
from models_catalog.vocabulary import Access, Inputs

HUB = "huggingface"
LISTS = {
    "pulse": "a third party's list of the most downloaded text models",
    "llmfit": "a third party's list of models to run",
    "top_text": "the Hub's hundred most downloaded text models",
}


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares are fractions of 1; unknown access is counted beside them, never in them.

    Downloads are the Hub's trailing thirty-day counts on one day, one recorder's list at a time: those of
    several days are never added, those of different recorders never compared. `break_here` says why a row cannot
    be compared with the one before.
    """

    until: date
    known_at: datetime
    method_version: str
    releases: tuple[MonthShare, ...]
    frontier: tuple[FrontierShare, ...]
    top: int
    families: tuple[FamilyDay, ...]
    coverage: tuple[Coverage, ...]
    lists: dict[str, str]  # recorder -> what it is
    names: dict[str, str]  # family slug -> name
    release_credits: tuple[SourceCredit, ...]
    download_credits: tuple[SourceCredit, ...]

    @property
    def newest_releases(self) -> MonthShare | None:
        """The newest whole month with a share."""
        whole = [
            row for row in self.releases if row.share is not None and row.month != self.until.replace(day=1)
        ]
        return whole[-1] if whole else None

    @property
    def newest_frontier(self) -> FrontierShare | None:
        return self.frontier[-1] if self.frontier else None

    def newest_families(self, recorder: str = "pulse") -> tuple[FamilyDay, ...]:
        """The newest day of one list, the largest family first."""
        own = [row for row in self.families if row.recorder == recorder]
        last = max((row.day for row in own), default=None)
        return tuple(
            sorted((row for row in own if row.day == last), key=lambda row: (-row.downloads, row.family))
        )


def shares(as_of: date | None = None) -> Shares | None:
    """The newest, or as of a day; None until they have been studied."""
    return remembered(("shares", as_of), lambda: found_shares(as_of))


def found_shares(as_of: date | None) -> Shares | None:
    study = newest_study(Study.Subject.SHARES, Inputs.ALL, as_of)
    if study is None:
        return None
    found = read(study, ShareStudy)
    families = {row.family for row in found.families}
    return Shares(
        until=found.until,
        known_at=study.known_at,
        method_version=study.method_version,
        releases=found.releases,
        frontier=found.frontier,
        top=found.top,
        families=found.families,
        coverage=found.coverage,
        lists=LISTS,
        names=dict(Family.objects.filter(slug__in=families).values_list("slug", "name")),
        release_credits=tuple(credit(source) for source in dating_sources(found)),
        download_credits=(credit(HUB),),
    )


def dating_sources(found: ShareStudy) -> list[str]:
    """Whose dates the releases rest on; our own catalogue and reviews are owed to nobody."""
    known = {source.slug for source in SOURCES}
    return sorted({row.source for row in found.releases} & known)


def leaders(found: Shares) -> tuple[FrontierPoint, ...]:
    """The most capable models of known access on the newest day of the frontier's share: those it counts."""
    newest, gap = found.newest_frontier, standing_gap()
    if newest is None or gap is None:
        return ()
    there = [
        point
        for point in gap.frontier.points
        if point.access is not Access.UNKNOWN and point.released <= newest.day
    ]
    return tuple(sorted(there, key=lambda point: (-point.level, point.released, point.name))[: found.top])


def shares_until(found: Shares, day: date) -> Shares:
    """The same series cut off after a day. Nothing is studied anew: what is known of that time today."""
    return replace(
        found,
        until=min(found.until, day),
        releases=tuple(row for row in found.releases if row.month <= day),
        frontier=tuple(row for row in found.frontier if row.day <= day),
        families=tuple(row for row in found.families if row.day <= day),
        coverage=tuple(row for row in found.coverage if row.day <= day),
    )
