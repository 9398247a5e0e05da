"""What the gap's findings hand out beyond the headline: tables by part, series by week, steps, the Arena.

Small frozen records, already judged. Lags are months of 30.4375 days. Levels, point gaps and tolerances are in
the `level_unit` beside them: "index points" (Claude 3.5 Sonnet = 130, GPT-5 = 150), "percentage points" of a
benchmark's range between chance and ceiling, or "Elo points". Shares are fractions of 1. A missing value is
None with its `reason`; a figure marked `at_least` is censored, so its true value can only be larger.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from models_catalog.findings.records import FrontierPoint, GapValue, SourceCredit
from models_catalog.vocabulary import Access, Cut, Inputs, Method


@dataclass(frozen=True, slots=True)
class GapRow:
    """One part of the scores, or one sensitivity: every method at both tolerances.

    `values` always holds nine figures (the point gap knows no tolerance). Where there is no scale at all, all
    nine are None, and `reason` says why.
    """

    cut: Cut
    key: str  # domain, benchmark slug, Split; for a sensitivity its own key; "" = the whole index
    label: str  # for readers: "Maths", "GPQA Diamond", "without DeepSeek"
    values: tuple[GapValue, ...]
    as_of: date | None  # the newest capture of its own scores; None without a scale
    vintage: datetime | None
    models: int  # dated models on its scale, of known access or not
    open_models: int
    closed_models: int
    benchmarks: int  # how many its scale rests on; 0 without a scale
    level_unit: str
    best_open: FrontierPoint | None
    best_closed: FrontierPoint | None
    reason: str
    sources: tuple[str, ...] = ()  # slugs, whose scores its scale rests on

    def value(self, method: Method, delta: float = 0.0) -> GapValue:
        """One of its figures; the point gap has only tolerance 0. KeyError for a tolerance nobody computed."""
        wanted = 0.0 if method is Method.POINT_GAP else delta
        found = [item for item in self.values if item.method is method and item.delta == wanted]
        if not found:
            raise KeyError(f"{method} at {delta:g}")
        return found[0]


@dataclass(frozen=True, slots=True)
class GapTable:
    """Rows of one kind. `as_of` and `vintage` are the index's; every row has its own."""

    inputs: Inputs
    as_of: date
    known_at: datetime
    vintage: datetime
    method_version: str
    interval_level: float
    rows: tuple[GapRow, ...]
    credits: tuple[SourceCredit, ...]


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """A figure as of one day, through the scores of one vintage."""

    day: date
    value: float | None
    low: float | None
    high: float | None
    at_least: bool
    n: int
    censored_share: float | None
    reason: str
    draws: int = 0  # behind its interval; 0 without one


@dataclass(frozen=True, slots=True)
class GapSeries:
    """One method at one tolerance, as of every week since 2023, oldest first. Months, or `level_unit`."""

    inputs: Inputs
    cut: Cut
    key: str
    label: str
    method: Method
    delta: float
    unit: str  # "months" | "points"
    level_unit: str
    points: tuple[SeriesPoint, ...]
    as_of: date  # the last day
    vintage: datetime
    method_version: str
    interval_level: float
    draws: int  # behind the interval of a past day; the newest point is the answer itself, with its own
    credits: tuple[SourceCredit, ...]


@dataclass(frozen=True, slots=True)
class FrontierStep:
    """One step of one side's frontier: who made it, and how far apart the sides were at its level.

    For a closed step `months` is how long open models took to match it (`at_least`: so far), and `other` the
    open model that did. For an open step it is how long closed models had been there, and `other` the closed
    model that was first; negative when open led.
    """

    access: Access
    point: FrontierPoint
    rise: float | None  # over the step before, in points of the scale; None for the first
    other: FrontierPoint | None
    months: float | None
    at_least: bool
    reason: str


@dataclass(frozen=True, slots=True)
class ArenaModel:
    """One model on an Arena table, with the stored observation of its rating."""

    model: str  # slug, "" when unresolved
    name: str
    rating: float
    low: float | None
    high: float | None
    observation: int


@dataclass(frozen=True, slots=True)
class ArenaDay:
    """Best closed against best open on one table of the Arena. Ratings compare inside one table only.

    `elo` is closed minus open; `win_rate` the share of votes the closed model is expected to win against the
    open one, 1 / (1 + 10^(−elo/400)); `share` is (closed − open) / open, the form the AI Index prints, given
    because it is quoted: Elo has no zero, so it is not a percentage of anything.
    """

    day: date
    scale: str  # the Arena's scale: where it changes the series has a break
    best_closed: ArenaModel
    best_open: ArenaModel
    elo: float
    win_rate: float
    share: float
    models: int
    unknown: int  # rows of unknown access, on neither side


@dataclass(frozen=True, slots=True)
class ArenaSeries:
    """One day per stored table, oldest first."""

    days: tuple[ArenaDay, ...]
    credits: tuple[SourceCredit, ...]
