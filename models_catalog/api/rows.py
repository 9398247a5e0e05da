"""The shapes of the lists beside models, scores and prices. Missing is null, or "" where it is a name."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Schema

from models_catalog.api.schemas import Meta, Money, Row
from models_catalog.vocabulary import Access, ChangeKind, Rung, Tier


class Counted(Row):
    """Something that models have in common, with how many of them there are."""

    slug: str
    name: str
    models: int
    open_models: int
    closed_models: int
    unknown_models: int
    tiers: list[Tier]


class OrganizationOut(Counted):
    country: str


class FamilyOut(Counted):
    organization: str


class LicenceOut(Counted):
    """`name` as the catalogue carries it. The facts are null for a licence nobody has reviewed.

    `users_cap` counts the users of a `users_cap_per`, a month or a day.
    """

    spdx: bool | None
    osi_approved: bool | None
    commercial_use: bool | None
    users_cap: int | None
    users_cap_per: str | None
    revenue_cap_usd: int | None
    field_of_use_limits: bool | None
    why: str
    cite: str


class ReleaseOut(Row):
    model: str
    name: str
    organization: str
    organization_slug: str
    released: date
    released_precision: str
    released_kind: str
    released_source: str
    access: Access
    tier: Tier


class BenchmarkOut(Row):
    """Reviewed by hand and shipped with this release; `scores` of `sources` count on it at the moment asked for."""

    slug: str
    name: str
    domains: list[str]
    chance: float
    ceiling: float
    higher_is_better: bool
    private: bool | None
    index: bool
    why: str
    scores: int


class StatedOut(Row):
    """One stored statement of a source about one subject; `model` null means nobody the catalogue knows."""

    observation: int
    model: str | None
    source: str
    subject: str
    valid_from: date | None
    observed_at: datetime


class StatementOut(StatedOut):
    """What a source says of a release or a licence, in its own words; `stated` without the quoted cell."""

    kind: str
    stated: dict[str, Any]


class DeploymentOut(StatedOut):
    """Where a model runs: `kind` "runtime" names an engine, "host" a provider that sells it by the token."""

    kind: str
    name: str
    input_price: Money | None
    per: str
    currency: str


class LifecycleEventOut(StatedOut):
    provider: str
    event: str
    date: str


class DownloadOut(Row):
    """A count over a window that ended on `day`. Counts of trailing windows are never to be summed."""

    model: str | None
    source: str
    subject: str
    window: str
    day: date
    count: int
    unit: str
    observed_at: datetime
    payload_sha256: str


class ChangeOut(Row):
    """Two successive statements of one fact that differ; both sides with their observations."""

    kind: ChangeKind
    model: str | None
    source: str
    subject: str
    fact: str
    happened_on: date
    observed_at: datetime
    recorded_at: datetime
    before: dict[str, Any] | None
    after: dict[str, Any]


class ObservationOut(Row):
    """One stored value and where it comes from. `value` and `quote` are null where terms allow no display."""

    observation: int
    source: str
    board: str
    kind: str
    key: str
    subject: str
    model: str | None
    present: bool
    displayed: bool
    quote: str | None
    value: dict[str, Any] | None
    valid_from: date | None
    observed_at: datetime
    recorded_at: datetime
    payload_url: str
    payload_sha256: str
    run: int
    run_trigger: str
    parser_version: int
    method: str
    meta: Meta


class SuggestionOut(Schema):
    model: str
    reason: str
    score: float


class TurnOut(Schema):
    """What a moving name meant from a day on; `model` null: nothing that is tracked."""

    since: date
    model: str | None
    snapshot: str | None
    variant: str


class NameOut(Row):
    """Who a name is. `rung` is the step of the ladder that decided, `confidence` what that step is worth.

    A name that moves ("deepseek-chat") is answered for the day `as_of`; `moved` is what it meant in turn.
    """

    name: str
    source: str
    model: str | None
    snapshot: str | None
    variant: str
    organization: str | None
    family: str | None
    rung: Rung
    confidence: str
    moved: list[TurnOut]
    suggestions: list[SuggestionOut]
    meta: Meta


class List(Schema):
    next: str | None
    meta: Meta


class OrganizationList(List):
    data: list[OrganizationOut]


class FamilyList(List):
    data: list[FamilyOut]


class LicenceList(List):
    data: list[LicenceOut]


class ReleaseList(List):
    data: list[ReleaseOut]


class BenchmarkList(List):
    data: list[BenchmarkOut]


class StatementList(List):
    data: list[StatementOut]


class DeploymentList(List):
    data: list[DeploymentOut]


class LifecycleEventList(List):
    data: list[LifecycleEventOut]


class DownloadList(List):
    data: list[DownloadOut]


class ChangeList(List):
    data: list[ChangeOut]
