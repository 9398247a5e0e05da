"""What would the same measurements have shown, had the lag been the same all along?

A world keeps what was given: the models with their release dates and sides, and how surely each was measured. It
redraws what was chance: how far below its side's frontier each release fell, and the error of every level. The open
side follows the closed one's course, a planted number of months later, always the same.

- **Course of a side**: a line with bends through its records (`course`). Before the closed side's first record, plus
  the lag, there is nothing to follow: the open side keeps its own course there, where that is the lower one.
- **Shortfall**: course minus level, redrawn from the fifteen models of the same side released nearest in time.
- **Error of the levels**: one draw of the scale's own bootstrap, all models together, added to the redrawn levels.
  A draw is a refit of the same score sheet, so who was tried on what, and what the models' errors share, stays.
- **Range**: levels below the first closed record were never read in the data, so they are not read in a world either.
- **Height**: records of a world would stand a little above or below the course their side was given. `settled` asks
  pilot worlds how far, and moves the side back: indirect inference (Gouriéroux, Monfort and Renault 1993).

The first version refitted redrawn scores instead. A model that only easy benchmarks had measured came out anywhere
when it was redrawn on a higher level, because the benchmarks it would then have been tried on were not drawn with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from models_catalog.analysis.course import Course
from models_catalog.analysis.frontier import Frontiers, Roster, Staircase
from models_catalog.analysis.records import DAYS_PER_MONTH, Floats, Insufficient, Integers, Point

NEIGHBOURS = 15
PILOTS = 200  # worlds that tell how high the records stand
ROUNDS = 2


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """The models of one access: where they stand in the list, when released, how far below their course."""

    positions: Integers
    days: Floats
    shortfalls: Floats
    course: Course

    def redrawn(self, random: np.random.Generator) -> Floats:
        """One shortfall per model, from those released nearest in time."""
        width = min(NEIGHBOURS, len(self.days))
        first = np.clip(np.arange(len(self.days)) - width // 2, 0, len(self.days) - width)
        chosen: Floats = self.shortfalls[first + random.integers(0, width, len(self.days))]
        return chosen

    def lowered(self, points: float) -> Side:
        return replace(self, shortfalls=self.shortfalls + points)


@dataclass(frozen=True, slots=True, eq=False)
class Blueprint:
    """What all worlds of one scale share."""

    roster: Roster
    levels: Floats  # of every model, as found
    errors: Floats  # draws × models: a draw of the scale, minus the levels; NaN where a draw has no level
    closed: Side
    open: Side
    began: float  # the day of the first closed record
    lowest: float  # and its level

    @classmethod
    def of(cls, points: Sequence[Point], draws: Floats, as_of: date) -> Blueprint:
        """`draws`: draws × models, of the whole scale. Insufficient when a side has too few records for a course,
        or when nobody states an error of the levels."""
        if not len(draws):
            raise Insufficient("the levels come without errors")
        roster, levels = Roster.of(points, as_of), np.array([point.level for point in points])
        sides = roster.frontiers(levels)
        return cls(
            roster,
            levels,
            draws - levels,
            _side(roster.closed, roster.closed_days, levels, sides.closed),
            _side(roster.open, roster.open_days, levels, sides.open),
            float(sides.closed.days[0]),
            float(sides.closed.levels[0]),
        )

    def frontiers(self) -> Frontiers:
        """Both frontiers as they were found."""
        return self.roster.frontiers(self.levels)

    def world(self, lag: float, random: np.random.Generator, drift: float = 0.0) -> Frontiers:
        """Both frontiers as measured in one world with a planted lag in months.

        `drift` plants a lag that changes by so many months a year, passing `lag` in the middle of the open
        side's releases: to ask what the trend rule would see.
        """
        truth = self.levels.copy()
        truth[self.closed.positions] = self.closed.course.at(self.closed.days) - self.closed.redrawn(random)
        truth[self.open.positions] = self.followed(self._behind(lag, drift)) - self.open.redrawn(random)
        error = self.errors[random.integers(len(self.errors))]
        sides = self.roster.frontiers(truth + error)
        return replace(sides, closed=_from(sides.closed, self.lowest))

    def followed(self, behind: Floats) -> Floats:
        """The level every open model is given to follow: the closed course on the day `behind` its release."""
        led = self.closed.course.at(behind)
        alone = self.open.course.at(self.open.days)
        return np.where(behind < self.began, np.minimum(led, alone), led)

    def settled(self, lag: float, random: np.random.Generator) -> Blueprint:
        """The same, with each side as high as its records say: pilot worlds reproduce the courses on average."""
        settled = self
        for _ in range(ROUNDS):
            pilots = [settled._heights(settled.world(lag, random), lag) for _ in range(PILOTS)]
            closed, opened = (_mean(heights[np.isfinite(heights)]) for heights in np.array(pilots).T)
            settled = settled._lowered(closed, opened)
        return settled

    def _lowered(self, closed: float, opened: float) -> Blueprint:
        return replace(self, closed=self.closed.lowered(closed), open=self.open.lowered(opened))

    def _heights(self, sides: Frontiers, lag: float) -> tuple[float, float]:
        """How far the records of a world stand above the course they were drawn from: closed, open."""
        behind = sides.open.days - lag * DAYS_PER_MONTH
        led = behind >= self.began
        above = sides.open.levels[led] - self.closed.course.at(behind[led])
        return _mean(sides.closed.levels - self.closed.course.at(sides.closed.days)), _mean(above)

    def _behind(self, lag: float, drift: float) -> Floats:
        middle = float(self.open.days.mean())
        delay = lag + drift * (self.open.days - middle) / 365.25
        behind: Floats = self.open.days - delay * DAYS_PER_MONTH
        return behind


def _side(positions: Integers, days: Floats, levels: Floats, records: Staircase) -> Side:
    course = Course.through(records)
    return Side(positions, days, course.at(days) - levels[positions], course)


def _from(side: Staircase, level: float) -> Staircase:
    """The records that reach a level; those below it are as if they had not been seen."""
    seen = side.levels >= level
    return Staircase(side.days[seen], side.levels[seen])


def _mean(values: Floats) -> float:
    return float(values.mean()) if len(values) else 0.0
