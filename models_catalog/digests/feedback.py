"""What is reported about mails of ours: bounces and complaints suppress at once; every report is taken once.

A mail provider reports by webhook, plain mail hosts by mail (`inbox`). django-anymail checks
each webhook's signature (or WEBHOOK_SECRET) before a report gets here.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
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


@dataclass(frozen=True, slots=True)
class Report:
    """One report about a mail of ours, whoever brought it. `address_hash` "" when nobody knows whose it is."""

    provider: str
    event_id: str  # the same for the same report
    kind: str  # one of TAKEN
    delivery: Delivery | None
    address_hash: str
    hard: bool  # the mailbox is not there, or the reader complained
    said: str
    happened_at: datetime | None


def take_report(event: AnymailTrackingEvent, provider: str) -> bool:
    """A provider's report. False: it is of no concern, or was taken before."""
    return event.event_type in TAKEN and take(report_of(event, provider))


def report_of(event: AnymailTrackingEvent, provider: str) -> Report:
    delivery = delivery_of(event)
    said = f"{event.reject_reason or ''} {event.description or ''} {event.mta_response or ''}".strip()
    permanent = event.event_type == "bounced" and not any(word in said.lower() for word in PASSING)
    return Report(
        provider=provider,
        event_id=identity(event),
        kind=event.event_type,
        delivery=delivery,
        address_hash=hash_of(delivery, str(event.recipient or "")),
        hard=permanent or event.event_type == "complained",
        said=said,
        happened_at=event.timestamp,
    )


def take(report: Report) -> bool:
    """Keep one report and act on it, in one transaction. False: it was taken before."""
    with transaction.atomic():
        row, new = keep(report)
        if not new:
            return False
        act(report)
    if row.edition:
        check_edition(row.edition)
    return True


def keep(report: Report) -> tuple[Feedback, bool]:
    return Feedback.objects.get_or_create(
        provider=report.provider,
        event_id=report.event_id,
        defaults={
            "kind": report.kind,
            "delivery": report.delivery,
            "edition": report.delivery.edition if report.delivery else None,
            "hard": report.hard,
            "said": report.said[:500],
            "happened_at": report.happened_at,
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


def act(report: Report) -> None:
    if not report.address_hash:
        return
    if report.kind == "unsubscribed":
        person = Subscriber.objects.filter(address_hash=report.address_hash).first()
        if person:
            unsubscribe(person)
    elif report.hard:
        complained = report.kind == "complained"
        suppress(report.address_hash, Suppressed.COMPLAINED if complained else Suppressed.BOUNCED)


def hash_of(delivery: Delivery | None, recipient: str) -> str:
    if delivery and delivery.subscriber:
        return delivery.subscriber.address_hash
    try:
        return read_address(recipient).hash
    except BadAddress:
        return ""


def on_report(event: AnymailTrackingEvent, esp_name: str, **_: object) -> None:
    """Anymail's signal."""
    take_report(event, esp_name)


def listen() -> None:
    tracking.connect(on_report, dispatch_uid="open-gap feedback")
