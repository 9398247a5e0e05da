"""The contract of a source: what it declares, what it yields, how it fails.

A source is one module with a frozen `Source`. Its `pages` says which pages to fetch through a door it is
given; its `parse` turns one page into records **in the source's own words** (`records.py`), or fails with an error
that has a name (`errors.py`). Renaming, unit change and judgement happen later, once, inside. Everything here is
pure: no network, no database, no Django.

A module of a source needs nothing but this one: records and errors are handed on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from typing import Protocol

from models_catalog.sources.errors import (
    Challenge,
    EmptyPayload,
    MissingColumn,
    PayloadError,
    SourceError,
    TransportError,
    Truncated,
    WrongShape,
)
from models_catalog.sources.records import (
    PROVIDER,
    DownloadsSeen,
    Drift,
    LicenceSeen,
    LifecycleSeen,
    OpennessSeen,
    Parsed,
    PriceSeen,
    ProviderSeen,
    Record,
    ReleaseSeen,
    RowProblem,
    RuntimeSeen,
    ScoreSeen,
)
from models_catalog.vocabulary import FactKind

__all__ = [
    "PROVIDER",
    "Board",
    "Bounds",
    "Challenge",
    "Door",
    "DownloadsSeen",
    "Drift",
    "EmptyPayload",
    "LicenceSeen",
    "LifecycleSeen",
    "MissingColumn",
    "OpennessSeen",
    "Page",
    "Parsed",
    "PayloadError",
    "PriceSeen",
    "ProviderSeen",
    "Record",
    "ReleaseSeen",
    "Rights",
    "RowProblem",
    "RuntimeSeen",
    "ScoreSeen",
    "Source",
    "SourceError",
    "Sweep",
    "TransportError",
    "Truncated",
    "Unread",
    "WrongShape",
    "fits",
    "nothing",
    "nothing_restated",
]


@dataclass(frozen=True, slots=True)
class Page:
    """One payload as it arrived, decompressed. `observed_at` is when it was captured (UTC)."""

    board: str
    url: str
    body: bytes
    observed_at: datetime
    file: str | None = None  # the recorded file it was read from, if any
    next_url: str | None = None  # the page after this one, if the answer named it (Link: rel="next")


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
