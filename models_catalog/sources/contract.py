"""The contract of a source: what it declares, what it yields, how it fails.

A source is one module with a frozen `Source`. Its `pages` says which pages to fetch through a door it is
given; its `parse` turns one page into records **in the source's own words**: own ids, own names, own units.
Renaming, unit change and judgement happen later, once, inside. Everything here is pure: no network, no
database, no Django.

    SourceError
    ├── TransportError   the page did not arrive; trying again may help          (retry)
    └── PayloadError     the page arrived and is not what the source serves      (no retry)
        ├── EmptyPayload     nothing, or a list without a row
        ├── WrongShape       not the format, or not the structure, that is due
        ├── MissingColumn    a declared column or key is absent
        ├── Truncated        the text stops in the middle
        └── Challenge        a page made for browsers or robots, not data
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from fnmatch import fnmatchcase
from typing import ClassVar, Protocol

from models_catalog.vocabulary import DateKind, FactKind, PriceUnit


class SourceError(Exception):
    """Anything that keeps a page from becoming records. `retry` alone decides whether to try again."""

    retry: ClassVar[bool] = False


class TransportError(SourceError):
    retry = True


class PayloadError(SourceError):
    pass


class EmptyPayload(PayloadError):
    pass


class WrongShape(PayloadError):
    pass


class MissingColumn(PayloadError):
    pass


class Truncated(PayloadError):
    pass


class Challenge(PayloadError):
    pass


@dataclass(frozen=True, slots=True)
class Page:
    """One payload as it arrived, decompressed. `observed_at` is when it was captured (UTC)."""

    board: str
    url: str
    body: bytes
    observed_at: datetime
    file: str | None = None  # the recorded file it was read from, if any
    next_url: str | None = None  # the page after this one, if the answer named it (Link: rel="next")


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


class Door(Protocol):
    """How a source reaches a page: live, from a recorded folder, or from the archive."""

    def __call__(self, board: str, url: str) -> Page: ...


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far one accepted page may lie from the one before it, per elapsed cadence.

    A board that widens a bound says why, in `reason`. Shape, range and unit checks always apply.
    """

    shrink: float = 0.80  # share of the last page's rows that must be there
    grow: float = 3.0  # times the last page's rows that may be there
    size: float = 0.30  # share of the last page's bytes that must be there
    overlap: float = 0.85  # share of the last page's names that must be there
    changed: float = 0.20  # share of the last page's numbers that may differ
    drift: float = 0.10  # median log-ratio of all numbers, either way
    refitted: bool = False  # every value is recomputed each time: `changed` does not apply, `drift` does
    reason: str = ""  # why any of these is wider than the default


