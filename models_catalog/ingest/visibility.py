"""What a whole list no longer names. Three misses over at least 48 hours, and it is "not visible" any more.

Deleted, made private, moved elsewhere: from outside all look alike, and nothing more is said. Its last values stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from models_catalog.ingest.current import project_current
from models_catalog.ingest.facts import GONE
from models_catalog.ingest.generation import bump_generation
from models_catalog.models import Change, Fetch, Observation, Subject, Visibility
from models_catalog.models.turns import take_turn
from models_catalog.sources.contract import Sweep
from models_catalog.vocabulary import ChangeKind, FactKind

MISSES = 3
MISSED_FOR = timedelta(hours=48)


def note_seen(source: str, sweep: Sweep, seen: Sequence[str], seen_at: datetime) -> None:
    """What stands on a page is visible; only a whole list says what it will be missed from."""
    subjects = Subject.objects.filter(source=source, external_id__in=seen)
    rows = Visibility.objects.filter(subject__in=subjects)
    rows.filter(misses__gt=0).update(misses=0, missed_since=None, hidden=False)
    if not sweep.whole:
        rows.update(seen_at=seen_at)
        return
    Visibility.objects.bulk_create(
        [
            Visibility(subject_id=key, sweep=sweep.slug, seen_at=seen_at)
            for key in subjects.order_by("pk").values_list("pk", flat=True)
        ],
        update_conflicts=True,
        unique_fields=["subject"],
        update_fields=["sweep", "seen_at"],
    )


def note_unseen(source: str, sweep: Sweep, last: Fetch, begun: datetime) -> int:
    """Count a miss for what the pass that began then did not name. Returns how many are not visible any more."""
    rows = Visibility.objects.filter(subject__source=source, sweep=sweep.slug, hidden=False)
    rows.filter(seen_at__lt=begun).update(
        misses=F("misses") + 1, missed_since=Coalesce(F("missed_since"), timezone.now())
    )
    gone = rows.filter(misses__gte=MISSES, missed_since__lte=timezone.now() - MISSED_FOR)
    keys = list(gone.values_list("subject_id", flat=True))
    if keys:
        withdraw(last, keys)
        Visibility.objects.filter(pk__in=keys).update(hidden=True)
    return len(keys)


def withdraw(last: Fetch, subjects: Iterable[int]) -> None:
    """A row per repository that says so, keeping its last values beside it, and the event."""
    with connection.cursor() as cursor:
        stamp = take_turn(cursor)
        known = Observation.objects.filter(subject_id__in=subjects, board=last.board, kind=FactKind.RELEASE)
        gone = Observation.objects.bulk_create(
            [withdrawal(row, last, stamp) for row in known.newest() if row.present]
        )
        Change.objects.bulk_create([no_longer_listed(row) for row in gone], ignore_conflicts=True)
        project_current(cursor, last)
    bump_generation(stamp)


def withdrawal(row: Observation, last: Fetch, stamp: datetime) -> Observation:
    return Observation(
        subject_id=row.subject_id,
        kind=row.kind,
        key=row.key,
        board=row.board,
        present=False,
        value=row.value,
        digest=GONE,
        valid_from=last.observed_at.date(),
        observed_at=last.observed_at,
        recorded_at=stamp,
        fetch=last,
    )


def no_longer_listed(gone: Observation) -> Change:
    return Change(
        kind=ChangeKind.NO_LONGER_LISTED,
        subject_id=gone.subject_id,
        after=gone,
        happened_on=gone.observed_at.date(),
        observed_at=gone.observed_at,
        recorded_at=gone.recorded_at,
    )
