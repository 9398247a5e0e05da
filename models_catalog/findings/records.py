"""What a finding hands to page, API, chart and e-mail: small frozen records, already judged.

Numbers carry their unit in the field name or beside them; a missing value is None with a reason.
`observation` fields are ids of stored observations: the evidence of the value next to them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from models_catalog.vocabulary import Access, Cut, Inputs, Method, Tier


@dataclass(frozen=True, slots=True)
class SourceCredit:
    """The line under a figure: whose data, under what terms, retrieved when."""

    slug: str
    title: str
    home: str
    data_licence: str
    attribution: str
    retrieved: datetime | None


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
    level_observation: int | None = (
        None  # behind the three numbers, where a list looked them up: see `row_evidence`
    )
    input_observation: int | None = None
    output_observation: int | None = None


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
    base_model: str  # as its repository declares it; "" where none does
    derived: tuple[
        tuple[str, str], ...
    ]  # slug and name of models whose repositories declare it as their base


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


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where one stored value comes from."""

    observation: int
    source: str
    source_title: str
    kind: str
    key: str
    subject: str
    quote: str
    value: dict[str, object]
    valid_from: date | None
    observed_at: datetime
    recorded_at: datetime
    sha256: str
    url: str
    board: str
    outcome: str
    credit: SourceCredit
    model: str  # slug, "" when unresolved
    displayed: bool  # False: the owner's terms do not allow public display


@dataclass(frozen=True, slots=True)
class IncidentLine:
    """One board in trouble: what, since when, how often, and when it is tried again."""

    board: str
    cause: str
    detail: str
    opened_at: datetime
    last_at: datetime
    times: int
    next_try_at: datetime | None
    title: str = ""  # of the board


@dataclass(frozen=True, slots=True)
class SweepLine:
    """One list: the pass under way or the last one, and the last whole pass.

    `cursor_moved`: when the last page was committed. `under_way` is false between two passes.
    """

    sweep: str
    under_way: bool
    pages: int  # of this pass
    rows: int
    begun: datetime | None
    cursor_moved: datetime | None
    due: datetime
    failures: int  # in a row
    finished: datetime | None  # end of the last whole pass
    finished_rows: int


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """One page in quarantine: what the gate objected to. `page` is its number for `manage.py gate`."""

    page: int
    board: str
    title: str  # of the board
    observed_at: datetime
    since: datetime
    records: int
    reason: str


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One source on the status page."""

    slug: str
    title: str
    home: str
    owner: str
    data_licence: str
    terms_url: str
    basis: str
    export: bool
    display: bool
    robots: str
    verified: str  # "" = no live run has been accepted yet
    boards: tuple[str, ...]
    cadence_hours: float
    stale: bool
    newest_observed: datetime | None  # newest capture with accepted content
    last_run: datetime | None
    last_outcome: str
    last_reason: str
    next_attempt: datetime | None
    files: int
    observations: int
    subjects: int
    resolved: int
    last_success: datetime | None = None  # last live run that delivered
    incidents: tuple[IncidentLine, ...] = ()  # open ones
    waiting: tuple[WaitingPage, ...] = ()  # in quarantine
    stale_after_hours: float = 0.0
    enabled: bool = True  # False after three challenges: a person must enable it
    off: str = ""  # why it is not collected here: no key is set
    attribution: str = ""
    sweeps: tuple[SweepLine, ...] = ()  # of lists longer than a page


@dataclass(frozen=True, slots=True)
class OpennessLine:
    """One separate fact of a model's openness. `value` "" = not known, and `missing` says why."""

    label: str
    value: str
    stated_by: str
    missing: str


@dataclass(frozen=True, slots=True)
class IndexGrade:
    """How open one part of a system's making is, as the European Open Source AI Index grades it."""

    criterion: str
    grade: str  # open, partial or closed
    notes: str
    subject: str  # the system's name there
    observation: int


@dataclass(frozen=True, slots=True)
class OpennessDetail:
    """A model's openness with the facts behind it, as known at an instant (None: now)."""

    tier: Tier
    reason: str
    access: Access
    access_reason: str
    released: date | None
    released_kind: str
    released_source: str
    lines: tuple[OpennessLine, ...]
    index: tuple[IndexGrade, ...]
    conflicts: tuple[str, ...]
    known_at: datetime | None


class CorrectionState(StrEnum):
    """Is a correction needed, as far as the newest payloads tell?"""

    IN_FORCE = "in force"
    SETTLED = "settled"  # the source states something else by itself now
    NOT_STATED = "not stated"  # no payload here holds the statement
    REPLACED = "replaced"  # a later correction of the same mistake counts
    TAKEN_BACK = "taken back"


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """One corrected value: whose statement about what, from what to what, why, and whether it is still needed."""

    number: int
    source: str
    source_title: str
    subject: str
    key: str
    field: str
    wrong: str
    right: str
    reason: str
    cite: str
    reviewed_on: date
    recorded_at: datetime
    state: CorrectionState
    states_now: str
    states_since: datetime | None
    observation: int | None  # the statement as stored: never changed
    model: str  # slug, "" when unresolved


@dataclass(frozen=True, slots=True)
class Summary:
    """What the demo prints at the end."""

    sources: tuple[SourceLine, ...]
    names: int
    resolved: int
    models: int
    gap_lines: tuple[str, ...]
