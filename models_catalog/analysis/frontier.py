"""Who led each side, since when: running maxima by release date, open and closed apart.

A model of unknown access is on neither side. Models released on one day count together: only the best of the
day can be a step, so the order of rows never matters.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from models_catalog.analysis.records import Floats, Integers, Point, Step
from models_catalog.vocabulary import Access


def running_maximum(points: Iterable[Point], access: Access, *, as_of: date) -> tuple[Step, ...]:
    """The records of one side among models released up to `as_of`, oldest first, strictly rising."""
    side = [point for point in points if point.access == access and point.released <= as_of]
    steps = list[Step]()
    for point in sorted(side, key=lambda point: (point.released, -point.level, point.model)):
        if not steps or point.level > steps[-1].level:
            steps.append(Step(point.released, point.level, point.model))
    return tuple(steps)


def first_date_at_or_above(steps: Sequence[Step], level: float) -> date | None:
    """When a side first reached a level; None if it has not."""
    return next((step.released for step in steps if step.level >= level), None)


@dataclass(frozen=True, slots=True, eq=False)
class Staircase:
    """A running maximum as numbers: day (proleptic ordinal) and level of every step, both rising."""

    days: Floats
    levels: Floats

    def __len__(self) -> int:
        return len(self.levels)

    def reached(self, levels: Floats) -> Floats:
        """The day each level was first reached, infinity where it has not been."""
        days: Floats = np.append(self.days, np.inf)[np.searchsorted(self.levels, levels)]
        return days

    def day_of(self, level: float) -> float:
        """The day one level was first reached, infinity if it has not been."""
        return float(self.reached(np.array([level]))[0])

    def raised(self, delta: float) -> Staircase:
        """The same steps, each credited `delta` more: how a tolerance is granted to one side."""
        return Staircase(self.days, self.levels + delta)


@dataclass(frozen=True, slots=True)
class Frontiers:
    """Both sides as they stood on one day."""

    closed: Staircase
    open: Staircase
    today: float


@dataclass(frozen=True, slots=True, eq=False)
class Roster:
    """Release dates and sides of a list of models, sorted once so that many sets of levels can be read."""

    closed: Integers  # positions in the list, by day
    closed_days: Floats
    open: Integers
    open_days: Floats
    today: float

    @classmethod
    def of(cls, points: Sequence[Point], as_of: date) -> Roster:
        """The models known on `as_of`; models of unknown access are on neither side."""
        closed, closed_days = _by_day(points, Access.CLOSED, as_of)
        opened, open_days = _by_day(points, Access.OPEN, as_of)
        return cls(closed, closed_days, opened, open_days, float(as_of.toordinal()))

    def frontiers(self, levels: Floats) -> Frontiers:
        """Both running maxima for one set of levels (one per model of the list; NaN means not known)."""
        closed = _staircase(self.closed_days, levels[self.closed])
        return Frontiers(closed, _staircase(self.open_days, levels[self.open]), self.today)


def _by_day(points: Sequence[Point], access: Access, as_of: date) -> tuple[Integers, Floats]:
    side = [
        (point.released.toordinal(), position)
        for position, point in enumerate(points)
        if point.access == access and point.released <= as_of
    ]
    side.sort()
    positions = np.array([position for _, position in side], dtype=np.int64)
    return positions, np.array([day for day, _ in side], dtype=np.float64)


def _staircase(days: Floats, levels: Floats) -> Staircase:
    """Steps of the running maximum, one per day at most; `days` is sorted."""
    best = np.fmax.accumulate(np.append(-np.inf, levels))
    last_of_day = np.append(days[1:] != days[:-1], True)[: len(days)]
    best, days = np.append(-np.inf, best[1:][last_of_day]), days[last_of_day]
    steps = best[1:] > best[:-1]
    return Staircase(days[steps], best[1:][steps])
