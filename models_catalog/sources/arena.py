"""The Arena (LMArena, lmarena.ai, arena.ai): ratings from people's blind votes, per arena, category and scale.

What is fetched are the files of its own catalogue repository. The tables of the older leaderboard and renderings of
its pages exist only as recorded files. Ratings are refitted with each release; where a scale breaks, the benchmark's
name changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial

from models_catalog.sources.arena_agent import agents
from models_catalog.sources.arena_files import licences, ratings, table
from models_catalog.sources.arena_pages import listed, markdown
from models_catalog.sources.contract import Board, Bounds, Door, Page, Parsed, Rights, Source

CATALOGUE = "https://raw.githubusercontent.com/lmarena/arena-catalog/main/data"
REFITTED = Bounds(
    overlap=0.60,
    grow=4.0,
    refitted=True,
    reason="All ratings are fitted anew with every release, and a release adds, renames and drops models and "
    "categories at will (recorded: 20 of 89 steps change more than the default allows).",
)


def table_board(arena: str, patterns: tuple[str, ...]) -> Board:
    return Board(
        slug=f"{arena}_table",
        title=f"Arena {arena}, table",
        url="https://huggingface.co/spaces/lmarena-ai/chatbot-arena-leaderboard",
        media="csv",
        recorded=patterns,
        bounds=REFITTED,
    )


def catalogue_board(slug: str, title: str, file: str, bounds: Bounds = REFITTED) -> Board:
    return Board(
        slug=slug,
        title=f"Arena {title}",
        url=f"{CATALOGUE}/{file}.json",
        media="json",
        recorded=(f"catalog-{file}_*.json",),
        bounds=bounds,
    )


CATALOGUE_BOARDS = (
    catalogue_board("text", "text by category", "leaderboard-text"),
    catalogue_board(
        "text_style_control", "text by category, with style control", "leaderboard-text-style-control"
    ),
    catalogue_board("vision", "vision by category", "leaderboard-vision"),
    catalogue_board("image", "image generation by category", "leaderboard-image"),
    catalogue_board("models", "models", "scatterplot-data"),
)
BOARDS = (
    table_board("text", ("lmsys_*.csv", "lmarena_text_*.csv")),
    table_board("vision", ("lmarena_vision_*.csv",)),
    *CATALOGUE_BOARDS,
    Board(
        slug="text_page",
        title="Arena text, page as rendered by others",
        url="https://arena.ai/leaderboard/text",
        media="markdown",
        recorded=("lmarena-md/text@2025-*.md", "lmarena-md/text@2026-0[1-7]-*.md"),
        bounds=replace(
            REFITTED,
            overlap=0.0,
            reason="Ratings are fitted anew each time; in December 2025 display names became slugs, all at once.",
        ),
    ),
    Board(
        slug="top_page",
        title="Arena, first thirty as rendered by others",
        url="https://arena.ai/leaderboard/text",
        media="markdown",
        recorded=(
            "lmarena-md/text@2026-08-*.md",
            "lmarena-md/vision@*.md",
            "lmarena-md/search@*.md",
            "lmarena-md/code-webdev@*.md",
        ),
        complete=False,  # thirty rows of some four hundred, and one page per arena
    ),
    Board(
        slug="agent_page",
        title="Arena agent, first thirty as rendered by others",
        url="https://arena.ai/leaderboard/agent",
        media="markdown",
        recorded=("lmarena-md/agent@*.md",),
        complete=False,  # thirty rows of more
    ),
    Board(
        slug="text_list",
        title="Arena text, page as reduced by others",
        url="https://arena.ai/leaderboard/text",
        media="json",
        recorded=("derived_arena-ai_text@*.json",),
        bounds=REFITTED,
    ),
)
PARSERS: dict[str, Callable[[Page], Iterator[Parsed]]] = {
    "text_table": partial(table, "text"),
    "vision_table": partial(table, "vision"),
    "text": partial(ratings, "text"),
    "text_style_control": partial(ratings, "text", style_control=True),
    "vision": partial(ratings, "vision"),
    "image": partial(ratings, "image generation"),
    "models": licences,
    "text_page": markdown,
    "top_page": markdown,
    "agent_page": agents,
    "text_list": listed,
}


def pages(get: Door) -> Iterator[Page]:
    for board in CATALOGUE_BOARDS:
        yield get(board.slug, board.url)


def parse(page: Page) -> Iterator[Parsed]:
    """Ratings and licence words, by the page's board."""
    return PARSERS[page.board](page)


SOURCE = Source(
    slug="arena",
    title="Arena (LMArena)",
    home="https://arena.ai/leaderboard",
    rights=Rights(
        owner="LMArena (lmarena/arena-catalog)",
        terms_url="https://github.com/lmarena/arena-catalog",
        data_licence="not established",
        display=True,
        export=False,
        attribution="Arena (LMArena), arena.ai",
        robots="Not applied: files of a public repository, served raw to programs. Its pages are not fetched.",
        basis="Third parties call the data CC BY 4.0; the owner's own words were not read, and the catalogue's "
        "repository and its licence were not opened here. Unknown means no export.",
    ),
    boards=BOARDS,
    hosts=("raw.githubusercontent.com",),
    cadence=timedelta(days=7),
    stale_after=timedelta(days=60),
    pages=pages,
    parse=parse,
)
