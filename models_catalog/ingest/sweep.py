"""Lists longer than a page: swept page after page, each page and the cursor to the next in one transaction.

A killed worker repeats at most the page it was at, and what it had not committed. A run takes a slice of time, so
that it ends well before its lease and its task's limit; the next run goes on where it ended. A cursor that the
host refuses restarts the sweep: pages that come again store nothing twice.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from models_catalog.fetch.door import LiveDoor
from models_catalog.fetch.errors import AskedToWait, OnHold, RequestRefused
from models_catalog.ingest.incidents import note_trouble
from models_catalog.ingest.run import DELIVERED, RunLog, fail, take_page
from models_catalog.ingest.schedule import pause_after
from models_catalog.ingest.store import LeaseLost
from models_catalog.ingest.visibility import note_seen, note_unseen
from models_catalog.models import Fetch, SweepState
from models_catalog.sources.contract import Page, Source, SourceError, Sweep, WrongShape

SHRUNKEN = 0.80  # share of the last pass's rows below which a list is doubted
DOUBTS = 2  # passes a shrunken list is doubted; the next is believed
LONGEST_SLICE = 300.0  # seconds
Report = Callable[[LiveDoor, Page], Fetch]


@dataclass(frozen=True, slots=True)
class Slice:
    """One run's share of the sweeping."""

    entry: RunLog
    door: LiveDoor
    report: Report  # the row of a page, with how it came
    ends: float  # by the monotonic clock

    @property
    def over(self) -> bool:
        return time.monotonic() >= self.ends


def take_sweeps(entry: RunLog, door: LiveDoor, report: Report) -> None:
    """What is due, the most frequent sweeps first. A fault of the host ends the run, and that sweep's turn."""
    share = Slice(entry, door, report, time.monotonic() + slice_seconds())
    for sweep in due_sweeps(entry.source):
        if share.over or not follow(share, sweep):
            return


def slice_seconds() -> float:
    """Well within the task's soft limit and the lease: both would end the run the hard way."""
    limits = (settings.CELERY_TASK_SOFT_TIME_LIMIT, settings.OPENGAP_LEASE.total_seconds())
    return min(LONGEST_SLICE, *(limit / 2 for limit in limits))


def wished(source: Source) -> list[Sweep]:
    """The source's sweeps, without those that this installation did not ask for."""
    return [sweep for sweep in source.sweeps if settings.OPENGAP_HUB_TAIL or not sweep.optional]


def due_sweeps(source: Source) -> Iterator[Sweep]:
    now, sweeps = timezone.now(), wished(source)
    rows = [SweepState(source=source.slug, sweep=sweep.slug, due_at=now) for sweep in sweeps]
    SweepState.objects.bulk_create(rows, ignore_conflicts=True)
    due = set(SweepState.objects.filter(source=source.slug, due_at__lte=now).values_list("sweep", flat=True))
    yield from sorted(
        (sweep for sweep in source.sweeps if sweep.slug in due), key=lambda sweep: sweep.cadence
    )


def next_due(source: Source) -> datetime | None:
    """When a sweep of the source wants to begin or go on; None when it has none."""
    wanted = {sweep.slug for sweep in wished(source)}
    rows = SweepState.objects.filter(source=source.slug, sweep__in=wanted)
    moment: datetime | None = rows.aggregate(first=Min("due_at"))["first"]
    return moment


def follow(share: Slice, sweep: Sweep) -> bool:
    """Page after page, until the sweep or the slice is over. False when the host ended it."""
    while True:
        state = SweepState.objects.get(source=share.entry.source.slug, sweep=sweep.slug)
        url = state.next_url or sweep.url
        try:
            page = share.door(sweep.board, url)
            finished = commit(share, sweep, state.next_url, page)
        except SourceError as error:
            give_up(share.entry, sweep, url, error)
            return False
        if finished or share.over:
            return True


