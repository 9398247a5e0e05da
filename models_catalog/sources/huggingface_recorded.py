"""Counts of the Hub that third parties recorded: real numbers, in somebody else's shape.

The Hub itself tells only today's counts. These lists carry the days before: the most downloaded repositories
("pulse"), the hundred most downloaded ones that generate text, a catalogue of what fits a machine ("llmfit"), and what
was trending. The counts are taken, and the licence tag where a list repeats it; no model is said to exist on
their word. No row has the Hub's `_id`. In llmfit a count of 0 means that it was not looked up. The Hub's own trending
list, abridged, is read here too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from models_catalog.sources.cells import Row, facts_of, numbered_rows, quotable
from models_catalog.sources.contract import (
    Board,
    DownloadsSeen,
    LicenceSeen,
    MissingColumn,
    Page,
    Parsed,
    Record,
)
from models_catalog.sources.daily_counts import LongTable, daily_counts
from models_catalog.sources.reading import kind_of, list_of, read_json, require_keys

LICENCE_TAG = "license:"
BY_THIRD_PARTY = "(recorded by a third party)"
TRENDING_TABLE = LongTable(
    model="id", count="downloads", window="30d", likes="likes", only=("type", "模型")
)  # "model" in Chinese; the table lists datasets and spaces, too


@dataclass(frozen=True, slots=True)
class Listing:
    """Where one list keeps its rows and, in a row, the repository's name and counts.

    `lists` are the keys of an object that may hold rows, in order; the first must be there. `inner` is the
    key of the row's own object, if it has one.
    """

    board: Board
    lists: tuple[str, ...]
    name: str = "id"
    count: str = "downloads"
    likes: str = "likes"
    inner: str = ""
    zero_is_unknown: bool = False


def recorded(slug: str, title: str, url: str, *patterns: str) -> Board:
    return Board(
        slug=slug,
        title=f"Hugging Face Hub, {title}",
        url=f"https://huggingface.co/api/{url}",
        media="json",
        recorded=patterns,
        complete=False,
    )


PULSE = recorded(
    "pulse",
    f"the thirty most downloaded {BY_THIRD_PARTY}",
    "models?sort=downloads",
    "pulse/top-downloads@*.json",
)
TOP_TEXT = recorded(
    "top_text",
    f"the hundred most downloaded for text {BY_THIRD_PARTY}",
    "models?pipeline_tag=text-generation&sort=downloads&limit=100",
    "derived_top100-text-generation@*.json",
)
LLMFIT = recorded(
    "llmfit",
    f"single models as llmfit keeps them {BY_THIRD_PARTY}",
    "models/",
    "derived_llmfit@*.json",
)
TRENDING_LIST = recorded(
    "trending_list",
    f"trending models {BY_THIRD_PARTY}",
    "models?sort=trendingScore",
    "derived_trending@*.json",
)
TRENDING = recorded("trending", "trending now", "trending?type=model", "api-trending@*.json")
TRENDING_DAILY = Board(
    slug="trending_daily",
    title=f"Hugging Face Hub, trending models by day {BY_THIRD_PARTY}",
    url="https://huggingface.co/api/trending",
    media="csv",
    recorded=("hf_trending@*.csv",),
    complete=False,
    folder="timeseries",
)
LISTINGS = {
    listing.board.slug: listing
    for listing in (
        Listing(PULSE, ("models", "smallModels")),
        Listing(TRENDING_LIST, ("trending_models",)),
        Listing(TRENDING, ("recentlyTrending",), inner="repoData"),
        Listing(LLMFIT, (), name="name", count="hf_downloads", likes="hf_likes", zero_is_unknown=True),
    )
}
TOP_LISTINGS = (Listing(TOP_TEXT, ("models",), name="model_id"), Listing(TOP_TEXT, (), name="name"))
BOARDS = (PULSE, TOP_TEXT, LLMFIT, TRENDING_LIST, TRENDING, TRENDING_DAILY)
SLUGS = frozenset(board.slug for board in BOARDS)


def parse(page: Page) -> Iterator[Parsed]:
    """The thirty days' count of each repository, and its licence tag, each once."""
    if page.board == TRENDING_DAILY.slug:
        yield from daily_counts(TRENDING_TABLE, page)
        return
    payload = read_json(page)
    listing = listing_of(page.board, payload)
    rows = [inner_of(listing, value) for value in listed(listing, payload)]
    require_keys(rows, (listing.name, listing.count), "model")
    seen: set[tuple[type, str]] = set()
    for item in facts_of(
        numbered_rows(rows, "model", listing.name), partial(counts, listing), partial(tag, listing)
    ):
        if not isinstance(item, Record) or (type(item), item.model) not in seen:
            seen.add((type(item), item.model if isinstance(item, Record) else ""))
            yield item


def listing_of(board: str, payload: object) -> Listing:
    """The list of a hundred was an object once and a bare list later."""
    if board == TOP_TEXT.slug:
        return TOP_LISTINGS[isinstance(payload, list)]
    return LISTINGS[board]


def listed(listing: Listing, payload: object) -> list[object]:
    if not listing.lists:
        return list(list_of(payload, listing.board.title))
    if not isinstance(payload, dict) or listing.lists[0] not in payload:
        raise MissingColumn(f"{kind_of(payload)} where an object with {listing.lists[0]!r} is due")
    keys = [key for key in listing.lists if key == listing.lists[0] or payload.get(key)]
    return [row for key in keys for row in list_of(payload[key], listing.board.title)]


def inner_of(listing: Listing, value: object) -> object:
    if listing.inner and isinstance(value, dict):
        return value.get(listing.inner)
    return value


def counts(listing: Listing, row: Row) -> Iterator[Parsed]:
    count = row.count(listing.count)
    if row.text("repoType") not in (None, "model") or count is None:
        return
    if count or not listing.zero_is_unknown:
        yield DownloadsSeen(
            model=row.due_text(listing.name),
            name=row.due_text(listing.name),
            quote=row.quote(listing.count, listing.likes),
            window="30d",
            count=count,
            likes=row.count(listing.likes),
        )


def tag(listing: Listing, row: Row) -> Iterator[Parsed]:
    """The Hub's licence tag, where the list repeats it. "unknown" is a list's own word, not the Hub's."""
    tags = [word for word in row.words("tags") if word.startswith(LICENCE_TAG)]
    stated = ", ".join(word.removeprefix(LICENCE_TAG) for word in tags) or row.text("license")
    if stated and stated != "unknown":
        yield LicenceSeen(
            model=row.due_text(listing.name),
            name=row.due_text(listing.name),
            quote=quotable(", ".join(tags)) or row.quote("license"),
            licence=stated,
        )
