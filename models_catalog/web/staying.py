"""A reader who looks at a past day stays on it: every link of a page to another page carries the day.

Done to the finished page, so that no template can forget it. A link that leads out of the past says `data-newest`;
one that names a day of its own keeps it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from html import escape, unescape
from urllib.parse import parse_qs, urlsplit

from django.http import HttpRequest, HttpResponse

from models_catalog.web.past import past_day

Answer = Callable[[HttpRequest], HttpResponse]
LINK = re.compile(r'<a [^>]*?href="([/?][^"]*)"[^>]*>')
NEWEST = "data-newest"


class Staying:
    """Middleware around every page; downloads, feeds and the API name their day themselves."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        query = past_day(request).query if request.GET.get("as_of") else ""
        if (
            query
            and not response.streaming
            and response.headers.get("Content-Type", "").startswith("text/html")
        ):
            response.content = LINK.sub(partial(carried, query=query), response.content.decode()).encode()
        return response


def carried(link: re.Match[str], query: str) -> str:
    """The opening tag of a link, its address with the day."""
    tag, address = link[0], unescape(link[1])
    if NEWEST in tag or not leads_to_a_page(address):
        return tag
    return tag.replace(f'href="{link[1]}"', f'href="{escape(with_day(address, query))}"', 1)


def leads_to_a_page(address: str) -> bool:
    """Pages end in a slash, files do not; a bare query is another view of the same page."""
    asked = urlsplit(address)
    return (not asked.path or asked.path.endswith("/")) and "as_of" not in parse_qs(asked.query)


def with_day(address: str, query: str) -> str:
    asked = urlsplit(address)
    return asked._replace(query="&".join(filter(None, (asked.query, query)))).geturl()
