"""The demo's first edition: of the richest of its newest weeks, sent to an invented reader, kept as a file here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from models_catalog.digests.composing import NothingToTell, compose
from models_catalog.digests.queue import planned
from models_catalog.digests.sending import open_sender
from models_catalog.digests.weeks import Week, week_of
from models_catalog.findings.gap import standing_gap
from models_catalog.findings.pulse import Pulse, pulse
from models_catalog.models import Delivery, Edition, Subscriber
from models_catalog.subscriptions.addresses import read_address
from models_catalog.vocabulary import Standing

READER = "reader@demo.invalid"  # a domain that never exists: were mail to leave, nobody could get this one
WATCHED = ["openai", "alibaba", "deepseek", "google"]
WEEKS = 8
SECONDS = 20.0


def send_sample() -> str:
    """The week that was sent; "" where mails leave this machine, where one was sent before, and without data."""
    if not settings.OPENGAP_MAILBOX or Delivery.objects.filter(edition__isnull=False).exists():
        return ""
    week = richest_week()
    if week is None:
        return ""
    try:
        edition = compose(week)
    except NothingToTell:
        return ""
    put_into_outbox(edition)
    open_sender().work(SECONDS)
    return edition.week


def richest_week() -> Week | None:
    """Of the newest weeks that hold data, the one with most kinds of news; of equals the newest. None without data."""
    found = [(kinds(week), week.monday) for week in newest_weeks()]
    return week_of(max(found)[1]) if found else None


def newest_weeks() -> Iterator[Pulse]:
    gap = standing_gap()
    if gap is not None:
        newest = min(gap.vintage.date(), timezone.now().date() - timedelta(days=7))
        yield from (pulse(newest - timedelta(weeks=back)) for back in range(WEEKS))


def kinds(week: Pulse) -> int:
    news = (week.opened, week.releases - week.opened, week.cuts, week.rises, week.licences, week.listings)
    return sum(bool(number) for number in news)


@transaction.atomic
def put_into_outbox(edition: Edition) -> None:
    """One mail, due now, to the invented reader."""
    address, now = read_address(READER), timezone.now()
    wishes = {"address": address.text, "standing": Standing.ACTIVE, "organizations": WATCHED}
    times = {"asked_at": now, "confirmed_at": now}
    reader, _ = Subscriber.objects.get_or_create(address_hash=address.hash, defaults=wishes | times)
    row = planned(edition, reader)
    row.not_before = now
    row.save()
