"""How often was what downloaded? Every sampled day of every name, the newest count of that day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from models_catalog.findings.facts import displayed_sources
from models_catalog.findings.moment import Moment
from models_catalog.findings.paging import Position
from models_catalog.findings.stated import subjects_of, who
from models_catalog.models import DownloadSample, Fetch, Subject
from models_catalog.sources import SOURCES


@dataclass(frozen=True, slots=True)
class DownloadQuery:
    """Empty means any; days are inclusive."""

    model: str = ""
    source: str = ""
    window: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Downloads:
    """One count over a window that ended on a day. Counts of a trailing window are never summed over days."""

    sample: DownloadSample
    subject: Subject
    model: str
    name: str
    sha256: str

    @property
    def position(self) -> Position:
        row = self.sample
        return [row.subject_id, row.window, row.day.isoformat(), row.observed_at.isoformat()], None


def downloads(query: DownloadQuery, moment: Moment, after: Position | None, limit: int) -> list[Downloads]:
    """Up to `limit` counts after a position, in the order of subject, window and day."""
    rows = counted(query, moment)
    if after is not None:
        rows = rows.filter(pk__gt=tuple(after[0]))
    found = list(rows.order_by("subject_id", "window", "day", "observed_at")[:limit])
    subjects = Subject.objects.in_bulk({row.subject_id for row in found})
    hashes = dict(Fetch.objects.filter(pk__in={row.fetch_id for row in found}).values_list("pk", "sha256"))
    known = who(subjects, moment)
    return [
        Downloads(row, subjects[row.subject_id], *known[row.subject_id], hashes.get(row.fetch_id, ""))
        for row in found
    ]


def counted(query: DownloadQuery, moment: Moment) -> QuerySet[DownloadSample]:
    limits: dict[str, Any] = {"recorded_at__lte": moment.known_at} if moment.known_at else {}
    later = DownloadSample.objects.filter(
        subject_id=OuterRef("subject_id"),
        window=OuterRef("window"),
        day=OuterRef("day"),
        observed_at__gt=OuterRef("observed_at"),
        **limits,
    )
    rows = DownloadSample.objects.filter(asked(query, moment), ~Exists(later), **limits)
    if query.model:
        rows = rows.filter(subject_id__in=subjects_of([query.model], moment))
    shown = displayed_sources()
    if query.source or len(shown) < len(SOURCES):
        allowed = [slug for slug in shown if query.source in ("", slug)]
        rows = rows.filter(subject_id__in=Subject.objects.filter(source__in=allowed).values("pk"))
    return rows


def asked(query: DownloadQuery, moment: Moment) -> Q:
    days: Mapping[str, date | None] = {"day__gte": query.since, "day__lte": query.until}
    found = Q(**{name: day for name, day in days.items() if day})
    if moment.as_of:
        found &= Q(day__lte=moment.as_of)
    return found & Q(window=query.window) if query.window else found
