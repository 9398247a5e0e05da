"""From an address to the answer that counts: paced, hop by hop, each hop allowed and checked anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from models_catalog.fetch.body import ACCEPTED
from models_catalog.fetch.errors import ForbiddenRedirect
from models_catalog.fetch.limits import DoorSettings
from models_catalog.fetch.politeness import Politeness
from models_catalog.fetch.route import Route
from models_catalog.fetch.transport import Answer, Transport

REDIRECTS = frozenset({301, 302, 303, 307, 308})
ACCEPT = {
    "json": "application/json, text/plain;q=0.9, */*;q=0.5",
    "html": "text/html, application/xhtml+xml, */*;q=0.5",
}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked at every hop. `conditions` (If-None-Match …) are sent to `conditional_url` only."""

    media: str
    conditional_url: str = ""
    conditions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Exchange:
    """Everything needed to put a question for one source."""

    route: Route
    settings: DoorSettings
    transport: Transport
    politeness: Politeness

    def ask(self, address: str, question: Question, permit: Callable[[str], None]) -> Answer:
        """The first answer that is not a redirect. The caller closes it.

        `permit` is called with every address before it is asked and raises if it may not be. Errors: all of
        the transport's, ForbiddenRedirect (off the source's hosts, in a circle, too many).
        """
        self.transport.clock.start()
        seen: list[str] = []
        while True:
            permit(address)
            answer = self._one(address, question)
            location = answer.headers.get("location", "")
            if answer.status not in REDIRECTS or not location:
                return answer
            answer.close()
            seen.append(address)
            address = self.route.hop(address, location)
            self._refuse_detour(address, seen)

    def _one(self, address: str, question: Question) -> Answer:
        host = urlsplit(address).hostname or ""
        self.transport.clock.extend(self.politeness.await_turn(host))
        answer = self.transport.get(address, self.headers(address, question))
        self.politeness.heed(host, answer.headers)
        return answer

    def _refuse_detour(self, address: str, seen: list[str]) -> None:
        host = urlsplit(seen[0]).hostname
        if address in seen:
            raise ForbiddenRedirect(f"{host} redirects in a circle, back to {address[:200]!r}")
        if len(seen) > self.settings.limits.redirects:
            raise ForbiddenRedirect(f"{host} redirects more than {self.settings.limits.redirects} times")

    def headers(self, address: str, question: Question) -> dict[str, str]:
        """The request headers for one hop. A token goes to its own host over https, and never to a mirror."""
        headers = {
            "User-Agent": self.settings.user_agent,
            "Accept": ACCEPT.get(question.media, "*/*"),
            "Accept-Encoding": ACCEPTED,
        }
        if address == question.conditional_url:
            headers |= question.conditions
        token = self.settings.tokens.get(urlsplit(address).hostname or "")
        if token and not self.route.local:
            name = self.route.source.key_header
            headers[name] = f"Bearer {token}" if name == "Authorization" else token
        return headers
