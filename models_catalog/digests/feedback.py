"""What mail providers report: bounces and complaints suppress at once; every report is taken once.

django-anymail checks each webhook's signature (or WEBHOOK_SECRET) before a report gets here.
"""

from __future__ import annotations

import hashlib
from typing import Any, cast

from anymail.signals import AnymailTrackingEvent, tracking
from django.db import transaction
from django.utils import timezone

from models_catalog.digests.stopping import check_edition
from models_catalog.models import Delivery, Feedback, Subscriber
from models_catalog.subscriptions.addresses import BadAddress, read_address
from models_catalog.subscriptions.leaving import suppress, unsubscribe
from models_catalog.vocabulary import Suppressed

TAKEN = ("bounced", "complained", "rejected", "unsubscribed")
PASSING = ("deferred", "delayed", "mailbox full", "soft", "temporar", "transient")


def take_report(event: AnymailTrackingEvent, provider: str) -> bool:
    """Keep one report and act on it. False: it is of no concern, or was taken before."""
    if event.event_type not in TAKEN:
        return False
    with transaction.atomic():
        row, new = keep(event, provider)
        if not new:
            return False
        act(row, str(event.recipient or ""))
    if row.edition:
        check_edition(row.edition)
    return True


def keep(event: AnymailTrackingEvent, provider: str) -> tuple[Feedback, bool]:
    delivery = delivery_of(event)
    said = f"{event.reject_reason or ''} {event.description or ''} {event.mta_response or ''}".strip()
    permanent = event.event_type == "bounced" and not any(word in said.lower() for word in PASSING)
    return Feedback.objects.get_or_create(
        provider=provider,
        event_id=identity(event),
        defaults={
            "kind": event.event_type,
            "delivery": delivery,
            "edition": delivery.edition if delivery else None,
            "hard": permanent or event.event_type == "complained",
            "said": said[:500],
            "happened_at": event.timestamp,
            "received_at": timezone.now(),
        },
    )


def identity(event: AnymailTrackingEvent) -> str:
    """The provider's own id of the report; where it has none, what the report says."""
    if event.event_id:
        return str(event.event_id)[:200]
    said = f"{event.event_type}|{event.message_id}|{event.recipient}|{event.timestamp}"
    return hashlib.sha256(said.encode()).hexdigest()


def delivery_of(event: AnymailTrackingEvent) -> Delivery | None:
    """The mail it is about: by the number we gave it along, else by our Message-ID."""
    rows = Delivery.objects.select_related("edition", "subscriber")
    number = str(cast(dict[str, Any], event.metadata or {}).get("delivery", ""))
    if number.isdecimal():
        return rows.filter(pk=int(number)).first()
    ours = str(event.message_id or "").strip("<>").rpartition("@")[0]
    return rows.filter(message_id=ours).first() if ours else None


def act(row: Feedback, recipient: str) -> None:
    address_hash = hash_of(row, recipient)
    if not address_hash:
        return
    if row.kind == "unsubscribed":
        person = Subscriber.objects.filter(address_hash=address_hash).first()
        if person:
            unsubscribe(person)
    elif row.hard:
        suppress(address_hash, Suppressed.COMPLAINED if row.kind == "complained" else Suppressed.BOUNCED)


def hash_of(row: Feedback, recipient: str) -> str:
    if row.delivery and row.delivery.subscriber:
        return row.delivery.subscriber.address_hash
    try:
        return read_address(recipient).hash
    except BadAddress:
        return ""


def on_report(event: AnymailTrackingEvent, esp_name: str, **_: object) -> None:
    """Anymail's signal."""
    take_report(event, esp_name)


def listen() -> None:
    tracking.connect(on_report, dispatch_uid="open-gap feedback")
