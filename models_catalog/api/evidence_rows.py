"""The shapes of sources and of the log of corrected values."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Schema

from models_catalog.api.schemas import Meta, Row
from models_catalog.findings.records import CorrectionState


class IncidentOut(Schema):
    board: str
    cause: str
    detail: str
    opened_at: datetime
    last_at: datetime
    times: int
    next_try_at: datetime | None


class SweepOut(Schema):
    """How far one list longer than a page has come: this pass, and the end and rows of the last whole one."""

    sweep: str
    under_way: bool
    pages: int
    rows: int
    begun: datetime | None
    cursor_moved: datetime | None
    due: datetime
    failures: int
    finished: datetime | None
    finished_rows: int


class SourceOut(Row):
    """`off` says why a source is not collected here, "" when it is; `attribution` is the credit to be shown."""

    slug: str
    title: str
    home: str
    owner: str
    data_licence: str
    terms_url: str
    basis: str
    display: bool
    export: bool
    verified: str
    cadence_hours: float
    stale: bool | None
    newest_observed: datetime | None
    last_run: datetime | None
    last_outcome: str
    last_reason: str
    next_attempt: datetime | None
    observations: int
    subjects: int
    resolved: int
    last_success: datetime | None
    incidents: list[IncidentOut]
    off: str
    attribution: str
    robots: str
    sweeps: list[SweepOut]


class SourceList(Schema):
    data: list[SourceOut]
    next: str | None
    meta: Meta


class CorrectionOut(Row):
    """`subject` is the source's own id; `observation` the statement as stored, which never changes."""

    number: int
    source: str
    subject: str
    model: str | None
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
    observation: int | None


class CorrectionList(Schema):
    data: list[CorrectionOut]
    next: str | None
    meta: Meta
