"""What all workers must agree on: when a host may be asked again, which sources are paused, what is known.

The rules are pure functions over two small frozen records. Whoever stores the records (ingest, as Postgres
rows) only has to apply such a function to one record at a time; `MemoryState` does so inside one process.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from models_catalog.fetch.errors import OnHold, next_attempt
from models_catalog.sources.contract import Challenge, SourceError, TransportError

BREAKER_AFTER = 5  # failed runs in a row
BREAKER_PAUSE = timedelta(hours=1)  # doubles with each further failure
LONGEST_PAUSE = timedelta(hours=24)
CHALLENGE_PAUSE = timedelta(hours=24)
CHALLENGES_ALLOWED = 3


@dataclass(frozen=True, slots=True)
class HostStanding:
    """One host, whichever source asks it. `next_slot`: when the next request may start."""

    host: str
    next_slot: datetime | None = None
    held_until: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SourceStanding:
    """One source. `failures` and `challenges` count failed runs in a row; `disabled` needs a human."""

    slug: str
    failures: int = 0
    challenges: int = 0
    held_until: datetime | None = None
    disabled: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Validator:
    """What the last *accepted* answer for a page said about itself, and when it was last fetched whole."""

    url: str
    final_url: str
    sha256: str
    full_at: datetime
    etag: str = ""
    last_modified: str = ""


HostChange = Callable[[HostStanding], HostStanding]
SourceChange = Callable[[SourceStanding], SourceStanding]


class DoorState(Protocol):
    """What the door asks of a store.

    `change_host` and `change_source` apply a function to one record and keep the result, atomically (a row
    lock), starting from a blank record; they return what is now stored. The function may be called again if
    the store has to retry. `validator` knows only answers that the gate accepted.
    """

    def change_host(self, host: str, change: HostChange) -> HostStanding: ...

    def change_source(self, slug: str, change: SourceChange) -> SourceStanding: ...

    def validator(self, url: str) -> Validator | None: ...


@dataclass(slots=True)
class MemoryState:
    """The state of one process: right for a single command, not for several workers."""

    hosts: dict[str, HostStanding] = field(default_factory=dict)
    sources: dict[str, SourceStanding] = field(default_factory=dict)
    validators: dict[str, Validator] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def change_host(self, host: str, change: HostChange) -> HostStanding:
        with self.lock:
            self.hosts[host] = change(self.hosts.get(host, HostStanding(host)))
            return self.hosts[host]

    def change_source(self, slug: str, change: SourceChange) -> SourceStanding:
        with self.lock:
            self.sources[slug] = change(self.sources.get(slug, SourceStanding(slug)))
            return self.sources[slug]

    def validator(self, url: str) -> Validator | None:
        return self.validators.get(url)


def slot_taken(standing: HostStanding, now: datetime, interval: timedelta) -> HostStanding:
    """Reserve a slot: the request may start at `next_slot - interval`, the one after at `next_slot`."""
    start = max(now, standing.next_slot or now, standing.held_until or now)
    return replace(standing, next_slot=start + interval)


def host_held(standing: HostStanding, until: datetime, reason: str) -> HostStanding:
    """Stay away from the host; a longer pause already in force stays in force."""
    if standing.held_until and standing.held_until >= until:
        return standing
    return replace(standing, held_until=until, reason=reason)


def source_failed(standing: SourceStanding, error: SourceError, now: datetime) -> SourceStanding:
    """The standing after a failed run: the breaker opens after five, a challenge pauses, three disable.

    An `OnHold` (nothing was asked) changes nothing but the time, if it names a later one; a page that arrived
    and was not what is due (PayloadError) is the gate's matter and does not count here.
    """
    reason = str(error)
    if isinstance(error, OnHold):
        return on_hold_until(standing, next_attempt(error), reason)
    if isinstance(error, Challenge):
        met = standing.challenges + 1
        disabled = standing.disabled or met >= CHALLENGES_ALLOWED
        return replace(held(standing, now + CHALLENGE_PAUSE, reason), challenges=met, disabled=disabled)
    if not isinstance(error, TransportError):
        return standing
    failures = standing.failures + 1
    return replace(held(standing, breaker_until(failures, now), reason), failures=failures)


def on_hold_until(standing: SourceStanding, until: datetime | None, reason: str) -> SourceStanding:
    """The pause already in force keeps its reason: else every vain run would wrap it in another sentence."""
    if until is None or (standing.held_until and standing.held_until >= until):
        return standing
    return held(standing, until, reason)


def breaker_until(failures: int, now: datetime) -> datetime | None:
    if failures < BREAKER_AFTER:
        return None
    doublings = min(failures - BREAKER_AFTER, 10)
    return now + min(BREAKER_PAUSE * (1 << doublings), LONGEST_PAUSE)


def held(standing: SourceStanding, until: datetime | None, reason: str) -> SourceStanding:
    if until is None or (standing.held_until and standing.held_until > until):
        return replace(standing, reason=reason)
    return replace(standing, held_until=until, reason=reason)


def source_answered(standing: SourceStanding) -> SourceStanding:
    """The standing after a run whose last page arrived. A disabled source stays so: a human decides."""
    return SourceStanding(standing.slug, disabled=standing.disabled)
