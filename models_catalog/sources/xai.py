"""xAI: the models page with context windows and prices, input and output glued in one cell (`$0.20$0.50`).

The table has rows that name a group and what its prices buy (`Language models`, `Per million tokens`). One
rendering keeps the table, another has each cell on a line of its own; the page's HTML is read as such lines too.
A model may be priced per region (`us-east-1`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from models_catalog.sources.cells import Unreadable, quotable
from models_catalog.sources.contract import (
    Board,
    Door,
    MissingColumn,
    Page,
    Parsed,
    ReleaseSeen,
    Rights,
    RowProblem,
    Source,
)
from models_catalog.sources.money import header_terms, price_lines
from models_catalog.sources.offers import Offer, Terms, distinct, price
from models_catalog.sources.tables_html import lines_in, read_html
from models_catalog.sources.tables_markdown import cells_of, lines_of, read_markdown
from models_catalog.vocabulary import DateKind, PriceUnit

BOARDS = (
    Board(
        slug="models",
        title="xAI, models and prices",
        url="https://docs.x.ai/developers/models",
        media="html",
        recorded=("html/xai_models@*.html", "html/xai_models@*.html.gz"),
    ),
    Board(
        slug="models_rendering",
        title="xAI, models and prices, as a Markdown rendering",
        url="https://docs.x.ai/docs/models",
        media="markdown",
        recorded=("markdown/xai_models@*.md",),
    ),
)
MODEL = re.compile(r"grok-[\w.-]+", re.ASCII)
REGION = re.compile(r"[a-z]{2}-[a-z]+-\d", re.ASCII)
CONTEXT = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
GROUP = re.compile(r"per (?:million tokens|image.*)", re.IGNORECASE)
PRICES = re.compile(r"(?:\$[\d.,]+\s*)+")
TOKEN_UNITS = (PriceUnit.INPUT, PriceUnit.OUTPUT)


@dataclass(frozen=True, slots=True)
class Entry:
    """What the page says of one model in one region, cell by cell."""

    model: str
    group: str
    cells: tuple[str, ...]


def pages(get: Door) -> Iterator[Page]:
    yield get("models", BOARDS[0].url)


def parse(page: Page) -> Iterator[Parsed]:
    """Releases with context windows, and prices by region."""
    lines = lines_in(read_html(page)) if page.board == "models" else lines_of(read_markdown(page))
    cells = [cell for line in lines for cell in (cells_of(line) if line.startswith("|") else (line,))]
    found = [item for entry in entries(cells) for item in facts(entry)]
    if not found:
        raise MissingColumn("xAI's page has no model with a price under 'Per million tokens'")
    return distinct(found)


def entries(cells: Iterable[str]) -> Iterator[Entry]:
    """The models of the price table: each from its name to its price."""
    group, model, own = "", "", list[str]()
    for cell in cells:
        if GROUP.fullmatch(cell):
            group, model = cell, ""
        elif group and MODEL.fullmatch(cell):
            model, own = cell, []
        elif model and PRICES.fullmatch(cell):
            yield Entry(model, group, (*own, cell))
            model = ""
        elif model:
            own.append(cell)
            model = model if len(own) < 12 else ""  # no price near: a mention, not a row


def facts(entry: Entry) -> Iterator[Parsed]:
    *rest, amounts = entry.cells
    contexts = [int(cell.replace(",", "")) for cell in rest if CONTEXT.fullmatch(cell)]
    yield ReleaseSeen(
        model=entry.model,
        name=entry.model,
        quote=quotable(" | ".join((entry.model, *filter(None, entry.cells)))),
        organization="xAI",
        date_kind=DateKind.LISTING,
        context_tokens=contexts[0] if contexts else None,
    )
    region = next((cell for cell in rest if REGION.fullmatch(cell)), "")
    yield from prices(Offer(entry.model, "xai", region=region), entry.group, amounts)


def prices(offer: Offer, group: str, amounts: str) -> Iterator[Parsed]:
    """Two amounts are input and output; one is what an image costs. Anything else is not guessed at."""
    _, per = header_terms(group)
    stated = price_lines(amounts)
    units = TOKEN_UNITS if per == "1M tokens" else (PriceUnit.OUTPUT_IMAGE,)
    if len(stated) != len(units):
        yield RowProblem(offer.model, f"{len(stated)} prices where {len(units)} are due", quotable(amounts))
        return
    for unit, text in zip(units, stated, strict=True):
        try:
            yield from price(offer, unit, text, Terms(per=per), quote=amounts)
        except Unreadable as error:
            yield error.problem(offer.model)


SOURCE = Source(
    slug="xai",
    title="xAI prices and models",
    home="https://docs.x.ai/developers/models",
    rights=Rights(
        owner="X.AI LLC (xAI)",
        terms_url="https://x.ai/legal/terms-of-service-enterprise",
        data_licence="none stated",
        display=True,
        export=False,
        attribution="xAI, API documentation",
        robots="Applied: pages for people; robots.txt is read before each fetch.",
        basis="The terms were not opened. No licence for the page was found, so nothing is exported; single "
        "prices are facts, shown with their source.",
    ),
    boards=BOARDS,
    hosts=("docs.x.ai",),
    cadence=timedelta(days=1),
    stale_after=timedelta(days=7),
    pages=pages,
    parse=parse,
    api=False,
    folder="providers",
)
