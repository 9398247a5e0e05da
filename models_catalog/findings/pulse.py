"""What happened in the newest week there is data of? Counts for the first page; the digest tells it in full."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from models_catalog.findings.claims import flips
from models_catalog.findings.lifecycle import ends_only, lifecycle
from models_catalog.findings.remembered import remembered
from models_catalog.findings.week import week_of_changes
from models_catalog.vocabulary import Access


@dataclass(frozen=True, slots=True)
class Pulse:
    """Counts of one week from Monday on. `cuts` and `rises` are list prices of a model at a host.

    `ending`: models at hosts announced to end in the 90 days from the Sunday on.
    """

    monday: date
    releases: int
    opened: int  # of them with open weights
    listings: int
    cuts: int
    rises: int
    licences: int
    corrections: int
    ending: int
    flipped: int = 0  # claims whose verdict changed

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def name(self) -> str:
        """2026-W34"""
        return f"{self.monday:%G-W%V}"

    @property
    def quiet(self) -> bool:
        return not (
            self.releases or self.cuts or self.rises or self.licences or self.corrections or self.flipped
        )


def pulse(day: date) -> Pulse:
    """The week that holds the day."""
    monday = day - timedelta(days=day.weekday())
    return remembered(("pulse", monday), lambda: counted(monday))


def newest_with_news(day: date, back: int = 4) -> Pulse:
    """The newest week with news among that of the day and `back` before it; without any, that of the day.

    The newest capture of one source decides which week is newest, and one that only counts downloads tells nothing.
    """
    weeks = (pulse(day - timedelta(weeks=before)) for before in range(back + 1))
    return next((week for week in weeks if not week.quiet), pulse(day))


def counted(monday: date) -> Pulse:
    week = week_of_changes(monday)
    ending = {(row.name, row.provider) for row in ends_only(lifecycle(week.last).soon)}
    return Pulse(
        monday=monday,
        releases=len(week.releases),
        opened=sum(row.access is Access.OPEN for row in week.releases),
        listings=len(week.listings),
        cuts=sum(move.after < move.before for move in week.prices),
        rises=sum(move.after > move.before for move in week.prices),
        licences=len(week.licences),
        corrections=len(week.corrections),
        ending=len(ending),
        flipped=sum(monday <= flip.on <= week.last for flip in flips()),
    )
