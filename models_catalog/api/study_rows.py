"""The shapes of the studies: prices at a level of capability, shares of what is open, the trend, terms of licences."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Schema

from models_catalog.analysis.savings import Form
from models_catalog.analysis.trend import Verdict
from models_catalog.api.schemas import Meta, Money, Row
from models_catalog.vocabulary import Access, Inputs, Method, Tier


class List(Schema):
    next: str | None
    meta: Meta


class PricedOut(Schema):
    """A model's blended list price: guarded is the second lowest of three or more hosts."""

    model: str
    access: Access
    level: float
    cheapest: Money
    guarded: Money
    hosts: int
    host: str
    observation: int | None


class PricedModelOut(Row, PricedOut):
    """In `unit`; `pareto`: no other model is as good at the same or a lower price."""

    unit: str
    currency: str
    level_unit: str
    pareto: bool


class SavingOut(Schema):
    """1 − open / closed as a share of 1, in one form of the comparison; `reason`: why there is none."""

    form: Form
    level: float | None
    saving: float | None
    saving_lowest: float | None
    low: float | None
    high: float | None
    open: PricedOut | None
    closed: PricedOut | None
    n: int
    reason: str


class FallOut(Schema):
    per_year: float | None
    first: Money | None
    last: Money | None
    since: date | None
    until: date | None
    n: int
    reason: str


class LevelOut(Schema):
    """How fast the price of reaching one level (index points) fell on either side, as a share a year."""

    level: float
    open_fall: FallOut
    closed_fall: FallOut


class SpreadOut(Schema):
    model: str
    hosts: int
    low: Money
    high: Money
    ratio: float


class BreakOut(Schema):
    day: date
    why: str


class PriceStudyOut(Row):
    """Blended list prices on one day, in `unit`: (3 × input + output) / 4."""

    day: date
    known_at: datetime
    method_version: str
    scale: str
    unit: str
    currency: str
    level_unit: str
    offers: int
    savings: list[SavingOut]
    levels: list[LevelOut]
    spreads: list[SpreadOut]
    breaks: list[BreakOut]
    meta: Meta


class PathPointOut(Row):
    """What reaching a level cost on one day, either side's cheapest guarded price; null where nobody reached it."""

    level: float
    day: date
    open: PricedOut | None
    closed: PricedOut | None
    unit: str
    currency: str
    level_unit: str


class TaskCostOut(Row):
    """What one run of a benchmark cost, as its leaderboard states it."""

    model: str
    access: Access
    source: str
    benchmark: str
    settings: str
    score: Money
    unit: str
    cost: Money
    currency: str
    tasks: int
    per_task: Money
    observation: int


class MonthShareOut(Row):
    """Releases of one month by access; `share` of 1 of those whose access is known."""

    month: date
    open: int
    closed: int
    unknown: int
    share: float | None
    source: str
    break_here: str


class FrontierShareOut(Row):
    """How many of the most capable models of a day are open; rank 1: an open model leads."""

    day: date
    open: int
    of: int
    share: float
    best_open_rank: int | None


class FamilyDayOut(Row):
    """Trailing thirty-day downloads of one family in one recorder's list. Never to be summed over days."""

    recorder: str
    day: date
    family: str
    downloads: int
    unit: str
    repositories: int
    share: float | None
    break_here: str


class CoverageOut(Row):
    recorder: str
    day: date
    repositories: int
    known: int
    zeroed: int
    downloads: int
    known_downloads: int
    unit: str


class SlopeTestOut(Schema):
    """One estimator against worlds with a constant lag, months per year."""

    estimator: str
    observed: float | None
    expected: float | None
    change: float | None
    low: float | None
    high: float | None
    p: float | None
    reason: str


class WindowOut(Schema):
    since: date
    verdict: Verdict
    tests: list[SlopeTestOut]


class ProcessOut(Schema):
    """The 90 % interval of the lag in months when releases count as chance, too."""

    observed: float
    low: float | None
    high: float | None
    lean: float
    worlds: int
    reason: str


class ForecastStepOut(Schema):
    months: int
    value: float
    low: float
    high: float
    trials: int


class ForecastOut(Schema):
    method: Method
    unit: str
    last: float | None
    steps: list[ForecastStepOut]
    error: float | None
    error_unchanged: float | None
    error_line: float | None
    months: int
    reason: str


class TrendOut(Row):
    """Is the lag shrinking? The rule fixed beforehand, what it says, and the forecasts with their past errors."""

    inputs: Inputs
    as_of: date
    known_at: datetime
    method_version: str
    words: str
    unit: str
    planted: float | None
    worlds: int | None
    rule_version: str | None
    windows: list[WindowOut]
    process: ProcessOut | None
    forecasts: list[ForecastOut]
    reason: str
    meta: Meta


class TermsFactOut(Row):
    """One yes-or-no fact over the models it can be asked of; what nobody states is counted apart."""

    fact: str
    yes: int
    no: int
    unknown: int
    of: int
    unit: str


class QuarterOut(Row):
    """Models released in one quarter, by access; those with open weights by tier."""

    quarter: str
    access: dict[Access, int]
    open_tiers: dict[Tier, int]
    unit: str


class PricedModelList(List):
    data: list[PricedModelOut]


class PathList(List):
    data: list[PathPointOut]


class TaskCostList(List):
    data: list[TaskCostOut]


class MonthShareList(List):
    data: list[MonthShareOut]


class FrontierShareList(List):
    data: list[FrontierShareOut]


class FamilyDayList(List):
    data: list[FamilyDayOut]


class CoverageList(List):
    data: list[CoverageOut]


class TermsFactList(List):
    data: list[TermsFactOut]


class QuarterList(List):
    data: list[QuarterOut]
