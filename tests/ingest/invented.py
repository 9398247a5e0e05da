"""An invented source, small enough to see through: a JSON list of models with a price and a score."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from models_catalog.fetch.archive import Archive
from models_catalog.ingest.run import RunLog, running, take_page
from models_catalog.models import Fetch, Run
from models_catalog.sources.contract import (
    Board,
    Bounds,
    Door,
    DownloadsSeen,
    Page,
    Parsed,
    PriceSeen,
    ReleaseSeen,
    Rights,
    ScoreSeen,
    Source,
    WrongShape,
)
from models_catalog.vocabulary import PriceUnit

ANYTHING = Bounds(
    shrink=0.0, size=0.0, overlap=0.0, changed=1.0, grow=1e9, drift=1e9, reason="two rows have no statistics"
)
BOARD = Board(
    "list", "Invented list", "https://invented.example/list.json", "json", ("list@*.json",), bounds=ANYTHING
)
Row = Mapping[str, object]


def pages(get: Door) -> Iterator[Page]:
    yield get(BOARD.slug, BOARD.url)


def parse(page: Page) -> Iterator[Parsed]:
    try:
        rows = json.loads(page.body)
    except ValueError as error:
        raise WrongShape(f"not JSON: {error}") from error
    for row in rows:
        name = str(row["name"])
        yield ReleaseSeen(model=name, name=name, date=row.get("date"))
        if "price" in row:
            amount = Decimal(str(row["price"]))
            yield PriceSeen(
                model=name,
                name=name,
                provider="invented",
                unit=PriceUnit.INPUT,
                amount=amount,
                per="1M tokens",
                quote=f"${row['price']} / MTok",
            )
        if "score" in row:
            value = Decimal(str(row["score"]))
            yield ScoreSeen(
                model=name, name=name, benchmark="Quiz", metric="right", value=value, unit="percent"
            )
        if "downloads" in row:
            yield DownloadsSeen(model=name, name=name, window="30d", count=int(str(row["downloads"])))


SOURCE = Source(
    slug="invented",
    title="Invented",
    home="https://invented.example",
    rights=Rights(
        "Nobody", "https://invented.example/terms", "CC0-1.0", True, True, "Nobody", "n/a", "invented"
    ),
    boards=(BOARD,),
    hosts=("invented.example",),
    cadence=timedelta(hours=6),
    stale_after=timedelta(days=2),
    pages=pages,
    parse=parse,
)
PARTIAL = replace(SOURCE, boards=(replace(BOARD, complete=False),))


def on(day: int, hour: int = 0) -> datetime:
    """A capture time in January 2026."""
    return datetime(2026, 1, day, hour, tzinfo=UTC)


def page(rows: Sequence[Row] | bytes, observed_at: datetime) -> Page:
    body = rows if isinstance(rows, bytes) else json.dumps(rows).encode()
    return Page(BOARD.slug, BOARD.url, body, observed_at)


def take(folder: Path, rows: Sequence[Row] | bytes, observed_at: datetime, source: Source = SOURCE) -> Fetch:
    """One page through archive, gate and store, as in a replay."""
    with running(source, Run.Trigger.RECORDED, Archive(folder, keep_free=0.0)) as entry:
        return take_page(entry, page(rows, observed_at))


def entry_of(folder: Path, source: Source = SOURCE) -> RunLog:
    run = Run.objects.create(source=source.slug, trigger=Run.Trigger.RECORDED, started_at=on(1))
    return RunLog(run, source, Archive(folder, keep_free=0.0))
