"""The outbox: plan one row per subscriber and edition, claim rows, give them back, and say how each ended.

Every step is one committed statement about rows, so that a process can be killed between any two of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from models_catalog.digests.weeks import due, read_week
from models_catalog.models import Delivery, Edition, HostState, Subscriber, Suppression
from models_catalog.subscriptions.addresses import keyed_hash
from models_catalog.vocabulary import DeliveryState, MailKind, Standing

POST = "outgoing mail"  # the row all senders share their rate and their pauses through
PLANNED_FOR = timedelta(days=9)
RETRY_AFTER = (60, 300, 900, 3600, 3 * 3600, 8 * 3600)  # seconds, by attempts
BATCH = 2000


def plan(edition: Edition, now: datetime | None = None) -> int:
    """Write the rows that are missing: one per reading subscriber, due by their clock. Returns how many."""
    moment = now or timezone.now()
    if edition.held_at or moment > read_week(edition.week).ends + PLANNED_FOR:
        return 0
    written = 0
    while some := list(missing(edition, moment)[:BATCH]):
        rows = [planned(edition, subscriber) for subscriber in some]
        written += len(Delivery.objects.bulk_create(rows, ignore_conflicts=True))
    return written


def missing(edition: Edition, now: datetime) -> QuerySet[Subscriber]:
    """Active subscribers, not on a pause, without a row for this edition."""
    has_row = Delivery.objects.filter(edition=edition, subscriber=OuterRef("pk"))
    reading = Subscriber.objects.filter(standing=Standing.ACTIVE).filter(~Exists(has_row))
    return reading.filter(Q(paused_until=None) | Q(paused_until__lte=now.date())).order_by("pk")


def planned(edition: Edition, subscriber: Subscriber) -> Delivery:
    named = keyed_hash("message", f"{edition.week}|{subscriber.key.hex}")[:32]
    hour: int = settings.OPENGAP_DIGEST_HOUR
    return Delivery(
        kind=MailKind.EDITION,
        edition=edition,
        subscriber=subscriber,
        message_id=f"{edition.week.lower()}.{named}",
        not_before=due(read_week(edition.week), subscriber.weekday, subscriber.time_zone, hour),
    )


@transaction.atomic
def claim(sender: UUID, size: int) -> tuple[list[Delivery], datetime]:
    """Up to `size` rows that nobody else holds, and the moment the first of them may be sent.

    Mails a person waits for (to confirm) come before editions. The rate is shared: each claim moves the next slot.
    """
    now = timezone.now()
    found = waiting(now).filter(edition=None)[:size]
    rows = list(found) or list(waiting(now).filter(edition__isnull=False, edition__held_at=None)[:size])
    if not rows:
        return [], now
    start = take_slots(len(rows), now)
    if start is None:
        return [], now
    until = start + settings.OPENGAP_MAIL_LEASE
    held = Delivery.objects.filter(pk__in=[row.pk for row in rows])
    held.update(
        state=DeliveryState.SENDING,
        claim=sender,
        claimed_until=until,
        data_at=None,
        attempts=F("attempts") + 1,
    )
    return list(held.select_related("edition", "subscriber").order_by("not_before", "id")), start


def waiting(now: datetime) -> QuerySet[Delivery]:
    pending = Delivery.objects.filter(state=DeliveryState.PENDING, not_before__lte=now)
    return pending.order_by("not_before", "id").select_for_update(skip_locked=True, of=("self",))


def take_slots(number: int, now: datetime) -> datetime | None:
    """The shared rate: when the first of so many mails may leave; None while the mail host is left alone."""
    HostState.objects.get_or_create(host=POST)
    post = HostState.objects.select_for_update().get(host=POST)
    if post.held_until and post.held_until > now:
        return None
    start = max(now, post.next_slot or now)
    post.next_slot = start + timedelta(seconds=number / settings.OPENGAP_MAIL_PER_SECOND)
    post.save(update_fields=["next_slot"])
    return start


def begin_data(delivery: Delivery) -> bool:
    """Commit that the bytes leave now; False when they must not: no longer ours, unsubscribed, or suppressed."""
    now = timezone.now()
    refused = Suppression.objects.filter(address_hash=OuterRef("address_hash"), until__gt=now)
    wanted = Subscriber.objects.filter(pk=OuterRef("subscriber_id")).filter(willing(delivery.kind, now))
    # The row's own conditions stand in the statement itself: Postgres checks them again under its lock.
    row = Delivery.objects.filter(pk=delivery.pk, claim=delivery.claim, state=DeliveryState.SENDING)
    row = row.filter(Exists(wanted.filter(~Exists(refused))), claimed_until__gt=now)
    if delivery.edition_id:
        row = row.filter(Exists(Edition.objects.filter(pk=OuterRef("edition_id"), held_at=None)))
    return bool(row.update(data_at=now))


def willing(kind: str, now: datetime) -> Q:
    """Who may get a mail of this kind: editions only who confirmed and neither left nor paused."""
    if kind == MailKind.EDITION:
        unpaused = Q(paused_until=None) | Q(paused_until__lte=now.date())
        return Q(standing=Standing.ACTIVE) & unpaused
    return Q(standing=Standing.PENDING if kind == MailKind.CONFIRM else Standing.ACTIVE)


def end(delivery: Delivery, state: DeliveryState, reply: str) -> None:
    """How it ended, if it is still ours to say; an answer that came late beats `uncertain`."""
    ours = Delivery.objects.filter(pk=delivery.pk, claim=delivery.claim)
    ours = ours.filter(state__in=(DeliveryState.SENDING, DeliveryState.UNCERTAIN))
    ours.update(state=state, reply=reply[:500], ended_at=timezone.now(), claimed_until=None)


def try_later(delivery: Delivery, reply: str) -> None:
    """The host put this one off: back into the queue, later each time; failed in the end."""
    if delivery.attempts > len(RETRY_AFTER):
        return end(delivery, DeliveryState.FAILED, f"put off {delivery.attempts} times: {reply}")
    after = timezone.now() + timedelta(seconds=RETRY_AFTER[delivery.attempts - 1])
    ours = Delivery.objects.filter(pk=delivery.pk, claim=delivery.claim, state=DeliveryState.SENDING)
    ours.update(state=DeliveryState.PENDING, reply=reply[:500], not_before=after, **LET_GO)
    return None


LET_GO: dict[str, None] = {"claim": None, "claimed_until": None, "data_at": None}


def give_back(sender: UUID, deliveries: Iterable[Delivery]) -> None:
    """Rows that were not begun go back as if they had not been touched."""
    ours = Delivery.objects.filter(
        pk__in=[row.pk for row in deliveries], claim=sender, state=DeliveryState.SENDING, data_at=None
    )
    ours.update(state=DeliveryState.PENDING, attempts=F("attempts") - 1, **LET_GO)


def recover(now: datetime | None = None) -> tuple[int, int]:
    """Rows whose sender is gone: not begun, back into the queue; begun, uncertain. Returns how many of each."""
    moment = now or timezone.now()
    lost = Delivery.objects.filter(state=DeliveryState.SENDING, claimed_until__lt=moment)
    begun = lost.filter(data_at__isnull=False).update(
        state=DeliveryState.UNCERTAIN,
        ended_at=moment,
        claimed_until=None,
        reply="the sender ended before the mail host's answer was kept",
    )
    back = lost.filter(data_at=None).update(state=DeliveryState.PENDING, **LET_GO)
    return back, begun


def pause_post(pause: timedelta, reason: str) -> None:
    """Leave the mail host alone for a while; every sender sees it."""
    until = timezone.now() + pause
    HostState.objects.filter(host=POST).update(held_until=until, reason=reason[:500])


def senders_at_work(now: datetime) -> int:
    """How many senders hold rows."""
    held = Delivery.objects.filter(state=DeliveryState.SENDING, claimed_until__gt=now)
    return held.values("claim").distinct().count()
