"""A source as pages show it: whose data, how fresh, what went wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SourceCredit:
    """The line under a figure: whose data, under what terms, retrieved when."""

    slug: str
    title: str
    home: str
    data_licence: str
    attribution: str
    retrieved: datetime | None
    export: bool = False  # may its quoted values be handed on? Unknown means no


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
class Summary:
    """What the demo prints at the end."""

    sources: tuple[SourceLine, ...]
    names: int
    resolved: int
    models: int
    gap_lines: tuple[str, ...]
