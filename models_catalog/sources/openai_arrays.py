"""OpenAI's pricing page in its Markdown form: rows in JavaScript arrays, and a few Markdown tables.

An array is `["gpt-5.4", 2.5, 0.25, "-", 15]`: the component has no header, so the order is the one it renders
(compared with the rendered page): input, cached input, cache writes where there are five items, output. A context
length may stand in the name: `gpt-5.5 (<272K context length)`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from models_catalog.sources.cells import Unreadable, quotable
from models_catalog.sources.contract import EmptyPayload, Page, Parsed, RowProblem, Truncated
from models_catalog.sources.literals import Literal
from models_catalog.sources.offers import Offer, distinct, price
from models_catalog.sources.openai_tables import PRICES, TERMS, prices, require_unit
from models_catalog.sources.tables_markdown import read_markdown, tables_of
from models_catalog.vocabulary import PriceUnit

PANE = re.compile(r'data-value="([\w-]+)"')
ARRAY = re.compile(r"\[(\"[^\"]+\"(?:,\s*(?:\"[^\"]*\"|[\w.+-]+))+),?\s*\]")
NAME = re.compile(r"(?P<model>.+?)\s*(?:\((?P<band>[<>≤≥].*)\))?")
FOUR = (PriceUnit.INPUT, PriceUnit.CACHE_READ, PriceUnit.OUTPUT)
FIVE = (PriceUnit.INPUT, PriceUnit.CACHE_READ, PriceUnit.CACHE_WRITE, PriceUnit.OUTPUT)


def parse(page: Page) -> Iterator[Parsed]:
    """Prices by model, tier and context length."""
    text = read_markdown(page)
    require_unit(text)
    refuse_cut(text)
    tables = [table for table in tables_of(text) if PRICES.claims(table)]
    rows = list(arrays(text))
    if not rows and not tables:
        raise EmptyPayload("OpenAI's pricing page has neither an array nor a table of prices")
    return distinct([*(item for row in rows for item in row), *(prices(tables) if tables else ())])


def refuse_cut(text: str) -> None:
    """Every list of rows closes; a page cut inside one stops before that."""
    last = text.rfind("rows={[")
    if last >= 0 and "]}" not in text[last:]:
        raise Truncated("the page stops inside a list of prices")


def arrays(text: str) -> Iterator[Iterator[Parsed]]:
    """The arrays of prices, each with the tier of the pane it stands in. Those of tools have one price in words."""
    panes = [(match.start(), match[1]) for match in PANE.finditer(text)]
    for match in ARRAY.finditer(text):
        tier = next((name for start, name in reversed(panes) if start < match.start()), "standard")
        items = array_items(match[0])
        if len(items) in (4, 5):
            yield array_prices(items, tier, match[0])


def array_items(written: str) -> Sequence[object]:
    try:
        items = json.loads(re.sub(r",\s*\]$", "]", written), parse_float=Literal)
    except json.JSONDecodeError:
        return ()
    return items if isinstance(items, list) else ()


def array_prices(items: Sequence[object], tier: str, written: str) -> Iterator[Parsed]:
    match = NAME.fullmatch(" ".join(str(items[0]).split()))
    assert match is not None
    offer = Offer(match["model"], "openai", tier, match["band"] or "")
    for unit, item in zip(FIVE if len(items) == 5 else FOUR, items[1:], strict=True):
        try:
            yield from price(offer, unit, "" if item is None else str(item), TERMS, quote=quotable(written))
        except Unreadable as error:
            yield RowProblem(
                quotable(str(items[0])), error.reason, error.quote, implausible=error.implausible
            )
