"""claude.com's prices: nested blocks without a table, read as lines, from HTML and from its Markdown rendering.

A heading names the model; `Input`, `Output`, `Write` and `Read` name what the price below them buys, and a line
like `Prompts > 200K tokens` the context band. Cache writes are those of five minutes, as the page says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from models_catalog.sources.cells import Unreadable, quotable
from models_catalog.sources.contract import EmptyPayload, Page, Parsed, RowProblem
from models_catalog.sources.offers import Offer, Terms, distinct, price
from models_catalog.sources.tables_html import lines_in, read_html
from models_catalog.sources.tables_markdown import HEADING, lines_of, read_markdown
from models_catalog.vocabulary import PriceUnit

UNITS = {
    "input": PriceUnit.INPUT,
    "output": PriceUnit.OUTPUT,
    "write": PriceUnit.CACHE_WRITE,
    "read": PriceUnit.CACHE_READ,
}
BAND = re.compile(r"(?:prompts )?([≤>] ?\d+k tokens)", re.IGNORECASE)
MODEL = re.compile(r"(?:opus|sonnet|haiku|claude)\b.*", re.IGNORECASE)
SPLIT_PRICE = re.compile(r"\$\n?([\d.,]+)\n(/ MTok)")


def parse(page: Page) -> Iterator[Parsed]:
    return prices(SPLIT_PRICE.sub(r"$\1 \2", "\n".join(lines_in(read_html(page)))).split("\n"))


def parse_rendering(page: Page) -> Iterator[Parsed]:
    return prices(lines_of(read_markdown(page)))


def prices(lines: Iterable[str]) -> Iterator[Parsed]:
    """Prices by model and context band; EmptyPayload when the page has none."""
    found = list(distinct(blocks(lines)))
    if not found:
        raise EmptyPayload("claude.com names no price per million tokens under a model")
    yield from found


def blocks(lines: Iterable[str]) -> Iterator[Parsed]:
    model, key, band = "", "", ""
    for line in lines:
        word = line.strip().lower()
        if heading := HEADING.fullmatch(line):
            model = heading[2].strip() if MODEL.fullmatch(heading[2].strip()) else ""
            key = band = ""
        elif word in UNITS:
            key, band = word, band if word in ("write", "read") else ""
        elif word == "prompt caching":
            key = band = ""
        elif match := BAND.fullmatch(line.strip()):
            band = match[1]
        elif model and key and line.startswith("$"):
            yield from read(Offer(model, "anthropic", band=band), UNITS[key], line)


def read(offer: Offer, unit: PriceUnit, line: str) -> Iterator[Parsed]:
    try:
        yield from price(offer, unit, line, Terms())
    except Unreadable as error:
        yield RowProblem(quotable(offer.model), error.reason, quotable(line), implausible=error.implausible)
