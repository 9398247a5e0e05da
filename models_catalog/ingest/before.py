"""The board as last accepted, for the gate's comparisons."""

from __future__ import annotations

from models_catalog.ingest.facts import Fact
from models_catalog.ingest.plausible import Before, numbers_of
from models_catalog.models import Fetch, Observation
from models_catalog.sources.contract import Board
from models_catalog.vocabulary import FactKind, Outcome


def last_accepted(fetch: Fetch, board: Board) -> Before | None:
    """What the page is compared with: the newest delivered one before it. None: nothing to compare with.

    A partial page (one organisation of the Hub) is compared with the last one of the same address, in size only.
    """
    delivered = Fetch.objects.filter(
        source=fetch.source, board=fetch.board, observed_at__lt=fetch.observed_at
    )
    delivered = delivered.filter(outcome__in=(Outcome.ACCEPTED, Outcome.UNCHANGED), records__gt=0)
    if not board.complete:
        delivered = delivered.filter(url=fetch.url)
    newest = delivered.order_by("-observed_at", "-id").first()
    if newest is None:
        return None
    facts = listed_facts(fetch) if board.complete else []
    return Before(
        observed_at=newest.observed_at,
        rows=newest.records,
        size=newest.size,
        names=frozenset(fact.subject for fact in facts),
        numbers=numbers_of(facts),
    )


def listed_facts(fetch: Fetch) -> list[Fact]:
    """The facts the board listed just before this capture."""
    rows = Observation.objects.filter(subject__source=fetch.source, board=fetch.board)
    rows = rows.filter(observed_at__lt=fetch.observed_at).newest()
    fields = ("subject__external_id", "kind", "key", "value", "digest", "present")
    return [
        Fact(subject, "", FactKind(kind), key, value, digest, None)
        for subject, kind, key, value, digest, present in rows.values_list(*fields).iterator(chunk_size=5000)
        if present
    ]
