"""Quarantined pages wait for a person: look, then take them after all or reject them, with a reason."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from models_catalog.fetch.archive import Archive
from models_catalog.ingest.gate import judge
from models_catalog.ingest.incidents import note_delivery
from models_catalog.ingest.store import Stored, store
from models_catalog.models import Fetch
from models_catalog.models.events import Decision
from models_catalog.sources import by_slug
from models_catalog.sources.contract import Page
from models_catalog.vocabulary import Outcome


class NotWaiting(ValueError):
    """The page is not in quarantine, or was decided already."""


def waiting() -> list[Fetch]:
    """The pages in quarantine nobody has decided on, oldest first."""
    return list(Fetch.objects.filter(outcome=Outcome.QUARANTINED, decision=None).order_by("id"))


@transaction.atomic
def accept(fetch: Fetch, reason: str, by: str, archive: Archive) -> Stored:
    """Store the quarantined page as if the gate had let it through; impossible rows stay held back.

    NotWaiting when it is not in quarantine; the archive's error when its bytes are gone or damaged.
    """
    check_waiting(fetch, reason)
    source = by_slug(fetch.source)
    board = source.board(fetch.board)
    page = Page(fetch.board, fetch.url, archive.get(fetch.sha256), fetch.observed_at, fetch.file or None)
    verdict = judge(source.parse(page), board, page.observed_at)
    fetch.outcome, fetch.reason = Outcome.ACCEPTED, f"accepted by {by}: {reason}"[:500]
    fetch.records = verdict.records
    stored = store(
        fetch,
        verdict.facts,
        complete=board.complete,
        restated=board.restated(page),
        held_back=verdict.held_back,
    )
    decide(fetch, Decision.Verdict.ACCEPTED, reason, by)
    note_delivery(fetch, complete=board.complete)
    return stored


@transaction.atomic
def reject(fetch: Fetch, reason: str, by: str) -> None:
    """Leave the page out for good. NotWaiting when it is not in quarantine."""
    check_waiting(fetch, reason)
    fetch.outcome, fetch.reason = Outcome.REJECTED, f"rejected by {by}: {reason}"[:500]
    fetch.save()
    decide(fetch, Decision.Verdict.REJECTED, reason, by)


def check_waiting(fetch: Fetch, reason: str) -> None:
    current = Fetch.objects.select_for_update().get(pk=fetch.pk)
    if current.outcome != Outcome.QUARANTINED:
        raise NotWaiting(f"page {fetch.pk} is not in quarantine: it is {current.outcome}")
    if not reason.strip():
        raise NotWaiting("a decision needs a reason")


def decide(fetch: Fetch, verdict: Decision.Verdict, reason: str, by: str) -> None:
    Decision.objects.create(
        fetch=fetch, verdict=verdict, reason=reason, decided_by=by, decided_at=timezone.now()
    )
