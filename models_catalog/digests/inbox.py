"""Mail to us, read and acted on: unsubscribing, bounces, complaints. Every mail once, however often it is read.

A mail is acted on and remembered in one transaction, then marked as read: a reader killed in between finds it again
and does nothing.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from models_catalog.digests.feedback import Report, take
from models_catalog.digests.incidents import INBOX, watched
from models_catalog.digests.mailboxes import opened
from models_catalog.digests.returned import Returned, read_returned
from models_catalog.models import Delivery
from models_catalog.subscriptions.tokens import BadToken, Purpose, read_token

AGAIN = timedelta(minutes=5)  # as beat asks


def read_inbox() -> Counter[str]:
    """All unread mail; how many mails were of which kind. Raises MailboxTrouble; nothing without a mailbox."""
    found = Counter[str]()
    if not settings.OPENGAP_INBOX:
        return found
    with watched(INBOX, "Mail to us is not read", AGAIN), opened(settings.OPENGAP_INBOX) as box:
        for name, raw in box.unread():
            found[act(read_returned(raw))] += 1
            box.mark(name)
    return found


def act(mail: Returned) -> str:
    """What was done about one mail: its kind; "refused" when it proves nothing; "again", "other"."""
    if not mail.kind:
        return "other"
    report = report_of(mail)
    if report is None:
        return "refused"
    return mail.kind if take(report) else "again"


def report_of(mail: Returned) -> Report | None:
    """None when the token, or the Message-ID, is none of ours."""
    address_hash, row = "", None
    if mail.kind == "unsubscribed":
        try:
            address_hash = read_token(mail.token, Purpose.UNSUBSCRIBE).address_hash
        except BadToken:
            return None
    else:
        row = Delivery.objects.select_related("edition", "subscriber").filter(message_id=mail.about).first()
        if row is None:
            return None
        address_hash = row.subscriber.address_hash if row.subscriber else ""
    return Report(
        provider="mailbox",
        event_id=mail.identity,
        kind=mail.kind,
        delivery=row,
        address_hash=address_hash,
        hard=mail.hard,
        said=mail.said,
        happened_at=timezone.now(),
    )
