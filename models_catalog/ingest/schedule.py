"""Who collects what next: due sources are claimed in Postgres, so a lost or doubled message loses nothing.

A claim is a lease with a fencing token. The task that takes it up marks it started; a duplicate finds it
started and stops; a killed worker's lease runs out and the next tick claims the source again.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from models_catalog.ingest.incidents import note_next_try
from models_catalog.ingest.run import DELIVERED
from models_catalog.models import Run, SourceState
from models_catalog.sources import SOURCES
from models_catalog.sources.contract import Source

FIRST_RETRY = timedelta(minutes=5)
LONGEST_RETRY = timedelta(hours=24)


def known_states() -> None:
    """Every registered source has a state row."""
    rows = [SourceState(slug=source.slug) for source in SOURCES]
    SourceState.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def claim_due(now: datetime | None = None) -> list[tuple[str, UUID]]:
    """Lease every source that is due, free and not off. Two callers at once never get the same source."""
    now = now or timezone.now()
    known_states()
    due = Q(next_attempt_at__isnull=True) | Q(next_attempt_at__lte=now)
    free = Q(lease_until__isnull=True) | Q(lease_until__lte=now)
    registered = {
        source.slug for source in SOURCES if not source.off(settings.OPENGAP_KEYS, settings.OPENGAP_MIRRORS)
    }
    claimed = []
    for state in SourceState.objects.select_for_update(skip_locked=True).filter(due & free, enabled=True):
        if state.slug not in registered:
            continue
        state.lease_token, state.lease_until = uuid4(), now + settings.OPENGAP_LEASE
        state.lease_started = False
        state.save(update_fields=["lease_token", "lease_until", "lease_started"])
        claimed.append((state.slug, state.lease_token))
    return claimed


def take_up(slug: str, token: UUID) -> bool:
    """May this task run? False when the lease is another's, or a duplicate of this task took it up."""
    free = SourceState.objects.filter(slug=slug, lease_token=token, lease_started=False)
    return free.update(lease_started=True) == 1


def release(
    source: Source, token: UUID, run: Run, not_before: datetime | None = None, again: datetime | None = None
) -> None:
    """Give the lease back and set the next attempt: the cadence after success, a growing pause after failure.

    `again` is when a source that is swept in slices wants to go on: it takes the cadence's place.
    """
    now = timezone.now()
    delivered = run.outcome in DELIVERED
    with transaction.atomic():
        held = SourceState.objects.select_for_update().filter(slug=source.slug, lease_token=token).first()
        if held is None:
            return
        held.failures = 0 if delivered else held.failures + 1
        pause = source.cadence if delivered else pause_after(held.failures, source.cadence)
        wanted = again if delivered and again else now + pause
        held.next_attempt_at = max(now, wanted, not_before or now, held.held_until or now)
        held.last_run_at, held.last_reason = now, f"{run.outcome}: {run.reason}".strip(": ")
        if delivered:
            held.last_success_at = now
        held.lease_token = held.lease_until = None
        held.lease_started = False
        held.save()
        note_next_try(source.slug, held.next_attempt_at if held.enabled else None)


def enable(slug: str) -> None:
    """Let a source that was disabled after three challenges be asked again, now."""
    SourceState.objects.filter(slug=slug).update(
        enabled=True, challenges=0, held_until=None, held_reason="", next_attempt_at=None
    )


def pause_after(failures: int, cadence: timedelta) -> timedelta:
    """5, 10, 20 … minutes, at most a day, never longer than the source's own cadence."""
    doublings: int = 2 ** min(failures - 1, 10)
    return min(FIRST_RETRY * doublings, LONGEST_RETRY, cadence)
