"""What is wrong with a source now: its open incidents, and the pages that wait for a reviewer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from models_catalog.findings.records import IncidentLine, WaitingPage
from models_catalog.models import Fetch, Incident
from models_catalog.sources import SOURCES
from models_catalog.vocabulary import Outcome

TITLES = {(source.slug, board.slug): board.title for source in SOURCES for board in source.boards}

DIGEST = "digest"  # what its incidents call themselves instead of a source
DIGEST_TITLES = {
    "post": "Weekly digest: outgoing mail",
    "composing": "Weekly digest: composing",
    "sources": "Weekly digest: sources",
    "inbox": "Weekly digest: incoming mail",
}


def open_incidents() -> Mapping[str, Sequence[IncidentLine]]:
    """By source slug, in the order of its boards' slugs."""
    found: defaultdict[str, list[IncidentLine]] = defaultdict(list)
    for row in Incident.objects.filter(closed_at=None).order_by("source", "board"):
        found[row.source].append(
            IncidentLine(
                board=row.board,
                cause=row.cause,
                detail=row.detail,
                opened_at=row.opened_at,
                last_at=row.last_at,
                times=row.times,
                next_try_at=row.next_try_at,
                title=board_title(row.source, row.board),
            )
        )
    return found


def digest_incidents() -> Sequence[IncidentLine]:
    """What is wrong with the weekly digest now: sending stopped, an edition not composed, sources it missed."""
    return open_incidents().get(DIGEST, ())


def waiting_pages() -> Mapping[str, Sequence[WaitingPage]]:
    """Pages in quarantine nobody has decided on, by source slug, oldest first."""
    found: defaultdict[str, list[WaitingPage]] = defaultdict(list)
    for row in Fetch.objects.filter(outcome=Outcome.QUARANTINED, decision=None).order_by("id"):
        found[row.source].append(
            WaitingPage(
                page=row.pk,
                board=row.board,
                title=board_title(row.source, row.board),
                observed_at=row.observed_at,
                since=row.recorded_at,
                records=row.records,
                reason=row.reason,
            )
        )
    return found


def board_title(source: str, board: str) -> str:
    """What the board is called; its slugs when this release does not know it any more."""
    if source == DIGEST:
        return DIGEST_TITLES.get(board, f"Weekly digest: edition {board}")
    return TITLES.get((source, board), f"{source}/{board}")
