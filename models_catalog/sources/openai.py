"""OpenAI: prices per tier and context length, the list of models, and announced shutdowns.

The pricing page has been served in three shapes: rendered HTML (a pane per tier, short and long context side by
side in two header rows), its MDX source (rows in JavaScript arrays inside a component) and the older product page
(one block per model). Model names are API ids in the first two, display names in the third.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from models_catalog.sources import openai_arrays, openai_blocks, openai_deprecations, openai_tables
from models_catalog.sources.contract import Board, Bounds, Door, Page, Parsed, Rights, Source

BOARDS = (
    Board(
        slug="pricing",
        title="OpenAI, API prices",
        url="https://developers.openai.com/api/docs/pricing",
        media="html",
        recorded=("html/openai_pricing@*.html", "html/openai_pricing@*.html.gz"),
    ),
    Board(
        slug="pricing_source",
        title="OpenAI, API prices, the page's Markdown form",
        url="https://developers.openai.com/api/docs/pricing.md",
        media="markdown",
        recorded=("markdown/openai_pricing@*.md",),
        bounds=Bounds(
            overlap=0.0,
            reason="The recording of February 2026 lost the page's arrays and kept four speech models, none of "
            "which the whole page of July lists in a table.",
        ),
    ),
    Board(
        slug="product_pricing",
        title="OpenAI, product page with prices",
        url="https://openai.com/api/pricing/",
        media="markdown",
        recorded=("markdown/openai_api-pricing@*.md",),
    ),
    Board(
        slug="models",
        title="OpenAI, list of models",
        url="https://platform.openai.com/docs/models",
        media="markdown",
        recorded=("markdown/openai_models@*.md",),
    ),
    Board(
        slug="deprecations",
        title="OpenAI, deprecations",
        url="https://developers.openai.com/api/docs/deprecations.md",
        media="markdown",
        recorded=("markdown/openai_deprecations@*.md",),
    ),
)
PARSERS = {
    "pricing": openai_tables.parse,
    "pricing_source": openai_arrays.parse,
    "product_pricing": openai_blocks.parse,
    "models": openai_blocks.parse_models,
    "deprecations": openai_deprecations.parse,
}
LIVE = ("pricing", "deprecations")


def pages(get: Door) -> Iterator[Page]:
    for board in BOARDS:
        if board.slug in LIVE:
            yield get(board.slug, board.url)


def parse(page: Page) -> Iterator[Parsed]:
    return PARSERS[page.board](page)


SOURCE = Source(
    slug="openai",
    title="OpenAI prices and deprecations",
    home="https://developers.openai.com/api/docs/pricing",
    rights=Rights(
        owner="OpenAI",
        terms_url="https://openai.com/policies/terms-of-use/",
        data_licence="none stated",
        display=True,
        export=False,
        attribution="OpenAI, API documentation",
        robots="Applied: pages for people; robots.txt is read before each fetch.",
        basis="The terms were not opened. No licence for the pages was found, so nothing is exported; single "
        "prices and dates are facts, shown with their source.",
    ),
    boards=BOARDS,
    hosts=("developers.openai.com", "openai.com", "platform.openai.com"),
    cadence=timedelta(days=1),
    stale_after=timedelta(days=7),
    pages=pages,
    parse=parse,
    api=False,
    folder="providers",
)
