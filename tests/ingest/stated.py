"""Records as if a registered source had stated them: claims without having to write its payload."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from models_catalog.fetch.archive import Archive
from models_catalog.ingest.run import running, take_page
from models_catalog.models import Fetch, Run
from models_catalog.sources.contract import Board, Page, Parsed, PriceSeen, ReleaseSeen
from models_catalog.vocabulary import PriceUnit
from tests.ingest.invented import SOURCE, on


def release(name: str, **fields: object) -> ReleaseSeen:
    """An open-weights language model as Epoch's database states it."""
    stated: dict[str, object] = {
        "organization": "Amber Lab",
        "date": "2024-05-06",
        "access_claim": "Open weights (unrestricted)",
    }
    return ReleaseSeen(model=name, name=name, **(stated | fields))  # type: ignore[arg-type]  # each test names real fields


def offer(
    provider: str,
    cost_in: str | None,
    cost_out: str | None,
    *,
    name: str = "Amber 1",
    per: str = "1M tokens",
    **fields: object,
) -> list[PriceSeen]:
    """Both prices of one host for one model; None is a price the host does not list."""
    return [
        PriceSeen(
            model=f"{provider}/{name.lower().replace(' ', '-')}",
            name=name,
            provider=provider,
            unit=unit,
            amount=Decimal(amount),
            per=per,
            **fields,  # type: ignore[arg-type]  # each test names real fields
        )
        for unit, amount in ((PriceUnit.INPUT, cost_in), (PriceUnit.OUTPUT, cost_out))
        if amount is not None
    ]


def state(
    folder: Path,
    *records: Parsed,
    source: str = "epoch",
    board: str = "notable_ai_models",
    observed_at: datetime = on(1),  # noqa: B008 - a fixed day
    complete: bool = True,
) -> Fetch:
    """One page of the source's, holding these records."""
    page_board = Board(board, board, f"https://{source}.example/{board}", "json", (), complete=complete)
    stating = replace(SOURCE, slug=source, boards=(page_board,), parse=lambda _page: iter(records))
    with running(stating, Run.Trigger.RECORDED, Archive(folder, keep_free=0.0)) as entry:
        return take_page(entry, Page(board, page_board.url, repr(records).encode(), observed_at))
