"""An invented scale in Epoch's own shape: seven closed models lead, six open ones follow, one is neither."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from models_catalog.fetch.archive import Archive
from models_catalog.ingest.run import running, take_page
from models_catalog.models import Fetch, Run
from models_catalog.sources import by_slug
from models_catalog.sources.contract import Board, Page, Parsed, ScoreSeen
from models_catalog.vocabulary import Outcome
from tests.ingest.invented import SOURCE

OPEN = ("Open weights (unrestricted)", "Open weights")
CLOSED = ("API access", "Closed weights")
UNKNOWN = ("", "")
BENCHMARKS = {
    "GPQA diamond": 120.0,
    "SWE-Bench verified": 140.0,
    "Aider polyglot": 130.0,
    "Terminal Bench": 150.0,
    "OSWorld": 145.0,
    "SimpleBench": 135.0,
}
INDEPENDENT = ("GPQA Diamond", "SciCode", "LiveCodeBench", "SWE-Bench Verified", "Terminal Bench 2.0")


@dataclass(frozen=True)
class Entry:
    """One invented model on Epoch's scale."""

    name: str
    organization: str
    released: date
    level: float
    access: tuple[str, str]


ENTRIES = (
    Entry("Amber 1", "Amber Lab", date(2023, 3, 14), 110.0, CLOSED),
    Entry("Birch 1", "Birch Lab", date(2023, 7, 18), 105.0, OPEN),
    Entry("Amber 2", "Amber Lab", date(2023, 11, 6), 118.0, CLOSED),
    Entry("Birch 2", "Birch Lab", date(2024, 4, 18), 115.0, OPEN),
    Entry("Claude 3.5 Sonnet", "Anthropic", date(2024, 6, 20), 130.0, CLOSED),
    Entry("Amber 3", "Amber Lab", date(2024, 12, 5), 138.0, CLOSED),
    Entry("Birch 3", "Birch Lab", date(2024, 12, 26), 128.0, OPEN),
    Entry("Birch 4", "Birch Lab", date(2025, 1, 20), 136.0, OPEN),
    Entry("Amber 4", "Amber Lab", date(2025, 4, 16), 145.0, CLOSED),
    Entry("GPT-5", "OpenAI", date(2025, 8, 7), 150.0, CLOSED),
    Entry("Birch 5", "Birch Lab", date(2025, 8, 21), 143.0, OPEN),
    Entry("Cedar 1", "Cedar Lab", date(2025, 10, 1), 160.0, UNKNOWN),
    Entry("Amber 5", "Amber Lab", date(2025, 11, 18), 152.0, CLOSED),
    Entry("Birch 6", "Birch Lab", date(2025, 12, 1), 149.0, OPEN),
)


def changed(which: str, **fields: object) -> tuple[Entry, ...]:
    """The same entries, one of them with other values."""
    return tuple(version(which, **fields) if item.name == which else item for item in ENTRIES)


def version(which: str, **fields: object) -> Entry:
    """One of the entries with other values."""
    [entry] = [item for item in ENTRIES if item.name == which]
    return replace(entry, **fields)  # type: ignore[arg-type]  # each test names real fields


def take(folder: Path, board: str, body: str, observed_at: datetime) -> Fetch:
    """One page of Epoch's through archive, gate and store; it must be taken."""
    source = by_slug("epoch")
    page = Page(board, source.board(board).url, body.encode(), observed_at)
    with running(source, Run.Trigger.RECORDED, Archive(folder, keep_free=0.0)) as entry:
        fetch = take_page(entry, page)
    assert fetch.outcome in (Outcome.ACCEPTED, Outcome.UNCHANGED), fetch.reason
    return fetch


def publish(folder: Path, observed_at: datetime, entries: Iterable[Entry] = ENTRIES) -> Fetch:
    """Epoch publishes its index."""
    return take(folder, "eci_scores", index_csv(entries), observed_at)


def measure(folder: Path, observed_at: datetime, entries: Iterable[Entry] = ENTRIES) -> Fetch:
    """Epoch publishes the benchmark results under its index."""
    return take(folder, "eci_benchmarks", matrix_csv(entries), observed_at)


def index_csv(entries: Iterable[Entry]) -> str:
    return written(
        {
            "Model": item.name,
            "Display name": item.name,
            "eci": item.level,
            "eci_ci_low": item.level - 2,
            "eci_ci_high": item.level + 3,
            "date": item.released.isoformat(),
            "Organization": item.organization,
            "Country (of organization)": "Norway",
            "Model accessibility": item.access[0],
            "Accessibility group": item.access[1],
        }
        for item in entries
    )


def matrix_csv(entries: Iterable[Entry]) -> str:
    return written(
        {
            "model": item.name,
            "model_version": item.name.lower().replace(" ", "-"),
            "benchmark": benchmark,
            "performance": round(share(item.level, difficulty), 4),
            "source": "Epoch evaluations",
        }
        for item in entries
        for benchmark, difficulty in BENCHMARKS.items()
    )


def share(level: float, difficulty: float) -> float:
    """What a model of this level gets right."""
    return 1 / (1 + math.exp((difficulty - level) / 12))


def written(rows: Iterable[dict[str, object]]) -> str:
    found, text = list(rows), io.StringIO()
    writer = csv.DictWriter(text, list(found[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(found)
    return text.getvalue()


def measure_elsewhere(folder: Path, observed_at: datetime, entries: Iterable[Entry] = ENTRIES) -> Fetch:
    """A board of another source lists the same models on five benchmarks."""

    def parse(_page: Page) -> Iterator[Parsed]:
        for item in entries:
            for at, benchmark in enumerate(INDEPENDENT):
                value = Decimal(str(round(100 * share(item.level, 120 + 8 * at), 2)))
                yield ScoreSeen(
                    model=item.name,
                    name=item.name,
                    benchmark=benchmark,
                    metric="right",
                    value=value,
                    unit="percent",
                )

    board = Board("models", "Another board", "https://models.dev/models.json", "json", ())
    source = replace(SOURCE, slug="models-dev", boards=(board,), parse=parse)
    body = repr([(item.name, item.level) for item in entries]).encode()
    with running(source, Run.Trigger.RECORDED, Archive(folder, keep_free=0.0)) as entry:
        fetch = take_page(entry, Page("models", board.url, body, observed_at))
    assert fetch.outcome == Outcome.ACCEPTED, fetch.reason
    return fetch
