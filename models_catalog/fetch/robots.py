"""robots.txt, for sources that are pages and not data endpoints (RFC 9309, read by Protego)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from protego import Protego

from models_catalog.fetch.errors import RobotsForbid
from models_catalog.fetch.limits import AGENT

PRODUCT = AGENT.split("/", maxsplit=1)[0]


@dataclass(slots=True)
class Robots:
    """The rules of the hosts one door visits, each read once.

    `read` returns the text of a host's robots.txt, "" where there is none (4xx: everything is allowed). It
    raises when the file cannot be had (5xx, no answer): the page is then not asked for either.
    """

    read: Callable[[str], str]
    slow_down: Callable[[str, float | None], None]
    rules: dict[str, Protego] = field(default_factory=dict)

    def permit(self, url: str) -> None:
        """RobotsForbid when the host asks programs not to read this page."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self.rules:
            self.rules[site] = Protego.parse(self.read(site))
            self.slow_down(parts.hostname or "", self.rules[site].crawl_delay(PRODUCT))
        if not self.rules[site].can_fetch(url, PRODUCT):
            raise RobotsForbid(f"the robots.txt of {parts.hostname} asks programs not to read {url[:200]!r}")
