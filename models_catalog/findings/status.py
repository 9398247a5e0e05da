"""How old and how healthy is every source, and what may be done with its data?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q
from django.utils import timezone

from models_catalog.findings.records import IncidentLine, SourceCredit, SourceLine
from models_catalog.models import (
    CurrentObservation,
    DownloadSample,
    Fetch,
    Heartbeat,
    Incident,
    Run,
    SourceState,
    Subject,
)
from models_catalog.sources import SOURCES, by_slug
from models_catalog.sources.contract import Source
from models_catalog.vocabulary import Outcome

DELIVERED = (Outcome.ACCEPTED, Outcome.UNCHANGED)


def source_lines() -> tuple[SourceLine, ...]:
    """One line per registered source, in the registry's order."""
    fetched = rows_by_source(
        Fetch.objects.filter(outcome__in=DELIVERED)
        .values("source")
        .annotate(newest=Max("observed_at"), files=Count("id"))
    )
    subjects = rows_by_source(
        Subject.objects.values("source").annotate(
            all=Count("id"), resolved=Count("id", filter=Q(resolution__model__isnull=False))
        )
    )
    facts = rows_by_source(
        CurrentObservation.objects.values("subject__source").annotate(count=Count("pk")), "subject__source"
    )
    samples = sample_counts()
    states = {state.slug: state for state in SourceState.objects.all()}
    return tuple(
        source_line(
            source,
            fetched.get(source.slug, {}),
            subjects.get(source.slug, {}),
            facts.get(source.slug, {}).get("count", 0) + samples.get(source.slug, 0),
            states.get(source.slug),
        )
        for source in SOURCES
    )


def rows_by_source(rows: Any, key: str = "source") -> dict[str, dict[str, Any]]:
    return {row[key]: row for row in rows}


def sample_counts() -> dict[str, int]:
    """Download samples per source: their table has no foreign key, so the fetch names the source."""
    sources = dict(Fetch.objects.filter(outcome=Outcome.ACCEPTED).values_list("id", "source"))
    counts: dict[str, int] = {}
    for fetch, count in DownloadSample.objects.values_list("fetch_id").annotate(count=Count("*")):
        if fetch in sources:
            counts[sources[fetch]] = counts.get(sources[fetch], 0) + count
    return counts


def source_line(
    source: Source,
    fetched: Mapping[str, Any],
    subjects: Mapping[str, Any],
    observations: int,
    state: SourceState | None,
) -> SourceLine:
    run = Run.objects.filter(source=source.slug).exclude(finished_at=None).order_by("-id").first()
    newest: datetime | None = fetched.get("newest")
    rights = source.rights
    return SourceLine(
        slug=source.slug,
        title=source.title,
        home=source.home,
        owner=rights.owner,
        data_licence=rights.data_licence,
        terms_url=rights.terms_url,
        basis=rights.basis,
        export=rights.export,
        display=rights.display,
        robots=rights.robots,
        verified=source.verified or live_verdict(source.slug),
        boards=tuple(board.title for board in source.boards),
        cadence_hours=source.cadence.total_seconds() / 3600,
        stale=newest is None or timezone.now() - newest > source.stale_after,
        newest_observed=newest,
        last_run=run.finished_at if run else None,
        last_outcome=run.outcome if run else "",
        last_reason=run.reason if run else "",
        next_attempt=state.next_attempt_at if state else None,
        files=fetched.get("files", 0),
        observations=observations,
        subjects=subjects.get("all", 0),
        resolved=subjects.get("resolved", 0),
        last_success=state.last_success_at if state else None,
        incidents=open_incidents(source.slug),
    )


def open_incidents(slug: str) -> tuple[IncidentLine, ...]:
    rows = Incident.objects.filter(source=slug, closed_at=None).order_by("board")
    return tuple(
        IncidentLine(row.board, row.cause, row.detail, row.opened_at, row.last_at, row.times, row.next_try_at)
        for row in rows
    )


def live_verdict(slug: str) -> str:
    """ "" until a live run of this installation has been accepted once."""
    live = Run.objects.filter(source=slug, trigger=Run.Trigger.LIVE, outcome__in=DELIVERED)
    first = live.order_by("id").first()
    return f"accepted live on {first.started_at:%Y-%m-%d}" if first else ""


def uncleared() -> tuple[SourceLine, ...]:
    """Sources that hold nothing here because their owner's terms do not clear redistribution."""
    return tuple(line for line in source_lines() if not line.export and not line.observations)


def credit(slug: str, retrieved: datetime | None = None) -> SourceCredit:
    """The line under a figure for one source; without a date, its newest accepted capture."""
    source = by_slug(slug)
    if retrieved is None:
        newest = Fetch.objects.filter(source=slug, outcome__in=DELIVERED).aggregate(newest=Max("observed_at"))
        retrieved = newest["newest"]
    rights = source.rights
    return SourceCredit(slug, source.title, source.home, rights.data_licence, rights.attribution, retrieved)


def worker_age() -> timedelta | None:
    """How long ago did a worker last prove that it consumes? None: never."""
    newest = Heartbeat.objects.aggregate(newest=Max("beat_at"))["newest"]
    return timezone.now() - newest if newest else None
