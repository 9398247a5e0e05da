"""The board as last accepted, for the gate's comparisons."""

from __future__ import annotations

from collections.abc import Sequence

from models_catalog.ingest.facts import Fact
from models_catalog.ingest.plausible import Before, numbers_of
from models_catalog.models import DownloadSample, Fetch, Observation, Subject
from models_catalog.sources.contract import Board, Drift
from models_catalog.vocabulary import FactKind, Outcome

ALL_TIME = "all-time"
DELIVERED = (Outcome.ACCEPTED, Outcome.UNCHANGED)
FALLS = (ALL_TIME, "30d")


def last_accepted(fetch: Fetch, board: Board) -> Before | None:
    """What the page is compared with: the newest delivered one before it. None: nothing to compare with.

    A partial page (one organisation of the Hub) is compared with the last one of the same address, in size only.
    """
    delivered = Fetch.objects.filter(
        source=fetch.source, board=fetch.board, observed_at__lt=fetch.observed_at
    )
    delivered = delivered.filter(outcome__in=DELIVERED, records__gt=0)
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
    """The facts the board listed just before this capture.

    When no other capture of the board is as young, those are the current ones: its whole history need not be read.
    """
    rows = Observation.objects.filter(subject__source=fetch.source, board=fetch.board)
    if captured_since(fetch):
        rows = rows.filter(observed_at__lt=fetch.observed_at).newest()
    else:
        rows = rows.filter(current__isnull=False)
    fields = ("subject__external_id", "kind", "key", "value", "digest", "present")
    return [
        Fact(subject, "", FactKind(kind), key, value, digest, None)
        for subject, kind, key, value, digest, present in rows.values_list(*fields).iterator(chunk_size=5000)
        if present
    ]


def captured_since(fetch: Fetch) -> bool:
    """Is another page of the board stored that was captured at the same time, or later?"""
    delivered = Fetch.objects.filter(source=fetch.source, board=fetch.board, outcome__in=DELIVERED)
    return delivered.filter(observed_at__gte=fetch.observed_at).exclude(pk=fetch.pk).exists()


def fallen_counts(fetch: Fetch, facts: Sequence[Fact]) -> list[Drift]:
    """Totals "of all time" that are smaller than the last ones, and trailing counts that became nothing.

    The Hub corrects the ones and zeroes the others: what it says now is stored and said to be smaller, and nobody
    may read the step as a change in use.
    """
    counts = {
        (fact.subject, str(fact.value["window"])): int(str(fact.value["count"]))
        for fact in facts
        if fact.kind is FactKind.DOWNLOADS and "day" not in fact.value and fact.value["window"] in FALLS
    }
    names = {subject for subject, _ in counts}
    subjects = dict(
        Subject.objects.filter(source=fetch.source, external_id__in=names).values_list("pk", "external_id")
    )
    before = DownloadSample.objects.filter(
        subject_id__in=subjects, window__in=FALLS, observed_at__lt=fetch.observed_at
    )
    newest = before.order_by("subject_id", "window", "-observed_at").distinct("subject_id", "window")
    return [
        Drift(subjects[subject], said)
        for subject, window, count in newest.values_list("subject_id", "window", "count")
        if (said := fall(window, count, counts.get((subjects[subject], window))))
    ]


def fall(window: str, before: int, now: int | None) -> str:
    if now is None or now >= before:
        return ""
    if window == ALL_TIME:
        return f"all-time downloads fell from {before} to {now}: corrected there"
    return f"downloads of 30 days fell from {before} to 0: zeroed there" if not now else ""
