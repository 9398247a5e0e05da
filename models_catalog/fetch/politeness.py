"""When a host may be asked: pacing over all workers, pauses it asked for, limits it announces."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from models_catalog.fetch.address import Outside
from models_catalog.fetch.errors import OnHold
from models_catalog.fetch.limits import Limits
from models_catalog.fetch.state import DoorState, HostStanding, host_held, slot_taken

RATE_LIMIT = re.compile(r"(?:^|;)\s*([rt])\s*=\s*(\d{1,9})")
FEW_REQUESTS_LEFT = 10


@dataclass(slots=True)
class Politeness:
    """Paces the requests of one door. A mirror of one's own (`local`) is not paced; one elsewhere is."""

    state: DoorState
    limits: Limits
    outside: Outside
    local: bool
    crawl_delays: dict[str, float] = field(default_factory=dict)

    def await_turn(self, host: str) -> float:
        """Wait until the host may be asked; the seconds waited. OnHold when that is longer than a pause."""
        now = datetime.now(UTC)
        interval = timedelta(seconds=self.interval(host))
        standing = self.state.change_host(host, lambda current: self.turn(current, now, interval))
        if standing.held_until and self.too_far(standing.held_until, now):
            raise on_hold(host, standing.held_until, standing.reason)
        start = (standing.next_slot or now) - interval
        if self.too_far(start, now):
            raise on_hold(host, start, "many requests are waiting for their turn")
        seconds = max((start - now).total_seconds(), 0.0)
        if seconds:
            self.outside.pause(seconds)
        return seconds

    def turn(self, standing: HostStanding, now: datetime, interval: timedelta) -> HostStanding:
        """Take a slot, unless the host is on hold for longer than we would wait for it."""
        if standing.held_until and self.too_far(standing.held_until, now):
            return standing
        return slot_taken(standing, now, interval)

    def interval(self, host: str) -> float:
        return 0.0 if self.local else max(self.limits.pace, self.crawl_delays.get(host, 0.0))

    def too_far(self, moment: datetime, now: datetime) -> bool:
        return (moment - now).total_seconds() > self.limits.longest_pause

    def hold(self, host: str, until: datetime, reason: str) -> None:
        self.state.change_host(host, lambda standing: host_held(standing, until, reason))

    def heed(self, host: str, headers: Mapping[str, str]) -> None:
        """Stop before a limit the host announces is reached, instead of running into it."""
        found = dict(RATE_LIMIT.findall(headers.get("ratelimit", "")))
        if "r" in found and "t" in found and int(found["r"]) < FEW_REQUESTS_LEFT:
            seconds = min(float(found["t"]), self.limits.longest_hold)
            self.hold(
                host, datetime.now(UTC) + timedelta(seconds=seconds), "its announced limit is nearly used up"
            )

    def crawl_delay(self, host: str, seconds: float | None) -> None:
        """Slow down to the host's Crawl-delay, as far as that is sensible."""
        if seconds is not None and 0 < seconds < math.inf:
            self.crawl_delays[host] = min(seconds, self.limits.slowest_crawl)

    def requested_pause(self, headers: Mapping[str, str]) -> float | None:
        """Seconds a 429 or 503 answer asks us to wait (Retry-After in either form, else RateLimit's `t`)."""
        seconds = retry_after(headers)
        if seconds is None:
            window = dict(RATE_LIMIT.findall(headers.get("ratelimit", ""))).get("t")
            seconds = float(window) if window else None
        return None if seconds is None else min(max(seconds, 0.0), self.limits.longest_hold)


def on_hold(host: str, until: datetime, reason: str) -> OnHold:
    return OnHold(f"{host} is not asked before {until:%Y-%m-%d %H:%M:%S} UTC: {reason}", until)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Retry-After in seconds; a date is counted from the answer's own Date, so a wrong clock does no harm."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdecimal():
        return float(value[:12])
    moment = http_date(value)
    if moment is None:
        return None
    return (moment - (http_date(headers.get("date", "")) or datetime.now(UTC))).total_seconds()


def http_date(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
