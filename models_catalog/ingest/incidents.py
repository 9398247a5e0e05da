"""A source in trouble is one open row per board; a good page closes it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from models_catalog.models import Fetch
from models_catalog.models.events import Incident


@transaction.atomic
def note_trouble(fetch: Fetch, cause: str) -> None:
    """Open the board's incident, or say in the open one that it goes on."""
    now = timezone.now()
    incident, opened = Incident.objects.select_for_update().get_or_create(
        source=fetch.source,
        board=fetch.board,
        closed_at=None,
        defaults={"cause": cause, "detail": fetch.reason, "opened_at": now, "last_at": now, "fetch": fetch},
    )
    if opened:
        return
    incident.cause, incident.detail, incident.last_at, incident.fetch = cause, fetch.reason, now, fetch
    incident.times += 1
    incident.save()


def note_delivery(fetch: Fetch) -> None:
    """The board delivered: its trouble, if any, is over."""
    Incident.objects.filter(source=fetch.source, board=fetch.board, closed_at=None).update(
        closed_at=timezone.now()
    )


def note_next_try(source: str, moment: datetime | None) -> None:
    """Say in the source's open incidents when it is tried again."""
    Incident.objects.filter(source=source, closed_at=None).update(next_try_at=moment)
