"""One source end to end: fetch and archive, parse, gate, store. A failing page stops only itself.

The raw bytes are archived before the transaction; whatever happens, the page ends as one `Fetch` row with an
outcome and a reason. Nothing is half-stored: a page's facts and its row commit together.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from billiard.exceptions import SoftTimeLimitExceeded
from django.db import connection
from django.utils import timezone

from models_catalog.fetch.archive import Archive
from models_catalog.fetch.folder import RecordedFile
from models_catalog.ingest.before import fallen_counts, last_accepted
from models_catalog.ingest.gate import Verdict, judge
from models_catalog.ingest.generation import announce
from models_catalog.ingest.incidents import note_delivery, note_recovery, note_trouble
from models_catalog.ingest.plausible import Objection, objection
from models_catalog.ingest.store import LeaseLost, store
from models_catalog.models import Fetch, Run
from models_catalog.sources.contract import Board, Drift, Page, PayloadError, RowProblem, Source, SourceError
from models_catalog.vocabulary import Outcome

log = logging.getLogger(__name__)

PROBLEMS_KEPT = 20
DELIVERED = (Outcome.ACCEPTED, Outcome.UNCHANGED)
ENDS_THE_RUN = (LeaseLost, SoftTimeLimitExceeded)  # no page's fault: the run stops where it is
SEVERITY = (
    Outcome.FAILED,
    Outcome.REJECTED,
    Outcome.QUARANTINED,
    Outcome.ACCEPTED,
    Outcome.UNCHANGED,
    Outcome.UNSUPPORTED,
)


@dataclass(slots=True)
class RunLog:
    """A run being written: its row, and how every page ended so far."""

    run: Run
    source: Source
    archive: Archive
    lease: UUID | None = None
    fetches: list[Fetch] = field(default_factory=list)
    notice: Callable[[Fetch], None] | None = None
    news: datetime | None = (
        None  # when the newest page with a new value was stored: readers are told at the end
    )

    def end(self, fetch: Fetch) -> Fetch:
        self.fetches.append(fetch)
        if self.notice:
            self.notice(fetch)
        return fetch


@contextmanager
def running(
    source: Source, trigger: Run.Trigger, archive: Archive, lease: UUID | None = None
) -> Iterator[RunLog]:
    """Open a run row, and close it with the gravest outcome of its pages."""
    run = Run.objects.create(source=source.slug, trigger=trigger, started_at=timezone.now())
    entry = RunLog(run, source, archive, lease)
    try:
        yield entry
    except BaseException as error:  # also an interrupt or a time limit: the row must not claim success
        close(entry, broken_off=f"broken off: {type(error).__name__}: {error}".rstrip(": "))
        raise
    close(entry)


def close(entry: RunLog, broken_off: str = "") -> None:
    ended = [Outcome(fetch.outcome) for fetch in entry.fetches]
    entry.run.outcome = min(ended, key=SEVERITY.index, default=Outcome.FAILED)
    worst = [fetch for fetch in entry.fetches if fetch.outcome == entry.run.outcome]
    entry.run.reason = worst[0].reason if worst else "no page arrived"
    if broken_off:
        entry.run.outcome, entry.run.reason = Outcome.FAILED, storable(broken_off)[:500]
    elif entry.run.trigger == Run.Trigger.LIVE and entry.run.outcome in DELIVERED:
        note_recovery(entry.run.source)
    entry.run.records = sum(
        fetch.records
        for fetch in entry.fetches
        if fetch.outcome in DELIVERED and not entry.source.is_archive(fetch.board)
    )
    if entry.news is not None:
        announce(entry.news)
    entry.run.finished_at = timezone.now()
    entry.run.save()


def take_page(entry: RunLog, page: Page, fetch: Fetch | None = None) -> Fetch:
    """Archive, parse, judge and store one page; the row says how it ended. Never raises for bad data."""
    fetch = row_of(entry, page, fetch)
    try:
        fetch.sha256 = entry.archive.put(page.body)
        if known_page(fetch):
            return settle(entry, fetch, Outcome.UNCHANGED, "the same bytes were accepted before")
        return take_rows(entry, page, fetch)
    except ENDS_THE_RUN:
        raise
    except SourceError as error:
        return refusal(entry, fetch, error)
    except Exception as error:  # the boundary: one page's fault must never stop the run
        return our_fault(entry, fetch, error)


def row_of(entry: RunLog, page: Page, fetch: Fetch | None = None) -> Fetch:
    """The row of a page that arrived; how it ended is still to be written."""
    fetch = fetch or Fetch()
    fetch.run, fetch.source, fetch.board = entry.run, entry.source.slug, page.board
    fetch.url, fetch.file, fetch.observed_at = page.url, page.file or "", page.observed_at
    fetch.size, fetch.parser_version = len(page.body), entry.source.parser_version
    fetch.recorded_at = timezone.now()
    return fetch


def take_rows(entry: RunLog, page: Page, fetch: Fetch) -> Fetch:
    board = entry.source.board(page.board)
    verdict = judge(entry.source.parse(page), board, page.observed_at)
    fallen = fallen_counts(fetch, verdict.facts)
    note_rows(fetch, verdict, fallen)
    if against := against_page(entry.source, board, fetch, verdict):
        return settle(entry, fetch, against.outcome, against.reason, "implausible")
    fell = f"{len(fallen)} count(s) fell" if fallen else ""
    fetch.outcome, fetch.reason = Outcome.ACCEPTED, "; ".join(filter(None, (verdict.reason, fell)))
    stored = store(
        fetch,
        verdict.facts,
        complete=board.complete,
        restated=board.restated(page),
        held_back=verdict.held_back,
        lease=entry.lease,
        announced=False,
    )
    entry.run.inserted += stored.total
    if not stored.total:
        return settle(entry, fetch, Outcome.UNCHANGED, fetch.reason or "no new value")
    entry.news = fetch.recorded_at
    note_delivery(fetch, complete=board.complete)
    return entry.end(fetch)


def against_page(source: Source, board: Board, fetch: Fetch, verdict: Verdict) -> Objection | None:
    """Why the page is not taken: it cannot follow the last one, or its own rows speak against it."""
    compared = objection(
        (*verdict.facts, *verdict.impossible),
        board,
        last_accepted(fetch, board),
        rows=verdict.records,
        size=fetch.size,
        observed_at=fetch.observed_at,
        cadence=source.cadence,
    )
    if verdict.outcome is Outcome.ACCEPTED or (compared and compared.outcome is Outcome.REJECTED):
        return compared
    return Objection(verdict.outcome, verdict.reason)


def note_rows(fetch: Fetch, verdict: Verdict, fallen: Sequence[Drift]) -> None:
    fetch.records = verdict.records
    fetch.problems = kept((*verdict.problems, *fallen))


def kept(problems: Sequence[RowProblem]) -> list[dict[str, str]]:
    """The first problems of a page, as its row keeps them."""
    return [
        {
            "row": storable(problem.row)[:120],
            "reason": storable(problem.reason)[:300],
            "quote": storable(problem.quote)[:200],
        }
        for problem in problems[:PROBLEMS_KEPT]
    ]


def storable(text: str) -> str:
    """What was wrong may be the very letters no database takes: a NUL, half a surrogate. Spelled out."""
    return text.encode("utf-8", "backslashreplace").decode().replace("\x00", "\\x00")


def settle(entry: RunLog, fetch: Fetch, outcome: Outcome, reason: str, cause: str = "") -> Fetch:
    """Write how the page ended; trouble opens an incident, delivery closes it."""
    fetch.outcome, fetch.reason = outcome, storable(reason)[:500]
    fetch.save()
    if outcome in DELIVERED:
        note_delivery(fetch, complete=entry.source.board(fetch.board).complete)
    else:
        note_trouble(fetch, cause)
    return entry.end(fetch)


def our_fault(entry: RunLog, fetch: Fetch, error: Exception) -> Fetch:
    """A page, or what was asked for next, met an error of our own: logged in full, named in one line."""
    log.error("%s/%s: our fault", fetch.source, fetch.board, exc_info=error)
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()  # a database that restarted is told over a new connection
    cause = type(error).__name__
    return settle(entry, fetch, Outcome.FAILED, f"our fault: {cause}: {error}", cause)


def fail(entry: RunLog, board: str, url: str, error: SourceError) -> Fetch:
    """A page that was asked for and did not come, in the error's own words."""
    return refusal(entry, without_bytes(entry, board, url), error)


