"""Every way a fetch can fail, each with a name. The message is one plain sentence a reader can act on.

`retry` (from the contract) says whether a later run may succeed. `Hiccup` errors are tried again within
the same call as well. `next_attempt_at` is set when the answer itself, or a pause, names the time.

    TransportError (retry)
    ├── HostUnresolved  NoAnswer  Refused  Unreachable  CertificateRefused  TooSlow  OnHold  AskedToWait
    └── Hiccup  Silence  BrokenAnswer  CutShort  ServerFailure
    PayloadError (no retry)
    ├── TooLarge  GzipBomb  RequestRefused  PageMissing  RobotsForbid  NotRecorded
    ├── Challenge -> Forbidden
    └── ForbiddenAddress  ForbiddenRedirect
    ArchiveError
    ├── DiskNearlyFull  ArchiveUnwritable (retry)
    └── MissingPayload  DamagedPayload
"""

from __future__ import annotations

from datetime import datetime

from models_catalog.sources.contract import Challenge, PayloadError, SourceError, TransportError


class HostUnresolved(TransportError):
    """The name has no address, or the name service did not answer: often no network at all."""


class NoAnswer(TransportError):
    """Nobody answered the connection attempt in time."""


class Refused(TransportError):
    """The machine is there and refused the connection."""


class Unreachable(TransportError):
    """The local machine has no way to the address."""


class CertificateRefused(TransportError):
    """TLS could not be established: expired, wrong name, unknown issuer, or not TLS at all."""


class TooSlow(TransportError):
    """The exchange was still going on when its wall-clock limit was reached."""


class Hiccup(TransportError):
    """May be gone in a second: tried again, with a growing pause, within the same call."""


class Silence(Hiccup):
    """Connected, then sent nothing for as long as a read may take."""


class BrokenAnswer(Hiccup):
    """Connected, and what came back is not HTTP, or the connection was cut before an answer."""


class CutShort(Hiccup):
    """The body ended before its announced length, its last chunk, or the end of its compression."""


class ServerFailure(Hiccup):
    """A 5xx answer."""


class OnHold(TransportError):
    """Not asked: an earlier answer or the breaker told us to stay away until `next_attempt_at`."""

    next_attempt_at: datetime | None

    def __init__(self, sentence: str, next_attempt_at: datetime | None) -> None:
        super().__init__(sentence)
        self.next_attempt_at = next_attempt_at


class AskedToWait(OnHold):
    """The host answered 429, or 503 with Retry-After. Short pauses are slept through inside the door."""

    def __init__(self, sentence: str, next_attempt_at: datetime, host: str) -> None:
        super().__init__(sentence, next_attempt_at)
        self.pause_ends = next_attempt_at
        self.host = host


class TooLarge(PayloadError):
    """More bytes than this kind of page may have."""


class GzipBomb(TooLarge):
    """Expands far beyond what honest compression yields."""


class RequestRefused(PayloadError):
    """A 4xx answer: the request is wrong (a rejected cursor, a missing key); asking again is no use."""


class PageMissing(RequestRefused):
    """404 or 410: the page is not there."""


class Forbidden(Challenge):
    """403: the host does not want this request."""


class RobotsForbid(PayloadError):
    """robots.txt asks programs not to read this page."""


class ForbiddenAddress(PayloadError):
    """The host resolves to an address outside the public Internet: never connected to."""


class ForbiddenRedirect(PayloadError):
    """A redirect, or a page's own address, leads where this source may not fetch from."""


class NotRecorded(PayloadError):
    """The recorded folder holds no file for this page."""


class ArchiveError(SourceError):
    """The archive of raw bytes could not do what was asked."""


class DiskNearlyFull(ArchiveError):
    """Nothing is fetched or written while the disk has less free space than it must keep."""

    retry = True


class ArchiveUnwritable(ArchiveError):
    """The payload could not be written; nothing of it is left behind."""

    retry = True


class MissingPayload(ArchiveError):
    """No payload under this hash."""


class DamagedPayload(ArchiveError):
    """What is stored under this hash is not what the hash was made of."""


def next_attempt(error: SourceError) -> datetime | None:
    """The time an error names for the next try, if it names one."""
    return error.next_attempt_at if isinstance(error, OnHold) else None
