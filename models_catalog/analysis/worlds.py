"""What would the same measurements have shown, had the lag been the same all along?

A world keeps what was given: the models with their release dates and sides, which model was tried on which
benchmark, and how hard and how steep every benchmark is. It redraws what was chance: how far below its side's
frontier each release fell, and the error of every score. The open side follows the closed one's course, a
planted number of months later, always the same. Every world is fitted anew, so that errors of the scale, sparse
early coverage and the choice of records act on it as they act on the real data.

- **Course of a side**: a line with bends, least squares through its records; as many bends as the Bayesian
  information criterion pays for, and at least six records to a piece. Not the line that joins the records,
  because a record's distance from that is zero by construction, and worlds drawn from it would hug their frontier.
- **Shortfall**: course minus level, redrawn from the fifteen models of the same side released nearest in time.
- **Score**: the fitted value at the drawn ability plus a residual redrawn from the same benchmark.

Nothing is spread afterwards: scaling shortfalls by degrees of freedom was tried, and it lifts the frontier of the
side whose shortfalls are larger, which is not a constant lag any more.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from models_catalog.analysis.frontier import Frontiers, Roster, Staircase
from models_catalog.analysis.index import IndexFit
from models_catalog.analysis.objective import Problem, State, predict
from models_catalog.analysis.records import DAYS_PER_MONTH, Floats, Insufficient, Integers, Point
from models_catalog.analysis.solver import solve

NEIGHBOURS = 15
RECORDS_PER_PIECE = 6
LEAST_RECORDS = 4
WORLD_TOLERANCE = 1e-6  # of a world's fit: far below the noise that is drawn


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """A level for every day: linear pieces between `knots` (days), continued straight at both ends."""

    knots: Floats
    values: Floats  # intercept, slope, then the change of slope at every knot

    @classmethod
    def through(cls, records: Staircase) -> Course:
        """Least squares through a side's records. Insufficient with fewer than four."""
        if len(records) < LEAST_RECORDS:
            raise Insufficient(
                f"{LEAST_RECORDS} records are needed for a course, and there are {len(records)}"
            )
        most = max(1, len(records) // RECORDS_PER_PIECE)
        fits = [cls._of_pieces(records, pieces) for pieces in range(1, most + 1)]
        return min(fits, key=lambda course: course._cost(records))

    @classmethod
    def _of_pieces(cls, records: Staircase, pieces: int) -> Course:
        knots = np.quantile(records.days, np.linspace(0, 1, pieces + 1)[1:-1])
        values, *_ = np.linalg.lstsq(_bends(records.days, knots), records.levels, rcond=None)
        return cls(knots.astype(np.float64), values.astype(np.float64))

    def _cost(self, records: Staircase) -> float:
        """Bayesian information criterion (Schwarz 1978), so that a bend is paid for by what it explains."""
        n, misfit = len(records), float(((self.at(records.days) - records.levels) ** 2).mean())
        return n * math.log(max(misfit, 1e-12)) + len(self.values) * math.log(n)

    def at(self, days: Floats) -> Floats:
        levels: Floats = _bends(days, self.knots) @ self.values
        return levels


ORIGIN = float(date(2023, 1, 1).toordinal())


def _bends(days: Floats, knots: Floats) -> Floats:
    years = (days - ORIGIN) / 365.25
    bends = [np.maximum(years - (knot - ORIGIN) / 365.25, 0) for knot in knots]
    return np.column_stack([np.ones(len(days)), years, *bends])


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


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """How levels are measured: by refitting redrawn scores (`problem` given), or with a known error each."""

    levels: Floats  # of every point
    offset: float = 0.0
    factor: float = 1.0
    problem: Problem | None = None
    state: State | None = None
    residuals: Floats | None = None
    below: Floats | None = None  # standard error downwards and upwards, where there are no scores
    above: Floats | None = None

    def measured(self, truth: Floats, random: np.random.Generator) -> Floats:
        """Levels as they would be found, if these were the true ones."""
        if self.problem is None or self.state is None or self.residuals is None:
            noise = random.standard_normal(len(truth))
            assert self.below is not None
            assert self.above is not None
            return truth + noise * np.where(noise < 0, self.below, self.above)
        ability = (truth - self.offset) / self.factor
        return self.offset + self.factor * _refitted(
            self.problem, self.state, self.residuals, ability, random
        )


def _refitted(
    problem: Problem, state: State, residuals: Floats, ability: Floats, random: np.random.Generator
) -> Floats:
    there = State(ability, state.difficulty, state.slope)
    drawn = predict(problem, there) + _redrawn(residuals, problem.benchmark, random)
    value = np.where(problem.logistic, np.clip(drawn, 1e-3, 1 - 1e-3), drawn)
    solution = solve(replace(problem, value=value), there, tolerance=WORLD_TOLERANCE)
    return solution.state.ability if solution.converged else np.full(len(ability), np.nan)


def _redrawn(residuals: Floats, benchmark: Integers, random: np.random.Generator) -> Floats:
    """A residual for every cell, from the cells of the same benchmark."""
    order = np.argsort(benchmark, kind="stable")
    counts = np.bincount(benchmark)
    starts = np.cumsum(counts) - counts
    pick = (random.random(len(benchmark)) * counts[benchmark]).astype(np.int64)
    drawn: Floats = residuals[order[starts[benchmark] + pick]]
    return drawn


def sheet_of_fit(fit: IndexFit, points: Sequence[Point]) -> tuple[Sheet, tuple[Point, ...]]:
    """The fit's own score sheet, and its models in the fit's order (those without a date get no side)."""
    known = {point.model: point for point in points}
    ability = fit.state.ability
    offset, factor = fit.scaling.scale(fit.models, ability)
    levels = offset + factor * ability
    residuals = fit.problem.value - predict(fit.problem, fit.state)
    sheet = Sheet(levels, offset, factor, fit.problem, fit.state, residuals)
    nowhere = Point("", date.max, points[0].access, 0.0)
    placed = tuple(
        replace(known.get(model, nowhere), model=model, level=float(level))
        for model, level in zip(fit.models, levels, strict=True)
    )
    return sheet, placed


@dataclass(frozen=True, slots=True, eq=False)
class Blueprint:
    """What all worlds of one scale share."""

    roster: Roster
    sheet: Sheet
    closed: Side
    open: Side

    @classmethod
    def of(cls, points: Sequence[Point], sheet: Sheet, as_of: date) -> Blueprint:
        """Insufficient when a side has too few records for a course."""
        roster = Roster.of(points, as_of)
        sides = roster.frontiers(sheet.levels)
        return cls(
            roster,
            sheet,
            _side(roster.closed, roster.closed_days, sheet.levels, sides.closed),
            _side(roster.open, roster.open_days, sheet.levels, sides.open),
        )

    def frontiers(self) -> Frontiers:
        """Both frontiers as they were found."""
        return self.roster.frontiers(self.sheet.levels)

    def world(self, lag: float, random: np.random.Generator, drift: float = 0.0) -> Frontiers:
        """Both frontiers as measured in one world with a planted lag; see `levels`."""
        return self.roster.frontiers(self.levels(lag, random, drift))

    def levels(self, lag: float, random: np.random.Generator, drift: float = 0.0) -> Floats:
        """Every model's level as measured in one world with a planted lag, in months.

        `drift` plants a lag that changes by so many months a year, passing `lag` in the middle of the open
        side's releases: to ask what the trend rule would see.
        """
        truth = self.sheet.levels.copy()
        middle = float(self.open.days.mean())
        delay = lag + drift * (self.open.days - middle) / 365.25
        truth[self.closed.positions] = self.closed.course.at(self.closed.days) - self.closed.redrawn(random)
        behind = self.open.days - delay * DAYS_PER_MONTH
        truth[self.open.positions] = self.closed.course.at(behind) - self.open.redrawn(random)
        return self.sheet.measured(truth, random)


def _side(positions: Integers, days: Floats, levels: Floats, records: Staircase) -> Side:
    course = Course.through(records)
    return Side(positions, days, course.at(days) - levels[positions], course)
