"""A Hub of our own: a real server with lists in pages, opaque cursors, an announced limit, and bad days."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.faults.offers import repository
from tests.fetch.fault_server import Connection, FaultServer, Reply, Request, response

LISTS, HUB = "/api/models", "https://huggingface.co"
Repository = dict[str, Any]
Query = dict[str, str]
REFUSED = response(b'{"error":"Invalid cursor"}', 400)


def numbered(number: int) -> Repository:
    return repository(f"lab-{number % 97}/model-{number}", number + 1)


@dataclass
class FakeHub:
    """`pages` pages of `rows` repositories, whatever is asked for, unless `listing` decides by the question.

    `bad` maps a page's number to the replies it gives before it gives the page. `left` is what RateLimit
    announces: it falls with every answer; at 0 the answer is 429 until `renew`.
    """

    server: FaultServer
    pages: int = 10
    rows: int = 3
    home: str = HUB  # what cursors lead to: the Hub's own address, also where a mirror answers
    repository: Callable[[int], Repository] = numbered
    listing: Callable[[Query], list[Repository]] | None = None
    bad: dict[int, list[Reply]] = field(default_factory=dict)
    left: int | None = None
    window: int = 120
    cursors: dict[str, int] = field(default_factory=dict)
    served: list[int] = field(default_factory=list)  # numbers of the pages that were given
    asked: list[Query] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.server.on(LISTS, self.reply)

    def reply(self, connection: Connection, request: Request) -> bool:
        query = {key: values[-1] for key, values in parse_qs(urlsplit(request.path).query).items()}
        self.asked.append(query)
        return self.answer(query)(connection, request)

    def answer(self, query: Query) -> Reply:
        if self.left is not None:
            if self.left <= 0:
                return response(b"", 429, self.limit())
            self.left -= 1
        cursor = query.pop("cursor", None)
        if cursor is not None and cursor not in self.cursors:
            return REFUSED
        number = self.cursors[cursor] if cursor else 0
        if waiting := self.bad.get(number):
            return waiting.pop(0)
        return self.page(query, number)

    def page(self, query: Query, number: int) -> Reply:
        if self.listing is not None:
            every = self.listing(query)
            rows, last = every[number * self.rows : (number + 1) * self.rows], -(-len(every) // self.rows)
        else:
            first = number * self.rows
            rows, last = [self.repository(first + place) for place in range(self.rows)], self.pages
        headers = self.limit() | (self.link(query, number + 1) if number + 1 < last else {})
        self.served.append(number)
        return response(json.dumps(rows).encode(), headers=headers)

    def link(self, query: Query, number: int) -> dict[str, str]:
        cursor = secrets.token_urlsafe(48)
        self.cursors[cursor] = number
        return {"Link": f'<{self.home}{LISTS}?{urlencode(query | {"cursor": cursor})}>; rel="next"'}

    def limit(self) -> dict[str, str]:
        if self.left is None:
            return {}
        return {
            "RateLimit": f'"api";r={self.left};t={self.window}',
            "RateLimit-Policy": '"fixed window";"api";q=500;w=300',
        }

    def forget_cursors(self) -> None:
        """What was handed out before is refused from now on."""
        self.cursors.clear()
