"""What the clock does: compose the edition that is due, plan its mails, take up what a dead sender left, send."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from models_catalog.digests import queue
from models_catalog.digests.composing import NothingToTell, NothingYet, compose
from models_catalog.digests.incidents import COMPOSING, note_silence, watched
from models_catalog.digests.sending import open_sender
from models_catalog.digests.weeks import week_to_compose
from models_catalog.models import Edition
from models_catalog.subscriptions.leaving import tidy

SECONDS = 50.0  # of one look; the next goes on
COMPOSED_AGAIN = timedelta(minutes=10)  # as beat asks


def look() -> int:
    """Everything but sending. Returns how many mails were planned."""
    queue.recover()
    newest = Edition.objects.order_by("-week").first()
    return queue.plan(newest) if newest else 0


def compose_and_tidy() -> str:
    """The week that is due, "" without data; and what is kept no longer."""
    tidy()
    week = week_to_compose(timezone.now())
    try:
        with watched(COMPOSING, f"The edition of {week}", COMPOSED_AGAIN, quiet=(NothingYet,)):
            edition = compose(week)
    except NothingToTell:
        return ""
    note_silence(edition)
    return edition.week


def send(seconds: float = SECONDS) -> Counter[str]:
    """Send what is due, unless enough senders are at it."""
    look()
    if queue.senders_at_work(timezone.now()) >= settings.OPENGAP_MAIL_SENDERS:
        return Counter()
    return open_sender().work(seconds)
