"""How far is sending? Counts by state, of one edition or of the short mails, and what nobody knows about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min
from django.utils import timezone

from models_catalog.digests.stopping import reports_of
from models_catalog.findings.records import IncidentLine
from models_catalog.findings.trouble import digest_incidents
from models_catalog.models import Delivery, Edition, HostState, Subscriber
from models_catalog.vocabulary import DeliveryState, Standing


@dataclass(frozen=True, slots=True)
class Progress:
    """`states` has every state, also those without rows; `bounces` and `complaints` as the stop rule counts them."""

    week: str  # "" for the short mails: to confirm, and to who reads already
    states: Mapping[DeliveryState, int]
    first_due: datetime | None
    last_due: datetime | None
    bounces: int = 0
    complaints: int = 0
    held: str = ""

    @property
    def total(self) -> int:
        return sum(self.states.values())


@dataclass(frozen=True, slots=True)
class Uncertain:
    """A mail that may have arrived: never sent again by itself. A person decides."""

    delivery: int
    week: str
    message_id: str
    since: datetime | None
    reply: str


@dataclass(frozen=True, slots=True)
class Post:
    """The whole outbox: readers, editions under way, the short mails, the mail host, and what is wrong."""

    readers: Mapping[Standing, int]
    editions: tuple[Progress, ...]
    notices: Progress
    uncertain: tuple[Uncertain, ...]
    host_left_alone_until: datetime | None
    host_reason: str
    incidents: tuple[IncidentLine, ...]


def post(editions: int = 5) -> Post:
    standings = Subscriber.objects.values_list("standing").annotate(number=Count("pk"))
    counted = dict(standings.values_list("standing", "number"))
    host = HostState.objects.filter(host="outgoing mail").first()
    left_alone = bool(host and host.held_until and host.held_until > timezone.now())
    return Post(
        readers={standing: counted.get(standing.value, 0) for standing in Standing},
        editions=tuple(progress_of(row) for row in Edition.objects.order_by("-week")[:editions]),
        notices=notices(),
        uncertain=uncertain(),
        host_left_alone_until=host.held_until if host and left_alone else None,
        host_reason=host.reason if host and left_alone else "",
        incidents=tuple(digest_incidents()),
    )


def progress_of(edition: Edition) -> Progress:
    rows = Delivery.objects.filter(edition=edition)
    dues = rows.aggregate(first=Min("not_before"), last=Max("not_before"))
    reports = reports_of(edition)
    return Progress(
        week=edition.week,
        states=states_of(edition),
        first_due=dues["first"],
        last_due=dues["last"],
        bounces=reports.bounces,
        complaints=reports.complaints,
        held=edition.held_reason,
    )


def notices() -> Progress:
    return Progress(week="", states=states_of(None), first_due=None, last_due=None)


def states_of(edition: Edition | None) -> dict[DeliveryState, int]:
    rows = Delivery.objects.filter(edition=edition).values_list("state").annotate(number=Count("pk"))
    counted = dict(rows.values_list("state", "number"))
    return {state: counted.get(state.value, 0) for state in DeliveryState}


def uncertain(limit: int = 1000) -> tuple[Uncertain, ...]:
    rows = Delivery.objects.filter(state=DeliveryState.UNCERTAIN).select_related("edition").order_by("id")
    return tuple(
        Uncertain(row.pk, row.edition.week if row.edition else "", row.message_id, row.data_at, row.reply)
        for row in rows[:limit]
    )


def in_words(progress: Progress) -> str:
    """ "120 of 200 sent, 78 pending, 2 uncertain"."""
    others = [f"{number} {state}" for state, number in progress.states.items() if number and state != "sent"]
    return ", ".join([f"{progress.states[DeliveryState.SENT]} of {progress.total} sent", *others])
