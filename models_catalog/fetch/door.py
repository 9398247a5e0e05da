"""The live door: one source, one run, every limit.

    with open_door(source, settings, state, archive) as door:
        for page in source.pages(door):
            ...
    door.reports  # one FetchReport per call, failed ones included

A call ends with a page whose bytes are in the archive, or with a named error and nothing stored.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime
from functools import partial
from types import TracebackType
from typing import Self

from models_catalog.fetch.address import Outside
from models_catalog.fetch.archive import Archive
from models_catalog.fetch.capture import Capture
from models_catalog.fetch.errors import AskedToWait, Hiccup, OnHold
from models_catalog.fetch.exchange import Exchange
from models_catalog.fetch.folder import FolderDoor
from models_catalog.fetch.limits import DoorSettings
from models_catalog.fetch.politeness import Politeness
from models_catalog.fetch.report import FetchReport, Trace
from models_catalog.fetch.route import Route, mirror_folder
from models_catalog.fetch.state import DoorState, source_answered, source_failed
from models_catalog.fetch.transport import Transport
from models_catalog.sources.contract import Page, Source, SourceError

OUTSIDE = Outside()  # one per process: it remembers that the name service is silent


def open_door(
    source: Source, settings: DoorSettings, state: DoorState, archive: Archive, outside: Outside = OUTSIDE
) -> LiveDoor | FolderDoor:
    """The door the settings give a source: live, through a local mirror, or into a recorded folder."""
    folder = mirror_folder(settings.mirrors.get(source.slug, ""))
    if folder is not None:
        return FolderDoor(source, folder, settings.limits, archive)
    return LiveDoor(source, settings, state, archive, outside)


class LiveDoor:
    """A `Door` for one run of one source, to be used in a `with`. Not to be shared between threads."""

    def __init__(
        self,
        source: Source,
        settings: DoorSettings,
        state: DoorState,
        archive: Archive,
        outside: Outside = OUTSIDE,
    ) -> None:
        route = Route(source, settings.mirrors.get(source.slug, ""))
        self.source, self.limits, self.state, self.archive = source, settings.limits, state, archive
        self.outside = outside
        self.politeness = Politeness(state, settings.limits, outside, route.own)
        self.transport = Transport(settings, outside, local=route.local)
        exchange = Exchange(route, settings, self.transport, self.politeness)
        self.capture = Capture(source, exchange, state, archive)
        self.reports: list[FetchReport] = []
        self._last_error: SourceError | None = None

    def __call__(self, board: str, url: str) -> Page:
        """The page at `url`, fetched now or confirmed by the host. Raises a SourceError for every fault."""
        trace = Trace(self.source.slug, board, url, datetime.now(UTC))
        try:
            self._admit()
            page = self._persist(trace)
        except SourceError as error:
            self._last_error = error
            self.reports.append(trace.finished(datetime.now(UTC), error))
            raise
        self._last_error = None
        self.reports.append(trace.finished(page.observed_at))
        return page

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        if error is None or isinstance(error, SourceError):
            self._tell()  # a run that was interrupted from outside says nothing about the source

    def close(self) -> None:
        """Close the connections that were kept alive."""
        self.transport.close()

    def _tell(self) -> None:
        """Tell the shared state how the run's last call ended: the breaker counts runs, not pages."""
        if self._last_error is not None:
            failed = partial(source_failed, error=self._last_error, now=datetime.now(UTC))
            self.state.change_source(self.source.slug, failed)
        elif self.reports:
            self.state.change_source(self.source.slug, source_answered)

    def _admit(self) -> None:
        """Refuse before anything is asked: a paused or disabled source, a disk that is nearly full."""
        standing = self.state.change_source(self.source.slug, lambda current: current)
        if standing.disabled:
            raise OnHold(f"{self.source.slug} is disabled until somebody enables it: {standing.reason}", None)
        until = standing.held_until
        if until and until > datetime.now(UTC):
            raise OnHold(
                f"{self.source.slug} is paused until {until:%Y-%m-%d %H:%M} UTC: {standing.reason}", until
            )
        self.archive.check_room()

    def _persist(self, trace: Trace) -> Page:
        """Try, and try again after a hiccup, or after a short pause the host asked for."""
        while True:
            trace.tries += 1
            try:
                return self.capture.once(trace)
            except AskedToWait as error:
                self._wait_or_give_up(error, trace)
            except Hiccup as error:
                if trace.tries > self.limits.retries:
                    raise type(error)(f"{error} (tried {trace.tries} times)") from error
                pause = self.limits.backoff * 2 ** (trace.tries - 1)
                self.outside.pause(pause * random.uniform(0.5, 1.5))  # noqa: S311 - jitter, not a secret

    def _wait_or_give_up(self, error: AskedToWait, trace: Trace) -> None:
        """Sleep through a short pause; keep every worker away from the host for a long one."""
        seconds = (error.pause_ends - datetime.now(UTC)).total_seconds()
        if trace.tries > self.limits.retries or seconds > self.limits.longest_pause:
            self.politeness.hold(error.host, error.pause_ends, str(error))
            raise error
        self.outside.pause(max(seconds, 0.0))
