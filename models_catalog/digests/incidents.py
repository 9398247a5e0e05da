"""The digest's own incidents: opened once per matter, counted while it lasts, closed when it is over.

They stand beside those of the sources on the status page and in `manage.py digest_status`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import Error
from django.utils import timezone

from models_catalog.models import Edition, Incident

DIGEST = "digest"  # the source of our incidents; the boards are an edition's week and these
POST, COMPOSING, SILENCE, INBOX = "post", "composing", "sources", "inbox"


def open_incident(board: str, cause: str, detail: str, next_try: datetime | None = None) -> None:
    now = timezone.now()
    row, new = Incident.objects.get_or_create(
        source=DIGEST,
        board=board,
        closed_at=None,
        defaults={
            "cause": cause,
            "detail": detail,
            "opened_at": now,
            "last_at": now,
            "next_try_at": next_try,
        },
    )
    if not new:
        Incident.objects.filter(pk=row.pk).update(
            last_at=now, times=row.times + 1, cause=cause, detail=detail, next_try_at=next_try
        )


def close_incident(board: str) -> None:
    Incident.objects.filter(source=DIGEST, board=board, closed_at=None).update(closed_at=timezone.now())


@contextmanager
def watched(
    board: str, what: str, again: timedelta, *, quiet: tuple[type[Exception], ...] = ()
) -> Iterator[None]:
    """What fails inside opens an incident and goes on failing; what succeeds closes it. `quiet` errors do neither.

    A database that does not answer can keep no incident: its own error is what is told then.
    """
    untold: tuple[type[BaseException], ...] = (KeyboardInterrupt, SystemExit, GeneratorExit, Error, *quiet)
    try:
        yield
    except untold:
        raise
    except BaseException as error:
        said = f"{what}: {error or 'no reason given'}"[:500]
        open_incident(board, type(error).__name__, said, timezone.now() + again)
        raise
    close_incident(board)


def note_silence(edition: Edition) -> None:
    """The newest edition rests on sources that brought nothing in its week: told until an edition rests on all."""
    sections = edition.content["sections"]
    said = next((part["sentence"] for part in sections if part["slug"] == "stale"), "")
    if not said:
        return close_incident(SILENCE)
    detail = f"Edition {edition.week}: {said}"
    if not Incident.objects.filter(source=DIGEST, board=SILENCE, closed_at=None, detail=detail).exists():
        open_incident(SILENCE, "stale sources", detail)
    return None
