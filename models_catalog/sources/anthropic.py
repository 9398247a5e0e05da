"""Anthropic: token prices with cache columns, models with their ids, announced retirements.

The documentation is served as Markdown with tables; claude.com has nested blocks instead of tables, two tiers by
prompt length. Prices are named after display names there (`Claude Opus 4.5`), models and retirements by API id.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from models_catalog.sources import anthropic_blocks, anthropic_models, anthropic_prices
from models_catalog.sources.contract import Board, Door, Page, Parsed, Rights, Source
from models_catalog.sources.shutdowns import Announcer, from_page
from models_catalog.sources.tables_markdown import read_markdown, tables_of

ANNOUNCER = Announcer("anthropic", "Anthropic", re.compile(r"claude-[\w.-]+", re.ASCII))
BOARDS = (
    Board(
        slug="pricing",
        title="Anthropic, prices",
        url="https://platform.claude.com/docs/en/about-claude/pricing.md",
        media="markdown",
        recorded=("markdown/anthropic_pricing@*.md",),
    ),
    Board(
        slug="models",
        title="Anthropic, models overview",
        url="https://platform.claude.com/docs/en/about-claude/models/overview.md",
        media="markdown",
        recorded=("markdown/anthropic_models-overview@*.md",),
    ),
    Board(
        slug="deprecations",
        title="Anthropic, model deprecations",
        url="https://platform.claude.com/docs/en/about-claude/model-deprecations.md",
        media="markdown",
        recorded=("markdown/anthropic_model-deprecations@*.md",),
    ),
    Board(
        slug="claude_com",
        title="claude.com, API prices",
        url="https://claude.com/pricing",
        media="html",
        recorded=("html/anthropic_claude-com-pricing@*.html", "html/anthropic_claude-com-pricing@*.html.gz"),
    ),
    Board(
        slug="claude_com_rendering",
        title="claude.com, API prices, as a Markdown rendering",
        url="https://claude.com/pricing",
        media="markdown",
        recorded=("markdown/anthropic_claude-com-pricing@*.md",),
    ),
)
LIVE = ("pricing", "models", "deprecations")


def pages(get: Door) -> Iterator[Page]:
    for board in BOARDS:
        if board.slug in LIVE:
            yield get(board.slug, board.url)


def parse(page: Page) -> Iterator[Parsed]:
    return PARSERS[page.board](page)


def deprecations(page: Page) -> Iterator[Parsed]:
    return from_page(tables_of(read_markdown(page)), ANNOUNCER, "Anthropic's deprecations")


PARSERS = {
    "pricing": anthropic_prices.parse,
    "models": anthropic_models.parse,
    "deprecations": deprecations,
    "claude_com": anthropic_blocks.parse,
    "claude_com_rendering": anthropic_blocks.parse_rendering,
}

SOURCE = Source(
    slug="anthropic",
    title="Anthropic prices and models",
    home="https://platform.claude.com/docs/en/about-claude/pricing",
    rights=Rights(
        owner="Anthropic",
        terms_url="https://www.anthropic.com/legal/commercial-terms",
        data_licence="none stated",
        display=True,
        export=False,
        attribution="Anthropic, Claude documentation",
        robots="Applied: pages for people; robots.txt is read before each fetch.",
        basis="The terms were not opened. No licence for the pages was found, so nothing is exported; single "
        "prices and dates are facts, shown with their source.",
    ),
    boards=BOARDS,
    hosts=("platform.claude.com", "claude.com"),
    cadence=timedelta(days=1),
    stale_after=timedelta(days=7),
    pages=pages,
    parse=parse,
    api=False,
    folder="providers",
)