@transaction.atomic
def commit(share: Slice, sweep: Sweep, asked: str, page: Page) -> bool:
    """Store the page and move the cursor, or neither. True when the pass ended with it.

    LeaseLost when another process moved the cursor meanwhile.
    """
    source = share.entry.source.slug
    state = SweepState.objects.select_for_update().get(source=source, sweep=sweep.slug)
    if state.next_url != asked:
        raise LeaseLost(f"{source}: another process is sweeping {sweep.slug!r}")
    following = following_of(sweep, state, page)
    if not asked:
        begin(state)
    fetch = None
    if not (asked and page.body.strip() == b"[]"):  # a list may end with an empty page, never begin with one
        fetch = take_page(share.entry, page, share.report(share.door, page))
        seen = sweep.seen(page)
        state.rows += len(seen)
        note_seen(source, sweep, seen, page.observed_at)
    state.pages += 1
    state.moved_at = timezone.now()
    state.next_url = following
    state.failures = state.failures if state.restarts else 0
    if not following:
        finish(share.entry, sweep, state, fetch)
    state.save()
    return not following


def begin(state: SweepState) -> None:
    state.begun_at = timezone.now()
    state.pages = state.rows = 0


def following_of(sweep: Sweep, state: SweepState, page: Page) -> str:
    """The address to go on with; "" at the end. WrongShape when the page names itself: that never ends."""
    pages = 1 + (state.pages if state.next_url else 0)
    far_enough = (sweep.enough and sweep.enough(page)) or (sweep.pages and pages >= sweep.pages)
    if page.next_url is None or far_enough:
        return ""
    if page.next_url == page.url:
        raise WrongShape("the page names itself as the one after it")
    return page.next_url


def finish(entry: RunLog, sweep: Sweep, state: SweepState, last: Fetch | None) -> None:
    """The pass is over. A list that lost a fifth at once is doubted first: nothing on it counts as missing."""
    now, begun = timezone.now(), state.begun_at or timezone.now()
    state.due_at = max(begun + sweep.cadence, now)
    state.finished_at, state.failures = now, 0
    if last is not None and last.outcome not in DELIVERED:
        return  # the page has its own incident, and the pass says nothing about what is missing
    if sweep.to_the_end and state.rows < state.finished_rows * SHRUNKEN and state.restarts < DOUBTS:
        state.restarts += 1
        note_shrunken(sweep, state, last)
        return
    state.restarts, state.finished_rows = 0, state.rows
    if sweep.whole and last is not None:
        note_unseen(entry.source.slug, sweep, last, begun)


def note_shrunken(sweep: Sweep, state: SweepState, last: Fetch | None) -> None:
    if last is not None:
        said = f"the list {sweep.slug!r} ended after {state.rows} rows, {state.finished_rows} came last"
        note_trouble(last, "ShrunkenSweep", said)


def give_up(entry: RunLog, sweep: Sweep, url: str, error: SourceError) -> None:
    """Say what happened, and when this sweep goes on: with the same page, or from its beginning.

    A host that announces its limit ends the run in good order, once it brought pages: that is no trouble.
    """
    resting = isinstance(error, OnHold) and not isinstance(error, AskedToWait)
    if resting and any(fetch.outcome in DELIVERED for fetch in entry.fetches):
        return
    fail(entry, sweep.board, url, error)
    if not resting:
        postpone(entry.source.slug, sweep, restart=isinstance(error, RequestRefused))


@transaction.atomic
def postpone(source: str, sweep: Sweep, *, restart: bool) -> None:
    """Other sweeps have their turn first. A refused cursor is forgotten, and counted."""
    state = SweepState.objects.select_for_update().get(source=source, sweep=sweep.slug)
    state.failures += 1
    state.due_at = timezone.now() + pause_after(state.failures, sweep.cadence)
    if restart and state.next_url:
        state.next_url = ""
        state.restarts += 1
    state.save()
