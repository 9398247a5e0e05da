"""The number that every answer is remembered under: it grows with every commit that changes what is shown."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from models_catalog.models import Fetch, Generation, SourceState
from models_catalog.vocabulary import Outcome


def bump_generation(stamp: datetime) -> None:
    """Forget every remembered answer. `stamp`: of the newest commit whose rows readers are to see."""
    generation, _ = Generation.objects.select_for_update().get_or_create(
        pk=1, defaults={"recorded_at": stamp}
    )
    generation.number += 1
    generation.recorded_at = max(stamp, generation.recorded_at)  # a run may end after a later one was told
    generation.save()


@transaction.atomic
def announce(stamp: datetime) -> None:
    """A run has ended that stored something: told once, however many pages it took in."""
    bump_generation(stamp)


def announce_forgotten() -> bool:
    """Tell what a run stored that was killed before it could. Every tick asks.

    A run without an end still goes on, as its source's lease says, or it never will.
    """
    told = Generation.objects.filter(pk=1).values_list("recorded_at", flat=True).first()
    under_way = SourceState.objects.filter(slug=OuterRef("source"), lease_until__gt=timezone.now())
    stored = Fetch.objects.filter(outcome=Outcome.ACCEPTED, run__finished_at=None).exclude(Exists(under_way))
    newest = stored.order_by("-recorded_at").values_list("recorded_at", flat=True).first()
    if newest is None or (told is not None and newest <= told):
        return False
    announce(newest)
    return True