def without_bytes(entry: RunLog, board: str, url: str) -> Fetch:
    """The row of a page that was asked for and did not come."""
    now = timezone.now()
    return Fetch(
        run=entry.run, source=entry.source.slug, board=board, url=url, observed_at=now, recorded_at=now
    )


def refuse(entry: RunLog, board: str, file: RecordedFile, error: SourceError) -> Fetch:
    """The same for a recorded file, which has a name and a capture time of its own."""
    fetch = Fetch(
        run=entry.run,
        source=entry.source.slug,
        board=board,
        url=file.source_url,
        file=file.relative,
        observed_at=file.captured_at,
        recorded_at=timezone.now(),
    )
    return refusal(entry, fetch, error)


def refusal(entry: RunLog, fetch: Fetch, error: SourceError) -> Fetch:
    """Rejected if it cannot be what the source serves, else failed; the fault's name comes first."""
    outcome = Outcome.REJECTED if isinstance(error, PayloadError) else Outcome.FAILED
    cause = type(error).__name__
    return settle(entry, fetch, outcome, f"{cause}: {error}", cause)


def known_page(fetch: Fetch) -> bool:
    """Were these bytes accepted already: this very capture, or as the newest one before it?"""
    accepted = Fetch.objects.filter(source=fetch.source, board=fetch.board, outcome__in=DELIVERED)
    accepted = accepted.filter(parser_version=fetch.parser_version).exclude(run__trigger=Run.Trigger.SHIPPED)
    if accepted.filter(sha256=fetch.sha256, observed_at=fetch.observed_at).exists():
        return True
    before = accepted.filter(url=fetch.url, observed_at__lte=fetch.observed_at).order_by(
        "-observed_at", "-id"
    )
    newest = before.first()
    return newest is not None and newest.sha256 == fetch.sha256
