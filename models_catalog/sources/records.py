"""What a page says, one record a fact, in the source's own words: own ids, own names, own units."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from models_catalog.vocabulary import DateKind, FactKind, PriceUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record carries. `model` is the source's own id, `name` its own display name.

    `quote` is the verbatim cell (or JSON fragment) the value was read from, at most 200 characters.
    """

    kind: ClassVar[FactKind]
    key_fields: ClassVar[tuple[str, ...]] = ()  # with `model` and `kind`, what makes the fact unique
    model: str
    name: str
    quote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseSeen(Record):
    """The source states that a model exists, and what it says about it."""

    kind = FactKind.RELEASE
    organization: str | None = None
    family: str | None = None
    date: str | None = None  # the source's own words: "2025-08-07", "2025-08", "9/20/2023", "2024"
    date_kind: DateKind = DateKind.ANNOUNCED
    access_claim: str | None = None  # own words: "Open weights (unrestricted)", "open_weights: true"
    access_group: str | None = None  # a second, coarser claim beside it: "Open weights", "Closed weights"
    hub_repository: str | None = None
    hub_id: str | None = None  # the Hub's own `_id`; names are dated aliases
    base_model: str | None = None  # own words; several are joined by commas
    base_relation: str | None = None  # the Hub's word for it: "quantized", "finetune", "adapter", "merge"
    parameters: int | None = None
    context_tokens: int | None = None
    country: str | None = None
    modalities_in: tuple[str, ...] = ()
    modalities_out: tuple[str, ...] = ()
    status: str | None = None  # own words: "deprecated", "alpha", …
    task: str | None = None  # the Hub's pipeline_tag, Epoch's Domain


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceSeen(Record):
    """A licence statement in the source's own words. `other` is not closed; absent is unknown."""

    kind = FactKind.LICENCE
    licence: str | None = None
    licence_name: str | None = None
    link: str | None = None
    gated: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DownloadsSeen(Record):
    """A count over a window: "30d" is trailing thirty days and is never summed over days.

    "all-time" has no end; "1d tokens" counts tokens a router served on one day, not downloads.
    """

    kind = FactKind.DOWNLOADS
    key_fields = ("window", "day")
    window: str
    count: int
    day: str = ""  # ISO day the count is of, where a page holds several; "" = the day of the capture
    likes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceSeen(Record):
    """One price. `amount` None with `variable` True means the source says "depends"; absent is not zero."""

    kind = FactKind.PRICE
    key_fields = ("provider", "unit", "tier", "band", "currency", "region")
    provider: str
    unit: PriceUnit
    amount: Decimal | None
    per: str  # own unit: "token", "1M tokens", "1K tokens", "request", "search"; "unit" when it is unclear
    currency: str = "USD"
    tier: str = "standard"
    band: str = ""  # context band, own words, "" = any length
    region: str = ""
    variable: bool = False
    valid_from: str | None = None
    valid_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreSeen(Record):
    """One result of one model (variant) on one benchmark (release), in the source's own unit."""

    kind = FactKind.SCORE
    key_fields = ("benchmark", "metric", "run")
    benchmark: str
    metric: str
    value: Decimal
    unit: str  # "percent", "fraction", "index", "elo"; "unstated" when the source names none
    run: str = ""  # tells several runs of one model apart
    higher_is_better: bool = True
    low: Decimal | None = None
    high: Decimal | None = None
    interval_level: float | None = None  # 0.90 for a 90 % interval
    evaluator: str | None = None  # who measured: own words
    evaluator_type: str | None = None  # "independent": the source measured it; "third-party": it took it over
    evaluated_on: str | None = None
    settings: str | None = None  # effort, edit format, scaffold …
    cost_usd: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuntimeSeen(Record):
    kind = FactKind.RUNTIME
    key_fields = ("runtime",)
    runtime: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LifecycleSeen(Record):
    kind = FactKind.LIFECYCLE
    key_fields = ("provider", "event")
    provider: str
    event: str  # own words: "deprecated", "retires", "expires"
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpennessSeen(Record):
    """How open one part of a model's making is, as an index grades it: product.md's separate facts."""

    kind = FactKind.OPENNESS
    key_fields = ("criterion",)
    criterion: str  # own words: "weights_endmodel", "trainingcode"
    grade: str  # own words: "open", "partial", "closed"
    link: str | None = None
    notes: str | None = None


PROVIDER = "provider:"  # how the `model` of a ProviderSeen begins: identity leaves such subjects alone


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderSeen(Record):
    """A host that serves models. It is no model: its `model` is PROVIDER and the host's own slug."""

    kind = FactKind.PROVIDER
    headquarters: str | None = None  # own words; OpenRouter: two-letter country
    datacenters: tuple[str, ...] = ()
    terms_url: str | None = None
    privacy_url: str | None = None
    status_url: str | None = None


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row that could not be read. Named and counted, never dropped in silence."""

    row: str
    reason: str
    quote: str = ""
    implausible: bool = False  # readable but impossible (negative price, NaN): the page is quarantined


@dataclass(frozen=True, slots=True)
class Drift(RowProblem):
    """Something about a page that costs no value: an unknown column, a row that stands twice, a result of no named
    model, a number whose sign the recorder lost.

    Counted and shown with the problems; by itself it never quarantines a page.
    """


Parsed = Record | RowProblem
