"""Epoch AI: its capability index, the benchmark results under it, and its database of AI models."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

from models_catalog.sources.contract import Board, Bounds, Door, Page, Parsed, Rights, Source
from models_catalog.sources.epoch_models import database
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


ARCHIVE = "https://epoch.ai/data/benchmark_data.zip"  # holds the index by version; archives are not read yet
ANCHORS = ("Claude 3.5 Sonnet", "GPT-5", "GPT-4 (Mar 2023)")


BOARDS = (
    board("eci_scores", "capability index", REFITTED, ANCHORS),
    replace(board("epoch_capabilities_index", "capability index by version", REFITTED), url=ARCHIVE),
    board("eci_benchmarks", "benchmark results under the index", RECOMPUTED, ANCHORS),
    board("notable_ai_models", "notable models"),
    board("frontier_ai_models", "frontier models"),
    board("large_scale_ai_models", "large-scale models"),
    board("all_ai_models", "all models"),
)
PARSERS: dict[str, Callable[[Page], Iterator[Parsed]]] = {
    "eci_scores": index_scores,
    "epoch_capabilities_index": version_scores,
    "eci_benchmarks": benchmark_scores,
}


def pages(get: Door) -> Iterator[Page]:
    """Every file that has an address of its own; what comes inside the archive exists as recorded files only."""
    for board in BOARDS:
        if board.url != ARCHIVE:
            yield get(board.slug, board.url)


def parse(page: Page) -> Iterator[Parsed]:
    """Index scores with releases, benchmark results, or the database's releases, by the page's board."""
    return PARSERS.get(page.board, database)(page)


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
        attribution="Epoch AI, 'Epoch Capabilities Index' and 'AI Models', epoch.ai, CC BY 4.0; adapted",
        robots="Not applied: CSV files offered for download.",
        basis="Epoch states: data free to use, distribute and reproduce provided the source and authors are "
        "credited under the Creative Commons Attribution licence (read as quoted, in the same words, by "
        "several independent projects in 2026; the page itself was not opened here). Epoch adds that data "
        "it takes from external projects keep their own licences: of the benchmark results, those whose "
        "source is not 'Epoch evaluations' rest on that.",
    ),
    boards=BOARDS,
    hosts=("epoch.ai",),
    cadence=timedelta(days=1),
    stale_after=timedelta(days=14),
    pages=pages,
    parse=parse,
)
