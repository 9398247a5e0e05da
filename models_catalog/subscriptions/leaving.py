"""Leaving: pause, unsubscribe, take one's data along, be forgotten, and what is tidied up by itself."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from models_catalog.models import Consent, Delivery, Subscriber, Suppression
from models_catalog.subscriptions import wording
from models_catalog.subscriptions.asking import note
from models_catalog.subscriptions.limits import forget_old_asks
from models_catalog.vocabulary import Agreement, DeliveryState, Standing, Suppressed

UNCONFIRMED_KEPT = timedelta(days=7)
ENDED_KEPT = timedelta(days=90)
OUTBOX_KEPT = timedelta(days=400)
RETENTION = {
    Suppressed.BOUNCED: timedelta(days=180),
    Suppressed.COMPLAINED: timedelta(days=730),
    Suppressed.ERASED: timedelta(days=365),
}
ERASED_DAYS = RETENTION[Suppressed.ERASED].days


@transaction.atomic
def unsubscribe(subscriber: Subscriber) -> bool:
    """No further edition. Links to confirm from before stop working. False when it had ended already."""
    found = Subscriber.objects.select_for_update().get(pk=subscriber.pk)
    drop_waiting(found, "unsubscribed")
    if found.standing == Standing.ENDED:
        return False
    found.standing, found.ended_at, found.round = Standing.ENDED, timezone.now(), found.round + 1
    found.save()
    note(found, Agreement.WITHDRAWN)
    return True


def drop_waiting(subscriber: Subscriber, why: str) -> int:
    """Take the subscriber's waiting mails out of the queue; one that is being sent is checked there again."""
    waiting = Delivery.objects.filter(subscriber=subscriber, state=DeliveryState.PENDING)
    return waiting.update(state=DeliveryState.SKIPPED, reply=why, ended_at=timezone.now())


@transaction.atomic
def pause(subscriber: Subscriber, until: date | None) -> None:
    """Nothing is sent before that day; None ends a pause."""
    subscriber.paused_until = until
    subscriber.save(update_fields=["paused_until"])
    note(subscriber, Agreement.PAUSED if until else Agreement.CHANGED)


@transaction.atomic
def erase(subscriber: Subscriber) -> None:
    """Forget the person: address, wishes, consents go, deliveries stay without a name; a keyed hash remains."""
    suppress(subscriber.address_hash, Suppressed.ERASED)
    drop_waiting(subscriber, "erased")
    subscriber.delete()


def suppress(address_hash: str, reason: Suppressed) -> None:
    """From now on nothing is sent to this address. A longer retention is never shortened."""
    now = timezone.now()
    until = now + RETENTION[reason]
    row, new = Suppression.objects.get_or_create(
        address_hash=address_hash, defaults={"reason": reason, "at": now, "until": until}
    )
    if not new and row.until < until:
        Suppression.objects.filter(pk=row.pk).update(reason=reason, at=now, until=until)


def export(subscriber: Subscriber) -> dict[str, Any]:
    """Everything stored about one person, as JSON-ready values."""
    consents = Consent.objects.filter(subscriber=subscriber).values("step", "wording_version", "at")
    deliveries = Delivery.objects.filter(subscriber=subscriber).order_by("id")
    said = deliveries.values(
        "kind", "edition__week", "message_id", "state", "not_before", "ended_at", "reply"
    )
    suppression = Suppression.objects.filter(address_hash=subscriber.address_hash)
    return {
        "address": subscriber.address,
        "standing": subscriber.standing,
        "asked_at": subscriber.asked_at,
        "confirmed_at": subscriber.confirmed_at,
        "ended_at": subscriber.ended_at,
        "topics": subscriber.topics,
        "organizations": subscriber.organizations,
        "watched_models": subscriber.watched,
        "often": subscriber.often,
        "time_zone": subscriber.time_zone,
        "weekday": subscriber.weekday,
        "paused_until": subscriber.paused_until,
        "consents": [row | {"wording": wording.WORDINGS.get(row["wording_version"])} for row in consents],
        "deliveries": list(said),
        "suppression": list(suppression.values("reason", "at", "until")),
    }


def tidy(now: datetime | None = None) -> int:
    """What is kept no longer than it says: unconfirmed and ended subscribers, hashes past their retention, asks."""
    moment = now or timezone.now()
    unconfirmed = Q(standing=Standing.PENDING, asked_at__lt=moment - UNCONFIRMED_KEPT)
    ended = Q(standing=Standing.ENDED, ended_at__lt=moment - ENDED_KEPT)
    gone = Subscriber.objects.filter(unconfirmed | ended).delete()[0]
    gone += Suppression.objects.filter(until__lt=moment).delete()[0]
    gone += Delivery.objects.filter(subscriber=None, created_at__lt=moment - OUTBOX_KEPT).delete()[0]
    return gone + forget_old_asks(moment)
