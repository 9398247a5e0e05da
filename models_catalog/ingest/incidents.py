"""A source in trouble is one open row per board; a good page closes it, or a run without any trouble."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from models_catalog.models import Fetch, SweepState
from models_catalog.models.events import Incident


@transaction.atomic
def note_trouble(fetch: Fetch, cause: str, detail: str = "") -> None:
    """Open the board's incident, or say in the open one that it goes on. `detail` defaults to the page's reason."""
    now, detail = timezone.now(), detail or fetch.reason
    incident, opened = Incident.objects.select_for_update().get_or_create(
        source=fetch.source,
        board=fetch.board,
        closed_at=None,
        defaults={"cause": cause, "detail": detail, "opened_at": now, "last_at": now, "fetch": fetch},
    )
    if opened:
        return
    incident.cause, incident.detail, incident.last_at, incident.fetch = cause, detail, now, fetch
    incident.times += 1
    incident.save()


def note_delivery(fetch: Fetch, *, complete: bool) -> None:
    """The board delivered: its trouble, if any, is over. One of many pages speaks for its own address only."""
    trouble = Incident.objects.filter(source=fetch.source, board=fetch.board, closed_at=None)
    if not complete:
        trouble = trouble.filter(fetch__url=fetch.url)
    trouble.update(closed_at=timezone.now())


def note_recovery(source: str) -> None:
    """Everything the source was asked for came without trouble. A sweep that still waits for its next try
    speaks against it."""
    if SweepState.objects.filter(Q(failures__gt=0) | Q(restarts__gt=0), source=source).exists():
        return
    Incident.objects.filter(source=source, closed_at=None).update(closed_at=timezone.now())


def note_next_try(source: str, moment: datetime | None) -> None:
    """Say in the source's open incidents when it is tried again."""
    Incident.objects.filter(source=source, closed_at=None).update(next_try_at=moment)
