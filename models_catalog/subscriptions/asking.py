"""Asking for the digest, and confirming it: the same work and the same answer for every address.

Nothing is sent from here: a row is written into the outbox, and the sender looks at it within seconds.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from models_catalog.models import Consent, Delivery, Subscriber, Suppression
from models_catalog.subscriptions import wording
from models_catalog.subscriptions.addresses import Address, keyed_hash
from models_catalog.subscriptions.limits import count_ask
from models_catalog.vocabulary import Agreement, DeliveryState, MailKind, Standing


@transaction.atomic
def ask(address: Address, network: str, wishes: dict[str, str] | None = None) -> None:
    """Somebody typed this address. One mail goes to it: to confirm, or for who reads already, the way to the settings.

    `wishes` (time zone, weekday) hold for a new subscriber only. Raises TooMany; says nothing else to anybody.
    """
    now = timezone.now()
    may_mail = count_ask(address.hash, network, now)
    fresh = Subscriber(address_hash=address.hash, address=address.text, asked_at=now, **(wishes or {}))
    Subscriber.objects.bulk_create([fresh], ignore_conflicts=True)  # the same statements, known or not
    subscriber = Subscriber.objects.select_for_update().get(address_hash=address.hash)
    note(subscriber, Agreement.ASKED, now)
    reading = subscriber.standing == Standing.ACTIVE
    if not reading:
        subscriber.standing, subscriber.asked_at, subscriber.ended_at = Standing.PENDING, now, None
    subscriber.save()
    put_into_outbox(subscriber, MailKind.REMIND if reading else MailKind.CONFIRM, now, send=may_mail)


def note(subscriber: Subscriber, step: Agreement, at: datetime | None = None) -> None:
    """Keep the step, with the wording that was shown."""
    Consent.objects.create(
        subscriber=subscriber, step=step, wording_version=wording.CURRENT, at=at or timezone.now()
    )


def put_into_outbox(subscriber: Subscriber, kind: MailKind, now: datetime, *, send: bool) -> None:
    """A row for the sender; one that says why nothing is sent when the address had its mail of the day."""
    named = keyed_hash("message", f"{kind}|{subscriber.key.hex}|{now.isoformat()}")[:32]
    state = DeliveryState.PENDING if send else DeliveryState.SKIPPED
    reply = "" if send else "this address had its mail of the day"
    row = Delivery(kind=kind, subscriber=subscriber, message_id=f"{kind}.{named}", state=state, reply=reply)
    row.created_at = row.not_before = now
    row.save()


@transaction.atomic
def confirm(subscriber: Subscriber) -> bool:
    """The person pressed the button. False when the address was confirmed already."""
    found = Subscriber.objects.select_for_update().get(pk=subscriber.pk)
    if found.standing == Standing.ACTIVE:
        return False
    now = timezone.now()
    found.standing, found.confirmed_at, found.ended_at, found.paused_until = Standing.ACTIVE, now, None, None
    found.save()
    note(found, Agreement.CONFIRMED, now)
    return True


def suppressed(address_hash: str) -> bool:
    """Must this address not be written to?"""
    return Suppression.objects.filter(address_hash=address_hash, until__gt=timezone.now()).exists()
