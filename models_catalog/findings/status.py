"""How old and how healthy is every source, and what may be done with its data?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Max, Min
from django.utils import timezone

from models_catalog.findings.holdings import DELIVERED, Holding, holdings
from models_catalog.findings.records import IncidentLine, SourceCredit, SourceLine, SweepLine, WaitingPage
from models_catalog.findings.registered import registered_line
from models_catalog.findings.remembered import asked_once
from models_catalog.findings.sweeps import sweep_lines
from models_catalog.findings.trouble import open_incidents, waiting_pages
from models_catalog.models import Fetch, Heartbeat, Run, SourceState
from models_catalog.sources import SOURCES, by_slug
from models_catalog.sources.contract import Source
from models_catalog.vocabulary import Outcome


@dataclass(frozen=True, slots=True)
class Course:
    """How collecting one source goes. Small tables, read anew each time: a failing run makes no generation."""

    last: Run | None  # the newest run that ended
    first_delivery: datetime | None  # of a live run
    state: SourceState | None
    incidents: tuple[IncidentLine, ...]
    waiting: tuple[WaitingPage, ...]
    sweeps: tuple[SweepLine, ...]


def source_lines() -> tuple[SourceLine, ...]:
    """One line per registered source, in the registry's order; one page sees them once."""
    return asked_once("source lines", looked_up_lines)


def looked_up_lines() -> tuple[SourceLine, ...]:
    held, going = holdings(), courses()
    return tuple(
        source_line(source, held.get(source.slug, Holding()), going[source.slug]) for source in SOURCES
    )


def courses() -> dict[str, Course]:
    """By source slug, for every registered source."""
    ended = Run.objects.exclude(finished_at=None).order_by("source", "-id").distinct("source")
    last = {run.source: run for run in ended}
    live = Run.objects.filter(trigger=Run.Trigger.LIVE, outcome__in=DELIVERED)
    first = dict(live.values_list("source").annotate(first=Min("started_at")).values_list("source", "first"))
    states = SourceState.objects.in_bulk()
    incidents, waiting, sweeps = open_incidents(), waiting_pages(), sweep_lines()
    return {
        slug: Course(
            last=last.get(slug),
            first_delivery=first.get(slug),
            state=states.get(slug),
            incidents=tuple(incidents.get(slug, ())),
            waiting=tuple(waiting.get(slug, ())),
            sweeps=tuple(sweeps.get(slug, ())),
        )
        for slug in (source.slug for source in SOURCES)
    }


def source_line(source: Source, held: Holding, course: Course) -> SourceLine:
    run, state, first = course.last, course.state, course.first_delivery
    return replace(
        registered_line(source),
        verified=source.verified or (f"accepted live on {first:%Y-%m-%d}" if first else ""),
        stale=held.newest is None or timezone.now() - held.newest > source.stale_after,
        newest_observed=held.newest,
        last_run=run.finished_at if run else None,
        last_outcome=run.outcome if run else "",
        last_reason=run.reason if run else "",
        next_attempt=state.next_attempt_at if state else None,
        files=held.files,
        observations=held.observations,
        subjects=held.subjects,
        resolved=held.resolved,
        last_success=state.last_success_at if state else None,
        incidents=course.incidents,
        waiting=course.waiting,
        stale_after_hours=source.stale_after.total_seconds() / 3600,
        enabled=state.enabled if state else True,
        off=source.off(settings.OPENGAP_KEYS, settings.OPENGAP_MIRRORS),
        sweeps=course.sweeps,
    )


def credit(slug: str, retrieved: datetime | None = None) -> SourceCredit:
    """The line under a figure for one source; without a date, its newest accepted capture."""
    source = by_slug(slug)
    if retrieved is None:
        retrieved = asked_once("newest captures", newest_captures).get(slug)
    return credit_of(source, retrieved)


def credit_of(source: Source, retrieved: datetime | None) -> SourceCredit:
    rights = source.rights
    return SourceCredit(
        slug=source.slug,
        title=source.title,
        home=source.home,
        data_licence=rights.data_licence,
        attribution=rights.attribution,
        retrieved=retrieved,
        export=rights.export,
    )


def newest_captures() -> dict[str, datetime]:
    """By source: when its newest page that delivered was captured."""
    delivered = Fetch.objects.filter(outcome__in=DELIVERED).values_list("source")
    return {source: newest for source, newest in delivered.annotate(newest=Max("observed_at")) if newest}


def credit_known(slug: str, known_at: datetime) -> SourceCredit:
    """The same as it was known: by the newest page that brought something and was recorded by then.

    Pages that confirmed what was there are left out: they are stamped without a turn (see `models.turns`).
    """
    brought = Fetch.objects.filter(source=slug, outcome=Outcome.ACCEPTED, recorded_at__lte=known_at)
    return credit_of(by_slug(slug), brought.aggregate(newest=Max("observed_at"))["newest"])


def newest_run() -> tuple[int | None, datetime | None]:
    """What changes whenever a source was asked: the number of the newest run, and when one last ended."""
    found = Run.objects.aggregate(newest=Max("id"), ended=Max("finished_at"))
    return found["newest"], found["ended"]


def worker_age() -> timedelta | None:
    """How long ago did a worker last prove that it consumes? None: never."""
    newest = Heartbeat.objects.aggregate(newest=Max("beat_at"))["newest"]
    return timezone.now() - newest if newest else None
