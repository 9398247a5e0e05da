"""Collect one source from where it lives: through the one network door, under a lease when a task holds one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from uuid import UUID

from django.conf import settings

from models_catalog.fetch.address import Outside
from models_catalog.fetch.archive import Archive
from models_catalog.fetch.door import OUTSIDE, LiveDoor, open_door
from models_catalog.fetch.folder import FolderDoor
from models_catalog.fetch.limits import DoorSettings
from models_catalog.fetch.report import FetchReport
from models_catalog.ingest.archives import take
from models_catalog.ingest.door_state import StoredState
from models_catalog.ingest.run import (
    ENDS_THE_RUN,
    RunLog,
    fail,
    our_fault,
    running,
    without_bytes,
)
from models_catalog.ingest.schedule import release
from models_catalog.ingest.sweep import next_due, take_sweeps
from models_catalog.models import Fetch, Run
from models_catalog.sources import by_slug
from models_catalog.sources.contract import Page, Source, SourceError

Notice = Callable[[Fetch], None]


def collect(
    source: Source,
    lease: UUID | None = None,
    notice: Notice | None = None,
    *,
    through: DoorSettings | None = None,
    outside: Outside = OUTSIDE,
) -> Run:
    """Fetch and store what the source serves now. A fault ends this source's run only, with one sentence.

    `through` replaces what the operator configured (limits, mirrors, certificates), and `outside` the world.
    Raises LeaseLost when another worker took the source over; otherwise the lease is given back in any case.
    """
    door = open_door(source, through or door_settings(), StoredState(), archive(), outside)
    with ExitStack() as ending, running(source, Run.Trigger.LIVE, archive(), lease) as entry, door:
        if lease is not None:
            ending.callback(give_back, entry.run, source, lease, door)  # after door and run are closed
        entry.notice = notice
        take_pages(entry, door)
    return entry.run


def take_pages(entry: RunLog, door: LiveDoor | FolderDoor) -> None:
    """Every page the source serves; the first that does not come ends it."""
    source = entry.source
    try:
        if source.sweeps and isinstance(door, LiveDoor):
            take_sweeps(entry, door, reported)
            return
        for page in pages_through(door, source):
            take(entry, page, reported(door, page))
    except SourceError as error:
        fail(entry, *asked_last(door, source), error)
    except ENDS_THE_RUN:
        raise
    except Exception as error:  # the boundary: one source's fault must never stop the others
        our_fault(entry, without_bytes(entry, *asked_last(door, source)), error)


def pages_through(door: LiveDoor | FolderDoor, source: Source) -> Iterator[Page]:
    """The pages the source asks for; of lists that are swept, a folder can only give what was recorded of them."""
    return door.pages() if source.sweeps and isinstance(door, FolderDoor) else source.pages(door)


def give_back(run: Run, source: Source, lease: UUID, door: LiveDoor | FolderDoor) -> None:
    release(source, lease, run, next_attempt(door), next_due(source))


def reported(door: LiveDoor | FolderDoor, page: Page) -> Fetch:
    """The row of a page, with what the door says about how it came."""
    report = last_report(door)
    if report is None or report.url != page.url:
        return Fetch()
    return Fetch(
        final_url=report.final_url,
        status=report.status,
        etag=report.etag[:1000],
        last_modified=report.last_modified[:200],
    )


def last_report(door: LiveDoor | FolderDoor) -> FetchReport | None:
    return door.reports[-1] if isinstance(door, LiveDoor) and door.reports else None


def asked_last(door: LiveDoor | FolderDoor, source: Source) -> tuple[str, str]:
    """Board and address of the page that failed."""
    report = last_report(door)
    return (report.board, report.url) if report else (source.boards[0].slug, source.boards[0].url)


def next_attempt(door: LiveDoor | FolderDoor) -> datetime | None:
    """When the host asked to be left alone until, if it did."""
    report = last_report(door)
    return report.next_attempt_at if report else None


def archive() -> Archive:
    return Archive(settings.OPENGAP_DATA)


def door_settings() -> DoorSettings:
    keys: dict[str, str] = settings.OPENGAP_KEYS
    tokens = {host: key for slug, key in keys.items() if key for host in by_slug(slug).hosts}
    if settings.HF_TOKEN:
        tokens["huggingface.co"] = settings.HF_TOKEN
    return DoorSettings(contact=settings.OPENGAP_CONTACT, mirrors=settings.OPENGAP_MIRRORS, tokens=tokens)


def off(source: Source) -> str:
    """Why the source is not collected here, "" when it is."""
    return source.off(settings.OPENGAP_KEYS, settings.OPENGAP_MIRRORS)
