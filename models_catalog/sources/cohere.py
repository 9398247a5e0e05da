"""Cohere: its models with limits and status, and announced shutdowns, from the Markdown of its documentation.

Not recorded: written against the pages' sources in Cohere's public repository of its documentation. Tables of one
family each; the status cell holds a deprecation in words (`Deprecated Sept 15, 2025`). Dates with slashes are
American. Prices are on cohere.com, of which neither a recording nor a documented format was found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from models_catalog.sources.cells import Row, facts_of
from models_catalog.sources.contract import Board, LifecycleSeen, Page, Parsed, ReleaseSeen
from models_catalog.sources.days import day_stated
from models_catalog.sources.money import plain
from models_catalog.sources.offers import distinct
from models_catalog.sources.shutdowns import Announcer, from_page
from models_catalog.sources.tables import Column, Layout, Reading, read_all
from models_catalog.sources.tables_markdown import read_markdown, tables_of
from models_catalog.sources.vendor import vendor_rights, vendor_source
from models_catalog.vocabulary import DateKind

ANNOUNCER = Announcer(
    "cohere",
    "Cohere",
    re.compile(r"(?:c4ai|command|embed|rerank|base|north|classify|summarize)[\w.-]*", re.ASCII),
)
BOARDS = (
    Board(
        slug="models",
        title="Cohere, models",
        url="https://docs.cohere.com/docs/models.md",
        media="markdown",
        recorded=("markdown/cohere_models@*.md",),
    ),
    Board(
        slug="deprecations",
        title="Cohere, deprecations",
        url="https://docs.cohere.com/docs/deprecations.md",
        media="markdown",
        recorded=("markdown/cohere_deprecations@*.md",),
    ),
)
LAYOUT = Layout(
    columns=(
        Column("model", "model name", due=True),
        Column("status", "status"),
        Column("modality", "modality|modalities"),
        Column("context", "context length", due=True),
    ),
    ignored=("description|maximum output tokens|endpoints|dimensions|similarity metric|languages.*",),
    noun="model",
    signs=("context",),
)
SIZE = re.compile(r"(\d+)([kKmM]?)")
TIMES = {"": 1, "k": 1_000, "m": 1_000_000}
DEPRECATED = re.compile(r"deprecated (?P<day>.+)", re.IGNORECASE)


def parse(page: Page) -> Iterator[Parsed]:
    """`models`: releases with limits and status, deprecations. `deprecations`: states and shutdowns."""
    tables = tables_of(read_markdown(page))
    if page.board == "deprecations":
        return from_page(tables, ANNOUNCER, "Cohere's deprecations")
    found = read_all(tables, [LAYOUT], "Cohere's models")
    return distinct(item for _, reading in found for item in facts(reading))


def facts(reading: Reading) -> Iterator[Parsed]:
    yield from reading.drift
    yield from facts_of(reading.rows, release, deprecation)


def release(row: Row) -> Iterator[Parsed]:
    size = SIZE.fullmatch((row.text("context") or "").replace(",", ""))
    modality = (row.text("modality") or "").lower()
    yield ReleaseSeen(
        model=plain(row.due_text("model")),
        name=plain(row.due_text("model")),
        quote=row.quote("model", "status", "context"),
        organization="Cohere",
        date_kind=DateKind.LISTING,
        context_tokens=int(size[1]) * TIMES[size[2].lower()] if size else None,
        modalities_in=tuple(word for word in re.split(r",\s*", modality) if word),
        status=row.text("status"),
    )


def deprecation(row: Row) -> Iterator[Parsed]:
    if match := DEPRECATED.fullmatch(row.text("status") or ""):
        yield LifecycleSeen(
            model=plain(row.due_text("model")),
            name=plain(row.due_text("model")),
            quote=row.quote("model", "status"),
            provider="cohere",
            event="deprecated",
            date=day_stated(match["day"]),
        )


SOURCE = vendor_source(
    slug="cohere",
    title="Cohere models",
    rights=vendor_rights("Cohere", "https://cohere.com/terms-of-use", "Cohere, documentation"),
    boards=BOARDS,
    hosts=("docs.cohere.com",),
    live=("models", "deprecations"),
    parse=parse,
)
