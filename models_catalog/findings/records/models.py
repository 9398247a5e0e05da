"""A model in lists, on its page and on the landscape."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from models_catalog.findings.records.sources import SourceCredit
from models_catalog.vocabulary import Access, Tier


@dataclass(frozen=True, slots=True)
class ModelRow:
    """A model in a list."""

    slug: str
    name: str
    organization: str
    organization_slug: str
    family: str
    released: date | None
    released_precision: str
    released_kind: str  # announced, api, weights or listing: which day this is
    access: Access
    tier: Tier
    tier_reason: str
    licence: str
    parameters: int | None
    context_tokens: int | None
    level: float | None  # index points of the standing issue
    input_price: (
        Decimal | None
    )  # $ per 1M tokens: the developer's own, else guarded lowest; None = none listed
    output_price: Decimal | None
    input_observation: int | None = (
        None  # behind the numbers, where a list looked them up: see `row_evidence`
    )
    output_observation: int | None = None
    released_observation: int | None = None
    context_observation: int | None = None
    parameters_observation: int | None = None


@dataclass(frozen=True, slots=True)
class ModelPage:
    rows: tuple[ModelRow, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class FilterChoice:
    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Score:
    source: str
    source_title: str
    subject: str  # the name the source uses
    benchmark: str  # display name
    benchmark_slug: str
    metric: str
    value: Decimal
    unit: str
    low: Decimal | None
    high: Decimal | None
    settings: str
    evaluator: str
    evaluated_on: str
    observed_at: datetime
    observation: int
    index: bool = False  # its benchmark counts for the capability index
    corrected: tuple[str, ...] = ()  # sentences about what is counted otherwise than stated


@dataclass(frozen=True, slots=True)
class Price:
    source: str
    source_title: str
    provider: str
    unit: str
    tier: str
    band: str
    per_million: Decimal | None  # in `currency`, where the unit is tokens; None = variable, or not per token
    amount: Decimal | None
    per: str
    currency: str
    variable: bool
    observed_at: datetime
    observation: int
    subject: str = ""  # the name the source uses: one host may sell a model under several, at several prices


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing a source says about a model: release, access, licence, lifecycle, downloads."""

    source: str
    source_title: str
    label: str  # "Release date", "Weights", "Licence", "Status", …
    value: str
    subject: str
    observed_at: datetime
    observation: int | None
    sample: tuple[int, str, date] | None = None  # of a download count: its subject, window and day


@dataclass(frozen=True, slots=True)
class KnownName:
    source: str
    source_title: str
    name: str
    external_id: str
    rung: str
    snapshot: str
    variant: str


@dataclass(frozen=True, slots=True)
class Base:
    """A model another was made from; `slug` "" where it is not known here. Stated by its repository, or Epoch AI."""

    name: str
    slug: str
    by_repository: bool


@dataclass(frozen=True, slots=True)
class HeldName:
    """A moving name that meant a model for a while; `checkpoint` and `variant` "" where none is said."""

    name: str
    checkpoint: str
    variant: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class ModelDetail:
    row: ModelRow
    access_reason: str
    released_source: str
    released_kind: str
    country: str
    modalities: tuple[str, ...]
    licence_link: str
    level_low: float | None
    level_high: float | None
    level_of: str  # the version that has the level: a model is shown with its best one
    scores: tuple[Score, ...]
    prices: tuple[Price, ...]
    statements: tuple[Statement, ...]
    conflicts: tuple[str, ...]
    names: tuple[KnownName, ...]
    snapshots: tuple[tuple[str, date | None], ...]
    credits: tuple[SourceCredit, ...]
    variants: tuple[str, ...]  # ways in which sources ran or packed it
    repositories: tuple[str, ...]  # on the Hub, that hold its weights
    copies: tuple[str, ...]  # further repositories on the Hub that are read as it
    made_from: tuple[Base, ...]
    derived: tuple[tuple[str, str], ...]  # slug and name of models that state it as their base
    held_names: tuple[HeldName, ...]


@dataclass(frozen=True, slots=True)
class LandscapeRow:
    """One organisation: how many models of which tier, its best level, its newest release."""

    slug: str
    name: str
    country: str
    tiers: dict[Tier, int]
    access: dict[Access, int]
    total: int
    best: ModelRow | None  # highest level
    newest: ModelRow | None


@dataclass(frozen=True, slots=True)
class Landscape:
    rows: tuple[LandscapeRow, ...]  # the labs the field talks about first, then by number of models
    totals: dict[Tier, int]
    access: dict[Access, int]
    credits: tuple[SourceCredit, ...]
