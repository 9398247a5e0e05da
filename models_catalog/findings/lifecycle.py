"""Which models end, where, and when? Deprecations and retirements as their providers announce them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from models_catalog.findings.facts import displayed_sources
from models_catalog.findings.records import SourceCredit
from models_catalog.findings.remembered import remembered
from models_catalog.findings.status import credit
from models_catalog.models import AIModel, CurrentObservation, Observation
from models_catalog.sources import by_slug
from models_catalog.vocabulary import FactKind

SOON = timedelta(days=90)
PLACEHOLDER = timedelta(days=3653)  # nobody plans ten years ahead: 31 Dec 2098 means "none set"
DEPRECATION = "deprecated"  # announced to end; every other word of a source is the day it ends


@dataclass(frozen=True, slots=True)
class LifecycleEvent:
    """One announcement: what ends, at whom, when. `on` None: the source states no day."""

    event: str  # the source's word: "deprecated", "retires", "expires"
    on: date | None
    provider: str
    subject: str  # the name the source uses
    model: str  # slug, "" when unresolved
    name: str  # our name of the model, else the source's
    organization: str
    source: str
    source_title: str
    quote: str
    observed_at: datetime
    observation: int

    @property
    def ends(self) -> bool:
        """It is the end itself, not the announcement of one."""
        return self.event != DEPRECATION


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """Seen from one day: ends within the next 90 days, later, past (newest first), and without a day that means one."""

    on: date
    soon: tuple[LifecycleEvent, ...]
    later: tuple[LifecycleEvent, ...]
    past: tuple[LifecycleEvent, ...]
    undated: tuple[LifecycleEvent, ...]
    credits: tuple[SourceCredit, ...]


def lifecycle(today: date, *, organization: str = "") -> Lifecycle:
    """Every announcement that stands, seen from `today`; `organization` is a slug, "" for all."""
    events = remembered(("lifecycle", organization), lambda: announced(organization))
    dated = sorted((row for row in events if row.on and row.on < today + PLACEHOLDER), key=day_and_name)
    days = {row.observation for row in dated}
    coming = [row for row in dated if row.on and row.on >= today]
    return Lifecycle(
        on=today,
        soon=tuple(row for row in coming if row.on and row.on <= today + SOON),
        later=tuple(row for row in coming if row.on and row.on > today + SOON),
        past=tuple(reversed([row for row in dated if row.on and row.on < today])),
        undated=tuple(sorted((row for row in events if row.observation not in days), key=day_and_name)),
        credits=tuple(credit(slug) for slug in sorted({row.source for row in events})),
    )


def day_and_name(row: LifecycleEvent) -> tuple[date, str, str, str]:
    return row.on or date.max, row.name.lower(), row.provider, row.event


def announced(organization: str) -> tuple[LifecycleEvent, ...]:
    rows = CurrentObservation.objects.filter(kind=FactKind.LIFECYCLE, observation__present=True)
    rows = rows.filter(subject__source__in=displayed_sources())
    if organization:
        rows = rows.filter(subject__resolution__model__organization__slug=organization)
    rows = rows.select_related("observation__subject", "subject__resolution__model__organization")
    return tuple(lifecycle_event(row.observation, model_of(row)) for row in rows.order_by("pk"))


def model_of(row: CurrentObservation) -> AIModel | None:
    resolution = getattr(row.subject, "resolution", None)
    return resolution.model if resolution else None


def lifecycle_event(row: Observation, model: AIModel | None) -> LifecycleEvent:
    value: dict[str, Any] = row.value
    source = row.subject.source
    return LifecycleEvent(
        event=str(value["event"]),
        on=stated_day(value.get("date")),
        provider=str(value["provider"]),
        subject=row.subject.name,
        model=model.slug if model else "",
        name=model.name if model else row.subject.name,
        organization=model.organization.name if model and model.organization else "",
        source=source,
        source_title=by_slug(source).title,
        quote=str(value.get("quote", "")),
        observed_at=row.observed_at,
        observation=row.pk,
    )


def stated_day(text: object) -> date | None:
    """The stored ISO day; a month or a year alone is no day."""
    try:
        return date.fromisoformat(str(text)) if text else None
    except ValueError:
        return None


def ends_only(rows: Iterable[LifecycleEvent]) -> tuple[LifecycleEvent, ...]:
    """Without the announcements that something will end some day."""
    return tuple(row for row in rows if row.ends)
