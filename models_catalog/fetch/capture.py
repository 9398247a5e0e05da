"""One try at one page: ask, judge the answer, read it within its caps, look at it, archive it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from requests.utils import parse_header_links

from models_catalog.fetch.archive import Archive
from models_catalog.fetch.body import read_body
from models_catalog.fetch.errors import DamagedPayload, MissingPayload
from models_catalog.fetch.exchange import Exchange, Question
from models_catalog.fetch.inspection import inspect
from models_catalog.fetch.limits import ROBOTS
from models_catalog.fetch.report import Trace
from models_catalog.fetch.robots import Robots
from models_catalog.fetch.route import joined
from models_catalog.fetch.state import DoorState, Validator
from models_catalog.fetch.status import CONFIRMED, WITH_A_BODY, refusal_of
from models_catalog.fetch.transport import Answer
from models_catalog.sources.contract import Board, Page, Source, WrongShape


@dataclass(slots=True)
class Capture:
    """Captures pages of one source, one try per call. Only a page that may be parsed is archived."""

    source: Source
    exchange: Exchange
    state: DoorState
    archive: Archive
    robots: Robots = field(init=False)

    def __post_init__(self) -> None:
        self.robots = Robots(self._robots_text, self.exchange.politeness.crawl_delay)

    def once(self, trace: Trace) -> Page:
        """The page, or any SourceError. Fills in the trace as far as it gets."""
        known = None if self.source.board(trace.board).paged else self.usable_validator(trace.url)
        if known is not None:
            try:
                return self._ask(trace, known)
            except (MissingPayload, DamagedPayload):
                # Confirmed, but our copy is gone or damaged: only the whole page will do (fault 24).
                trace.confirmed = False
        return self._ask(trace, None)

    def usable_validator(self, url: str) -> Validator | None:
        """What to ask conditionally with: only if we still hold the bytes, and had the whole page lately."""
        known = self.state.validator(url)
        if known is None or not (known.etag or known.last_modified):
            return None
        age = (datetime.now(UTC) - known.full_at).total_seconds()
        stale = age > self.exchange.settings.limits.full_fetch_every
        return None if stale or self.archive.missing([known.sha256]) else known

    def _ask(self, trace: Trace, known: Validator | None) -> Page:
        board = self.source.board(trace.board)
        question = Question(board.media, known.final_url if known else "", conditions(known))
        address = self.exchange.route.address(trace.url)
        answer = self.exchange.ask(address, question, self._permit)
        try:
            trace.final_url, trace.status, trace.headers = answer.url, answer.status, answer.headers
            if error := refusal_of(answer, self.exchange.politeness):
                raise error
            if answer.status == CONFIRMED:
                return self._confirmed(answer, trace, known)
            return self._whole(answer, board, trace)
        finally:
            answer.close()

    def _whole(self, answer: Answer, board: Board, trace: Trace) -> Page:
        subject = answer.url.partition("://")[2][:120]
        caps = self.exchange.settings.limits.caps_for(board.media)
        body = read_body(answer.chunks(), answer.headers.get("content-encoding", ""), caps, subject)
        trace.wire, trace.size = body.wire, len(body.content)
        inspect(body.content, board, answer.headers, subject)
        trace.sha256 = self.archive.put(body.content)
        return self._page(answer, trace, body.content)

    def _confirmed(self, answer: Answer, trace: Trace, known: Validator | None) -> Page:
        if known is None or answer.url != known.final_url:
            raise WrongShape(f"{answer.host} answered 304 to a request without a condition")
        content = self.archive.get(known.sha256)
        trace.sha256, trace.size, trace.confirmed = known.sha256, len(content), True
        # A 304 need not repeat what we already know of the page.
        stated = {"etag": known.etag, "last-modified": known.last_modified}
        trace.headers = stated | {name.lower(): value for name, value in answer.headers.items()}
        return self._page(answer, trace, content)

    def _page(self, answer: Answer, trace: Trace, content: bytes) -> Page:
        following = next_link(answer)
        if following:
            following = self.exchange.route.canonical(following, trace.url)
        return Page(trace.board, trace.url, content, datetime.now(UTC), next_url=following)

    def _permit(self, address: str) -> None:
        if not self.source.api:
            self.robots.permit(address)

    def _robots_text(self, site: str) -> str:
        """The site's robots.txt; "" for any 4xx but 429, as RFC 9309 reads "unavailable"."""
        answer = self.exchange.ask(f"{site}/robots.txt", Question("text"), lambda _address: None)
        try:
            if answer.status in WITH_A_BODY:
                encoding = answer.headers.get("content-encoding", "")
                body = read_body(answer.chunks(), encoding, ROBOTS, f"{answer.host}/robots.txt")
                return body.content.decode("utf-8", "replace")
            unavailable = 400 <= answer.status < 500 and answer.status != 429
            if not unavailable and (error := refusal_of(answer, self.exchange.politeness)):
                raise error
            return ""
        finally:
            answer.close()


def conditions(known: Validator | None) -> dict[str, str]:
    """The conditional headers a validator stands for."""
    headers = {}
    if known and known.etag:
        headers["If-None-Match"] = known.etag
    if known and known.last_modified:
        headers["If-Modified-Since"] = known.last_modified
    return headers


def next_link(answer: Answer) -> str | None:
    """The address after `rel="next"` in the Link header, made absolute."""
    for link in parse_header_links(answer.headers.get("link", "")):
        if link.get("rel") == "next" and link.get("url"):
            return joined(answer.url, link["url"])
    return None
