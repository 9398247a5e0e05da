"""Thin Celery tasks. What to do is decided in Postgres; a message only says "look"."""

from __future__ import annotations

from uuid import UUID

from celery import shared_task
from celery.utils.nodenames import gethostname
from django.utils import timezone

from models_catalog.digests import sample, tick
from models_catalog.digests.inbox import read_inbox
from models_catalog.digests.mailboxes import MailboxTrouble
from models_catalog.exports.writing import NothingToExport, export
from models_catalog.findings.moment import NOW
from models_catalog.findings.names import share_catalogue
from models_catalog.ingest import generation, live, schedule
from models_catalog.ingest.projections import is_projected, refresh_projections
from models_catalog.measure.standing import (
    alone,
    compute_details,
    compute_standing,
    is_computed,
    is_detailed,
)
from models_catalog.measure.studies import compute_studies, is_studied
from models_catalog.models import Heartbeat, Issue
from models_catalog.sources import by_slug


@shared_task
def collect_due() -> int:
    """Claim every due source and ring its bell; ring for `compute`, then for `study`, if anything stored waits.

    Returns how many sources were claimed.
    """
    generation.announce_forgotten()
    claimed = schedule.claim_due()
    for slug, token in claimed:
        collect_source.delay(slug, str(token))
    if not (is_projected() and is_computed() and is_detailed()):
        compute.delay()
    elif not is_studied():
        study.delay()
    return len(claimed)


@shared_task(max_retries=3)
def collect_source(slug: str, token: str) -> str:
    """Collect one source under its lease; a duplicate or a late delivery finds nothing to do."""
    lease = UUID(token)
    if not schedule.take_up(slug, lease):
        return "not ours"
    run = live.collect(by_slug(slug), lease)
    if run.inserted:
        compute.delay()
    return str(run.outcome)


@shared_task(max_retries=3)
def compute() -> int:
    """Bring what is derived from stored facts up to date: identity, cheapest offers, standing answers.

    The headlines come first, because readers wait for them; what stands beside them is a task of its own.
    Returns how many answers were given; 0 when everything was up to date.
    """
    if not is_projected():
        refresh_projections()
        share_catalogue()
    given = 0 if is_computed() else sum(isinstance(found, Issue) for found in compute_standing().values())
    if not is_detailed():
        detail.delay()
    return given


@shared_task(max_retries=3)
def detail() -> int:
    """The answers by domain, benchmark and half, the sensitivities and the weekly series. Returns how many stand."""
    with alone() as free:
        return compute_details() if free and not is_detailed() else 0


@shared_task(max_retries=3)
def study() -> int:
    """Work out what takes longer than the standing answers: the trend, prices, shares. Returns how many.

    Not while the details are worked out: of two processes, one stays free to collect.
    """
    with alone() as free:
        return compute_studies() if free else 0


@shared_task
def compose_digest() -> str:
    """Compose the edition of the week that is over, if it is missing; delete what is kept no longer."""
    return tick.compose_and_tidy()


@shared_task
def send_mail() -> dict[str, int]:
    """Plan and send what is due; returns how many mails ended in which way."""
    return dict(tick.send())


@shared_task
def read_mail() -> dict[str, int]:
    """Read the mail that came to us; trouble with the mailbox is an incident, and the next look is minutes away."""
    try:
        return dict(read_inbox())
    except MailboxTrouble:
        return {}


@shared_task
def send_sample() -> str:
    """For a demo: send one rich edition to its mailbox; returns the week, "" when there was nothing to do."""
    return sample.send_sample()


@shared_task
def heartbeat() -> None:
    """Prove that a worker consumes: beat sends this every minute, whoever takes it leaves a row."""
    Heartbeat.objects.update_or_create(worker=gethostname(), defaults={"beat_at": timezone.now()})


@shared_task
def export_data() -> str:
    """Write the day's bulk files; a second delivery finds them written. Returns their name, "" without data."""
    try:
        return export(NOW).name
    except NothingToExport:
        return ""
