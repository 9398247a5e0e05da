"""Which models end, where, and when? Deprecations and retirements as their providers announce them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from models_catalog.findings.facts import displayed_sources
from models_catalog.findings.records import SourceCredit
from models_catalog.findings.remembered import remembered
from models_catalog.findings.status import credit
from models_catalog.models import CurrentObservation, Observation, Resolution
from models_catalog.normalise.hosts import host_title
from models_catalog.sources import by_slug
from models_catalog.vocabulary import FactKind

SOON = timedelta(days=90)
PLACEHOLDER = timedelta(days=3653)  # nobody plans ten years ahead: 31 Dec 2098 means "none set"
DEPRECATION = "deprecated"  # announced to end; every other word of a source is the day it ends


@dataclass(frozen=True, slots=True)
class LifecycleEvent:
    """What ends, at whom, when, as one announcement words it. `on` None: the source states no day.

    `also` are further announcements of the same: by other sources, or by one under several names.
    """

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
    snapshot: str = ""  # slug of the dated checkpoint that is meant
    also: tuple[LifecycleEvent, ...] = ()

    @property
    def announcements(self) -> tuple[LifecycleEvent, ...]:
        """Every one of it, this one first."""
        return (self, *self.also)

    @property
    def stated_by(self) -> str:
        """The titles of all sources that announce it."""
        return ", ".join(dict.fromkeys(row.source_title for row in self.announcements))

    @property
    def what(self) -> str:
        """What happens, whoever announces it and for whichever day."""
        return f"{host_title(self.provider)}/{self.snapshot or self.model or self.name}/{self.event}"

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
    """Every end that is announced, once, seen from `today`; `organization` is a slug, "" for all."""
    events = remembered(("lifecycle", organization), lambda: once(announced(organization)))
    dated = sorted((row for row in events if row.on and row.on < today + PLACEHOLDER), key=day_and_name)
    days = {row.observation for row in dated}
    coming = [row for row in dated if row.on and row.on >= today]
    return Lifecycle(
        on=today,
        soon=tuple(row for row in coming if row.on and row.on <= today + SOON),
        later=tuple(row for row in coming if row.on and row.on > today + SOON),
        past=tuple(reversed([row for row in dated if row.on and row.on < today])),
        undated=tuple(sorted((row for row in events if row.observation not in days), key=day_and_name)),
        credits=tuple(credit(slug) for slug in sorted(sources_of(events))),
    )


def sources_of(events: Iterable[LifecycleEvent]) -> set[str]:
    return {row.source for event in events for row in event.announcements}


def once(announcements: Iterable[LifecycleEvent]) -> tuple[LifecycleEvent, ...]:
    """One row per event: the provider's own announcement before others', the rest beside it."""
    same: dict[tuple[str, date | None], list[LifecycleEvent]] = defaultdict(list)
    for row in sorted(announcements, key=first_hand):
        same[row.what, row.on].append(row)
    return tuple(replace(first, also=tuple(others)) for first, *others in same.values())


def first_hand(row: LifecycleEvent) -> tuple[bool, str, str, int]:
    return row.source != row.provider, row.source, row.subject.lower(), row.observation


def day_and_name(row: LifecycleEvent) -> tuple[date, str, str, str]:
    return row.on or date.max, row.name.lower(), row.provider, row.event


def announced(organization: str) -> tuple[LifecycleEvent, ...]:
    rows = CurrentObservation.objects.filter(kind=FactKind.LIFECYCLE, observation__present=True)
    rows = rows.filter(subject__source__in=displayed_sources())
    if organization:
        rows = rows.filter(subject__resolution__model__organization__slug=organization)
    rows = rows.select_related(
        *("observation__subject", "subject__resolution__snapshot"),
        "subject__resolution__model__organization",
    )
    return tuple(
        lifecycle_event(row.observation, getattr(row.subject, "resolution", None))
        for row in rows.order_by("pk")
    )


def lifecycle_event(row: Observation, known: Resolution | None) -> LifecycleEvent:
    value: dict[str, Any] = row.value
    model, snapshot = (known.model, known.snapshot) if known else (None, None)
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
        snapshot=snapshot.slug if snapshot else "",
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
