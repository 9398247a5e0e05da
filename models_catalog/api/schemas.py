"""The shapes of the API's answers. Money is decimal strings, times are UTC, missing is null."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from ninja import Schema
from pydantic import PlainSerializer

from models_catalog.vocabulary import Access, Inputs, Method, Tier

Money = Annotated[Decimal, PlainSerializer(lambda amount: format(amount, "f"), return_type=str)]


class Credit(Schema):
    """`export`: may its quoted values be handed on? What is worked out here from them always may, with this credit."""

    slug: str
    title: str
    home: str
    data_licence: str
    attribution: str
    retrieved: datetime | None
    export: bool = False


class Meta(Schema):
    """What a reader needs to cite the answer."""

    method_version: str
    as_of: date | None
    known_at: datetime | None
    sources: list[Credit]
    citation: str


class Row(Schema):
    """What every object has: an id that stays, where to read on, and whose data it is (see `meta.sources`)."""

    id: str | int
    links: dict[str, str]
    sources: list[str]


class ModelOut(Row):
    slug: str
    url: str
    name: str
    organization: str
    organization_slug: str
    country: str
    family: str
    family_slug: str
    modalities: list[str]
    released: date | None
    released_precision: str
    released_kind: str
    access: Access
    tier: Tier
    tier_reason: str
    licence: str
    parameters: int | None
    context_tokens: int | None
    level: float | None
    level_unit: str
    input_price_usd_per_million_tokens: Money | None
    output_price_usd_per_million_tokens: Money | None


class ModelList(Schema):
    data: list[ModelOut]
    next: str | None
    meta: Meta


class ScoreOut(Row):
    observation: int
    model: str | None
    source: str
    subject: str
    valid_from: date | None
    benchmark: str
    benchmark_slug: str
    metric: str
    value: Money
    unit: str
    low: Money | None
    high: Money | None
    settings: str
    evaluator: str
    evaluated_on: str
    corrected: list[str]
    observed_at: datetime


class ScoreList(Schema):
    data: list[ScoreOut]
    next: str | None
    meta: Meta


class PriceOut(Row):
    observation: int
    model: str | None
    source: str
    subject: str
    valid_from: date | None
    provider: str
    unit: str
    tier: str
    band: str
    amount: Money | None
    per: str
    per_million_tokens: Money | None
    currency: str
    variable: bool
    observed_at: datetime


class PriceList(Schema):
    data: list[PriceOut]
    next: str | None
    meta: Meta


class SnapshotOut(Schema):
    name: str
    released: date | None


class OpennessLineOut(Schema):
    """One fact; `value` is empty where it is not known, and `missing` says why."""

    label: str
    value: str
    stated_by: str
    missing: str


class IndexGradeOut(Schema):
    criterion: str
    grade: str
    notes: str
    subject: str
    observation: int


class OpennessOut(Row):
    """A model's openness as known at an instant (null: now), with the separate facts behind it."""

    model: str
    tier: Tier
    reason: str
    access: Access
    access_reason: str
    released: date | None
    released_kind: str
    released_source: str
    lines: list[OpennessLineOut]
    index: list[IndexGradeOut]
    conflicts: list[str]
    known_at: datetime | None
    meta: Meta


class ModelDetailOut(ModelOut):
    access_reason: str
    access_source: str
    licence_link: str
    base_model: str
    repositories: list[str]
    level_low: float | None
    level_high: float | None
    scores: list[ScoreOut]
    prices: list[PriceOut]
    names: list[str]
    snapshots: list[SnapshotOut]
    conflicts: list[str]
    meta: Meta


class GapValueOut(Schema):
    method: Method
    inputs: Inputs
    scale: str
    domain: str
    delta: float
    value: float | None
    low: float | None
    high: float | None
    unit: str
    n: int
    n_unit: str
    censored_share: float | None
    reason: str
    at_least: bool
    draws: int  # behind the interval; 0 without one


class GapOut(Row):
    """Figures carry their own unit. Not a list: its rows are all methods at all tolerances."""

    as_of: date
    known_at: datetime
    vintage: datetime
    method_version: str
    interval_level: float
    headline: GapValueOut
    results: list[GapValueOut]
    meta: Meta


class FrontierPointOut(Row):
    model: str
    name: str
    organization: str
    released: date
    access: Access
    level: float
    low: float | None
    high: float | None
    record: bool
    observation: int | None


class FrontierOut(Schema):
    as_of: date
    vintage: datetime
    inputs: Inputs
    scale: str
    level_unit: str
    best_open: FrontierPointOut | None
    best_closed: FrontierPointOut | None
    data: list[FrontierPointOut]
    next: str | None
    meta: Meta
