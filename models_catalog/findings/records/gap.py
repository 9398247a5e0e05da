"""The gap, its figures and the frontiers it is read off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from models_catalog.findings.records.sources import SourceCredit
from models_catalog.vocabulary import Access, Cut, Inputs, Method


@dataclass(frozen=True, slots=True)
class GapValue:
    """One figure of the gap, never without its method. Months for lags, index points for the point gap."""

    method: Method
    inputs: Inputs
    scale: str
    domain: str
    delta: float
    value: float | None
    low: float | None
    high: float | None
    unit: str  # "months" | "points"
    n: int
    n_unit: str
    censored_share: float | None
    reason: str  # why there is no value, or why an end of its interval is open; else ""
    at_least: bool = False
    cut: Cut = Cut.INDEX  # which part of the scores, with its key
    key: str = ""
    draws: int = 0  # behind its interval; 0 without one


@dataclass(frozen=True, slots=True)
class FrontierPoint:
    """One scored model on the capability scale."""

    model: str  # slug of the model page, "" when the scale's model is not in the catalogue
    name: str
    organization: str
    released: date
    access: Access
    level: float
    low: float | None
    high: float | None
    record: bool  # it raised its side's frontier on its release date
    sources: tuple[str, ...]  # slugs of the sources its level rests on
    observation: int | None  # one stored observation behind the level
    exact: bool = False  # the observation states just this level; else the level was fitted to many

    @property
    def evidence(self) -> int | None:
        """The observation that states the level; None where it was fitted: see all scores of the model."""
        return self.observation if self.exact else None


@dataclass(frozen=True, slots=True)
class Frontier:
    inputs: Inputs
    scale: str
    points: tuple[FrontierPoint, ...]  # by release date; unknown access included, in neither frontier
    best_open: FrontierPoint | None
    best_closed: FrontierPoint | None
    credits: tuple[SourceCredit, ...]
    part: str = ""  # the part of the scores it rests on, for readers; "" = all benchmarks
    level_unit: str = "index points"


@dataclass(frozen=True, slots=True)
class Gap:
    """The answer to "how far behind", with every method beside the headline."""

    as_of: date
    known_at: datetime
    vintage: datetime
    method_version: str
    interval_level: float
    headline: GapValue
    results: tuple[GapValue, ...]  # all methods × deltas × domains asked for, headline included
    frontier: Frontier
