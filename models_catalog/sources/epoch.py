"""Epoch AI: its capability index, the results under it, its Benchmarking Hub, and its database of AI models."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

from models_catalog.sources import epoch_hub
from models_catalog.sources.contract import Board, Bounds, Door, Page, Parsed, Rights, Source, Unread
from models_catalog.sources.epoch_models import database, report_database
from models_catalog.sources.epoch_scores import benchmark_scores, index_scores, version_scores

DEFAULT = Bounds()
REFITTED = Bounds(
    refitted=True,
    drift=0.02,
    reason="Every release of the index is a new fit: all values move, together by little (2026: 98 % changed, "
    "0.2 % in the median).",
)
RECOMPUTED = Bounds(
    refitted=True,
    reason="Results are aggregated anew with every release (2026: 26 % of the numbers changed, 0 % in the median).",
)


def board(slug: str, title: str, bounds: Bounds = DEFAULT, sentinels: tuple[str, ...] = ()) -> Board:
    """Every file of Epoch's is a CSV named after its board."""
    return Board(
        slug=slug,
        title=f"Epoch AI, {title}",
        url=f"https://epoch.ai/data/{slug}.csv",
        media="csv",
        recorded=(f"{slug}@*.csv", f"{slug}@*.csv.gz"),
        bounds=bounds,
        sentinels=sentinels,
    )


TRENDS = Board(
    slug="open_model_trends",
    title="Epoch AI, data of its report on open models of November 2024",
    url="https://github.com/epoch-research/open-model-trends",
    media="csv",
    recorded=("open-model-trends_2024/All_ML_Systems*.csv.gz",),
    complete=False,
)
ANCHORS = ("Claude 3.5 Sonnet", "GPT-5", "GPT-4 (Mar 2023)")


BOARDS = (
    board("eci_scores", "capability index", REFITTED, ANCHORS),
    replace(board("epoch_capabilities_index", "capability index by version", REFITTED), url=epoch_hub.URL),
    board("eci_benchmarks", "benchmark results under the index", RECOMPUTED, ANCHORS),
    board("notable_ai_models", "notable models"),
    board("frontier_ai_models", "frontier models"),
    board("large_scale_ai_models", "large-scale models"),
    board("all_ai_models", "all models"),
    TRENDS,
    *epoch_hub.BOARDS,
)
PARSERS: dict[str, Callable[[Page], Iterator[Parsed]]] = {
    "eci_scores": index_scores,
    "epoch_capabilities_index": version_scores,
    "eci_benchmarks": benchmark_scores,
    TRENDS.slug: report_database,
    **dict.fromkeys(epoch_hub.BY_MEMBER, epoch_hub.results),
}
INSIDE = {
    epoch_hub.INDEX_MEMBER,
    *epoch_hub.BY_MEMBER,
    TRENDS.slug,
}  # pages come inside the archive, or were recorded once
UNREAD = (
    *epoch_hub.UNREAD,
    Unread(
        "derived_iaps_gap@*.json",
        "Somebody else's lag, computed from Epoch's index and licensed by nobody: a result to compare ours with, "
        "not an observation. Its inputs are read from Epoch itself.",
    ),
    Unread(
        "open-model-trends_2024/*_with_model_accessibility.csv",
        "Of the data of Epoch's report of November 2024, its scores: a snapshot of benchmarks that the hub carries on.",
    ),
)


def pages(get: Door) -> Iterator[Page]:
    """Every file that has an address of its own, and the archive that holds the others."""
    for board in BOARDS:
        if board.slug not in INSIDE:
            yield get(board.slug, board.url)


def parse(page: Page) -> Iterator[Parsed]:
    """Index scores with releases, benchmark results, or the database's releases, by the page's board."""
    if page.board != epoch_hub.ARCHIVE.slug:
        yield from PARSERS.get(page.board, database)(page)
        return
    for member in epoch_hub.unpack(page):
        yield from parse(member) if isinstance(member, Page) else (member,)


SOURCE = Source(
    slug="epoch",
    title="Epoch AI",
    home="https://epoch.ai/data",
    rights=Rights(
        owner="Epoch AI",
        terms_url="https://epoch.ai/benchmarks/eci",
        data_licence="CC-BY-4.0",
        display=True,
        export=True,
        attribution="Epoch AI, 'Epoch Capabilities Index', 'AI Benchmarking Hub' and 'AI Models', epoch.ai, CC BY "
        "4.0; adapted",
        robots="Not applied: CSV files offered for download.",
        basis="The README in Epoch's benchmark archive of 2026-04-11, read here: its data is 'free to use, "
        "distribute, and reproduce provided the source and authors are credited under the Creative Commons "
        "Attribution license'. Data it takes from other projects keep their own licences, it adds on its site (read as "
        "quoted). So of the hub only Epoch's own runs are exported; results taken from leaderboards, papers and model "
        "cards are shown, each with who published it. The matrix under the index, which Epoch publishes recomputed, is "
        "exported whole.",
    ),
    boards=BOARDS,
    hosts=("epoch.ai",),
    cadence=timedelta(days=1),
    stale_after=timedelta(days=14),
    pages=pages,
    parse=parse,
    unpack=epoch_hub.unpack,
    unread=UNREAD,
)
