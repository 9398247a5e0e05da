"""What a fetch may cost, and what the operator set. Frozen values; nothing here reads the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

MEBIBYTE = 1024 * 1024
AGENT = "OpenGap/0.1"


@dataclass(frozen=True, slots=True)
class Caps:
    """How large a body may be, in bytes: as sent, and decoded.

    Honest text compresses 5 to 30 times. A body that expands more than `ratio` times is refused once it
    is past `ratio_floor` bytes (a short run of blanks may compress as well as it likes).
    """

    wire: int
    decoded: int
    ratio: int = 200
    ratio_floor: int = MEBIBYTE


SMALL_TEXT = Caps(5 * MEBIBYTE, 5 * MEBIBYTE)
DATA = Caps(50 * MEBIBYTE, 50 * MEBIBYTE)
ROBOTS = Caps(512 * 1024, 512 * 1024)  # RFC 9309 asks readers to take at least 500 KiB
GLIMPSE = Caps(256 * 1024, 256 * 1024)  # of an error page, to see whether it is a challenge

CAPS_BY_MEDIA: Mapping[str, Caps] = {
    "html": SMALL_TEXT,
    "markdown": SMALL_TEXT,
    "yaml": SMALL_TEXT,
    "json": DATA,
    "csv": DATA,
    "tar": SMALL_TEXT,
    "zip": SMALL_TEXT,
}


@dataclass(frozen=True, slots=True)
class Limits:
    """All limits of one fetch, in seconds unless said otherwise (collection.md, "One fetcher")."""

    resolve: float = 5.0
    connect: float = 5.0
    read: float = 30.0
    wall_clock: float = 120.0  # one try with all its redirects; pauses between tries are not counted
    redirects: int = 5  # hops
    retries: int = 2  # tries after the first
    backoff: float = 1.0  # before the first retry; doubles, ±50 % jitter
    longest_pause: float = 60.0  # slept inside the process; longer becomes next_attempt_at
    bare_rate_limit: float = 300.0  # after a 429 that names no time: the Hub's window
    longest_hold: float = 7 * 86_400.0  # no answer may silence a host for longer
    pace: float = 1.0  # between two requests to one host, over all workers
    slowest_crawl: float = 30.0  # a longer Crawl-delay in robots.txt is cut to this
    full_fetch_every: float = 7 * 86_400.0  # a conditional GET is replaced by a full one after this long
    caps: Mapping[str, Caps] = field(default_factory=lambda: CAPS_BY_MEDIA)

    def caps_for(self, media: str) -> Caps:
        """The caps of a media type; KeyError for one that nobody has decided on."""
        return self.caps[media]


@dataclass(frozen=True, slots=True)
class DoorSettings:
    """What the operator configures.

    `contact` is told to every host in the User-Agent. `mirrors` maps a source's slug to the base address of
    a local mirror (http:// or https://; it replaces scheme and host) or to a folder of recorded files.
    `tokens` maps a host to a bearer token, sent to that host only. `ca_bundle` replaces certifi's.
    """

    contact: str
    limits: Limits = field(default_factory=Limits)
    mirrors: Mapping[str, str] = field(default_factory=dict)
    tokens: Mapping[str, str] = field(default_factory=dict, repr=False)
    ca_bundle: Path | None = None

    def __post_init__(self) -> None:
        for text in (self.contact, *self.tokens.values()):
            if not text.isascii() or not text.isprintable():
                raise ValueError("the contact and the tokens may hold printable ASCII only")
        if not self.contact:
            raise ValueError("set OPENGAP_CONTACT: hosts must be able to reach whoever runs this")

    @property
    def user_agent(self) -> str:
        return f"{AGENT} (+{self.contact})"