def nothing_restated(_page: Page) -> tuple[FactKind, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Board:
    """One kind of page a source serves.

    `recorded` are glob patterns, relative to the recorded folder of the source, that route files here.
    A board that the source never asks for (no page of it in `pages`) is recorded by a third party: real
    numbers in somebody else's shape. Its title says whose, and it is never complete.
    `complete`: a page holds everything the board lists, so an absent row was withdrawn.
    `restated`: of a page that is not complete, the kinds of facts of which each of its rows states all there
    are: what the row stated before and does not any more was withdrawn.
    `min_rows`: fewer rows than this is a named failure, never an empty success.
    """

    slug: str
    title: str
    url: str
    media: str  # "json" | "csv" | "yaml" | "html" | "markdown" | "tar" | "zip"
    recorded: tuple[str, ...]
    complete: bool = True
    min_rows: int = 1
    bounds: Bounds = Bounds()
    sentinels: tuple[str, ...] = ()  # ids that a whole page cannot lack once they were there
    folder: str = ""  # its folder among recorded payloads, when that is not its source's
    export: bool = True  # False: values of other owners, shown and never exported whatever the source allows
    paged: bool = False  # its answers name the page after them, which a 304 need not: always asked for whole
    restated: Callable[[Page], Collection[FactKind]] = nothing_restated

    def takes(self, path: str) -> bool:
        """Is this recorded file one of the board's? `path` is relative to the source's folder."""
        return any(fits(path, pattern) for pattern in self.recorded)


def fits(path: str, pattern: str) -> bool:
    """Pattern and path are compared part by part: a `*` never spans a slash."""
    parts, globs = path.split("/"), pattern.split("/")
    return len(globs) == len(parts) and all(map(fnmatchcase, parts, globs))


@dataclass(frozen=True, slots=True)
class Unread:
    """Recorded files, or members of an archive, that a source knows and does not read, and why."""

    pattern: str  # a glob, relative to the source's folder
    reason: str


def nothing(_page: Page) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Sweep:
    """A list longer than a page, read page after page along the addresses its answers name (Link: rel="next").

    It begins at `url` every `cadence` and ends where no next page is named, after `pages` pages (0: no limit),
    or with the first page that is `enough`. `seen` names the ids on a page. A `whole` sweep lists all there are
    under its address: what it knew and does not list any more was missed.
    """

    slug: str
    board: str
    url: str
    cadence: timedelta
    pages: int = 0
    enough: Callable[[Page], bool] | None = None
    seen: Callable[[Page], tuple[str, ...]] = nothing
    whole: bool = False
    optional: bool = False  # only where the operator wishes for it: longer than every installation can bear

    @property
    def to_the_end(self) -> bool:
        """Is it followed as far as it goes, so that its length says something?"""
        return not self.pages and self.enough is None


@dataclass(frozen=True, slots=True)
class Rights:
    """What the data owner's cited terms allow. Unknown means no export."""

    owner: str
    terms_url: str
    data_licence: str
    display: bool
    export: bool
    attribution: str
    robots: str  # the decision, in words
    basis: str  # why display and export are what they are, naming the text that was read
    withheld: tuple[str, ...] = ()  # words that mark values of other owners: shown, never exported


@dataclass(frozen=True, slots=True)
class Source:
    """The one declaration of a source. No declaration means no fetch."""

    slug: str
    title: str
    home: str
    rights: Rights
    boards: tuple[Board, ...]
    hosts: tuple[str, ...]  # the only hosts its pages may come from
    cadence: timedelta
    stale_after: timedelta
    pages: Callable[[Door], Iterator[Page]]
    parse: Callable[[Page], Iterator[Parsed]]
    parser_version: int = 1
    verified: str = ""  # "" = no live run has been accepted yet; else what verified it
    api: bool = True  # True: a data endpoint; False: an HTML page (robots.txt applies)
    opaque_ids: bool = False  # its ids are no names; a row without one is known by its name of that day
    folder: str = ""  # its folder among recorded payloads, when that is not its slug
    unpack: Callable[[Page], Iterator[Page | Drift]] | None = None  # an archive's page -> its members' pages
    unread: tuple[Unread, ...] = ()  # what is known and not read, each with its reason
    sweeps: tuple[Sweep, ...] = ()  # asked for instead of `pages` where the live host is reached
    key: str = ""  # the setting with the key its owner gives out; without one the source is off
    key_header: str = "Authorization"  # how the key is sent: there as a bearer token, in another header bare

    @property
    def recorded_in(self) -> str:
        """The first part of its recorded files' paths."""
        return self.folder or self.slug

    def board(self, slug: str) -> Board:
        """The board with this slug; KeyError names the source."""
        for board in self.boards:
            if board.slug == slug:
                return board
        raise KeyError(f"{self.slug} has no board {slug!r}")

    def off(self, keys: Mapping[str, str], mirrors: Mapping[str, str]) -> str:
        """Why it is not collected, "" when it is: no key is set by slug, and no mirror stands in for its host."""
        if not self.key or keys.get(self.slug) or self.slug in mirrors:
            return ""
        return f"off: its owner asks for a key, and {self.key} is not set"

    def is_archive(self, slug: str) -> bool:
        """Is a page of this board nothing but the pages inside it?"""
        return self.unpack is not None and self.board(slug).media == "zip"
