"""The date a model's name carries: `-20241022`, `-2024-10-22`, `(Oct 2024)`, `-0613`, `-2411`, `-08-2024`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from models_catalog.vocabulary import Precision

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
YEAR, MONTH, DAY = r"(?P<year>20[12]\d)", r"(?P<month>0[1-9]|1[0-2])", r"(?P<day>0[1-9]|[12]\d|3[01])"
SHORT_YEAR = r"(?P<short>2[2-9])"
START, END = r"(?<![a-z\d.])v?", r"(?![\d]|\.\d|[a-z])"

# In this order: the first that is found counts.
PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\d){YEAR}[-_./]?{MONTH}[-_./]?{DAY}(?!\d)",
        rf"(?<![a-z])(?P<name>{'|'.join(MONTHS)})[a-z]*[\s.,'-]*{YEAR}(?!\d)",
        rf"(?<![a-z])(?P<name>{'|'.join(MONTHS)}){SHORT_YEAR}(?!\d)",
        rf"(?<![\d.]){MONTH}-{YEAR}(?!\d)",
        rf"(?<![\d.]){YEAR}-{MONTH}(?!\d)",
        rf"{START}{SHORT_YEAR}{MONTH}{DAY}{END}",
        rf"{START}{MONTH}-{DAY}{END}",
        rf"{START}{SHORT_YEAR}\.?{MONTH}{END}",
        rf"{START}{MONTH}{DAY}{END}",
    )
)
EMPTY_BRACKETS = re.compile(r"\(\s*\)")
EARLY = timedelta(days=45)  # a checkpoint can carry a day shortly before its model's announcement


@dataclass(frozen=True, slots=True)
class DateInName:
    """What the name states: the year and the day may be missing."""

    year: int | None
    month: int
    day: int | None

    @property
    def precision(self) -> Precision:
        return Precision.MONTH if self.day is None else Precision.DAY

    def resolve(self, released: date | None) -> date | None:
        """The day meant. Without a year, the first such day from shortly before `released` on."""
        if self.year is not None:
            return day_of(self.year, self.month, self.day or 1)
        if released is None:
            return None
        candidates = (day_of(released.year + step, self.month, self.day or 1) for step in (-1, 0, 1, 2))
        return next((day for day in candidates if day and day >= released - EARLY), None)

    def agrees(self, day: date) -> bool:
        """Could this name mean that day? Parts the name leaves out agree with everything."""
        parts = ((self.year, day.year), (self.month, day.month), (self.day, day.day))
        return all(stated in (None, actual) for stated, actual in parts)

    def __str__(self) -> str:
        parts = (
            f"{self.year}" if self.year else "",
            f"{self.month:02}",
            f"{self.day:02}" if self.day else "",
        )
        return "-".join(part for part in parts if part)


def take_date(text: str) -> tuple[DateInName | None, str]:
    """The date in a lower-case name, and the name without it. Four digits that are no date stay (8192)."""
    for pattern in PATTERNS:
        if (match := pattern.search(text)) and (found := read(match)):
            rest = f"{text[: match.start()]} {text[match.end() :]}"
            return found, EMPTY_BRACKETS.sub(" ", rest)
    return None, text


def read(match: re.Match[str]) -> DateInName | None:
    parts = match.groupdict()
    month = MONTHS.index(parts["name"]) + 1 if parts.get("name") else int(parts["month"])
    year = parts.get("year") or (f"20{parts['short']}" if parts.get("short") else None)
    day = parts.get("day")
    found = DateInName(int(year) if year else None, month, int(day) if day else None)
    leap_year = 2024
    return found if day_of(found.year or leap_year, month, found.day or 1) else None


def date_in(stamp: str) -> DateInName:
    """A reviewed stamp, "2024-11" or "2024-11-20", as a date in a name."""
    year, month, *day = (int(part) for part in stamp.split("-"))
    return DateInName(year, month, day[0] if day else None)


def day_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
