"""ISO weeks and clocks: which week an edition tells of, and when it is due at a subscriber's own clock."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

FORM = re.compile(r"(\d{4})-W(\d{2})")
COMPOSED_AFTER = timedelta(hours=5)  # Monday 05:00 UTC: the night's collection is in


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """An ISO week; `str` gives its name, "2026-W34". It begins on Monday 00:00 UTC."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02d}"

    @property
    def monday(self) -> date:
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def begins(self) -> datetime:
        return datetime.combine(self.monday, time(), UTC)

    @property
    def ends(self) -> datetime:
        """The first moment after it."""
        return self.begins + timedelta(days=7)

    @property
    def before(self) -> Week:
        return week_of(self.monday - timedelta(days=7))


def week_of(day: date) -> Week:
    year, number, _ = day.isocalendar()
    return Week(year, number)


def read_week(name: str) -> Week:
    """ "2026-W53" -> the week. Raises ValueError for a name of another form or a week the year does not have."""
    found = FORM.fullmatch(name)
    if not found:
        raise ValueError(f"{name!r} is not a week: write 2026-W34")
    week = Week(int(found[1]), int(found[2]))
    date.fromisocalendar(week.year, week.number, 1)
    return week


def week_to_compose(now: datetime) -> Week:
    """The newest week that is over, with the hours collecting may need after it."""
    return week_of((now.astimezone(UTC) - COMPOSED_AFTER).date()).before


def due(week: Week, weekday: int, time_zone: str, hour: int) -> datetime:
    """When a subscriber wants that week's edition: in the week after it, on their day, at that hour of their clock.

    An hour that a night of the change to summer time leaves out comes as much later; one that comes twice counts once.
    """
    day = week.monday + timedelta(days=6 + weekday)
    local = datetime.combine(day, time(hour), ZoneInfo(time_zone))
    return local.astimezone(UTC)
