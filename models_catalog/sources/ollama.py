"""Ollama's library: which models it runs, and how often each was pulled.

The page is a list of links to `/library/<name>`, each with its sizes and a rounded count ("14.7K Pulls"). It is
read by what a visitor sees: the marks for tests (`x-test-*`) it had in 2025 are reported gone. Pulls count since the
beginning and are rounded to three digits, so a difference between two days is coarse. A model of several sizes
has one count; `name:8b` is one of its sizes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from functools import partial

from bs4 import BeautifulSoup
from bs4.element import Tag

from models_catalog.sources.cells import Row, Unreadable, facts, quotable
from models_catalog.sources.contract import (
    Board,
    Door,
    DownloadsSeen,
    EmptyPayload,
    Page,
    Parsed,
    Rights,
    RuntimeSeen,
    Source,
    Truncated,
    WrongShape,
)
from models_catalog.sources.daily_counts import LongTable, daily_counts
from models_catalog.sources.reading import broken_encoding, markup

RUNTIME = "ollama"
LINKS = "/library/"
NAME = re.compile(r"[\w.-]+", re.ASCII)
SIZE = re.compile(r"(?:\d+x)?e?\d+(?:\.\d+)?[bm]", re.ASCII)  # in lower case, unlike counts
COUNT = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)([KMB]?)", re.ASCII)
TIMES = {"": 1, "K": 10**3, "M": 10**6, "B": 10**9}
MOST_LETTERS = 5_000_000

LIBRARY = Board(
    slug="library",
    title="Ollama library",
    url="https://ollama.com/library?sort=newest",
    media="html",
    recorded=("html/ollama_library@*.html", "html/ollama_library@*.html.gz"),
    min_rows=100,
)
PULLS = Board(
    slug="pulls",
    title="Ollama, pulls by day of the ten most pulled models (recorded by a third party)",
    url="https://ollama.com/library?sort=popular",
    media="csv",
    recorded=("ollama_daily@*.csv",),
    complete=False,
    folder="timeseries",
)
PULLED = LongTable(model="model", count="pulls", window="all-time")


def pages(get: Door) -> Iterator[Page]:
    yield get(LIBRARY.slug, LIBRARY.url)


def parse(page: Page) -> Iterator[Parsed]:
    """Where to run, and pulls; of a third party's table only the pulls."""
    if page.board == PULLS.slug:
        yield from daily_counts(PULLED, page)
        return
    for link in library_links(page):
        name = str(link["href"]).removeprefix(LINKS)
        row = Row(quotable(f"model {name}"), {"name": name})
        pieces = [" ".join(piece.split()) for piece in link.stripped_strings]
        yield from facts(row, partial(runs, pieces), partial(pulls, pieces))


def library_links(page: Page) -> list[Tag]:
    """The links to models, each of which holds what the page says about one."""
    try:
        text = page.body.decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        raise broken_encoding(error, "HTML") from None
    if not text:
        raise EmptyPayload("the page is empty where the Ollama library is due")
    if not text.startswith("<") or len(text) > MOST_LETTERS:
        raise WrongShape(f"no HTML page: {len(text)} characters that begin {quotable(text[:40])!r}")
    try:
        tree = BeautifulSoup(text, "html.parser")
    except RecursionError:
        raise WrongShape("the HTML is nested without end") from None
    links = [link for link in tree.find_all("a", href=True) if str(link["href"]).startswith(LINKS)]
    if not links:
        raise markup(text, "the Ollama library")
    if not text.endswith(("</html>", "</div>")):
        raise Truncated("the HTML stops in the middle: it ends in no closing tag")
    return links


def runs(pieces: list[str], row: Row) -> Iterator[Parsed]:
    name = row.due_text("name")
    if not NAME.fullmatch(name):
        raise row.wrong("name", "no name of a model")
    sizes = dict.fromkeys(piece for piece in pieces if SIZE.fullmatch(piece))
    for model in (name, *(f"{name}:{size}" for size in sizes)):
        yield RuntimeSeen(model=model, name=model, quote=model, runtime=RUNTIME)


def pulls(pieces: list[str], row: Row) -> Iterator[Parsed]:
    """The count stands before the word `Pulls`, in its own element or in the same."""
    match = re.search(rf"(?:^| )({COUNT.pattern}) Pulls?(?: |$)", " ".join(pieces))
    if match is None:
        raise Unreadable("no count before the word Pulls", quotable(" ".join(pieces)))
    yield DownloadsSeen(
        model=row.due_text("name"),
        name=row.due_text("name"),
        quote=match[0].strip(),
        window="all-time",
        count=int(Decimal(match[2].replace(",", "")) * TIMES[match[3]]),
    )


SOURCE = Source(
    slug="ollama",
    title="Ollama library",
    home="https://ollama.com/library",
    rights=Rights(
        owner="Ollama Inc.",
        terms_url="https://ollama.com/terms",
        data_licence="none stated",
        display=True,
        export=False,
        attribution="Ollama library",
        robots="Obeyed: an HTML page, asked for once a day if robots.txt allows it.",
        basis="The terms were not opened and no licence is known: names and counts are shown with a link, "
        "nothing is exported. To be confirmed by reading the terms.",
    ),
    boards=(LIBRARY, PULLS),
    hosts=("ollama.com",),
    cadence=timedelta(days=1),
    stale_after=timedelta(days=7),
    pages=pages,
    parse=parse,
    api=False,
    folder="providers",
)
