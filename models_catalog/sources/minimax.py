"""MiniMax: prices in yuan, in grids of `div`s; a struck-out price beside the one that holds (`永久五折`)."""

from __future__ import annotations

from collections.abc import Iterator

from models_catalog.sources.cells import Row, facts_of
from models_catalog.sources.contract import Board, Page, Parsed
from models_catalog.sources.offers import Offer, Terms, distinct, priced
from models_catalog.sources.tables import Column, Layout, Reading, read_all
from models_catalog.sources.tables_html import read_html, tables_in
from models_catalog.sources.vendor import vendor_rights, vendor_source
from models_catalog.vocabulary import PriceUnit

PRICING = Board(
    slug="pricing_zh",
    title="MiniMax, prices, Chinese page",
    url="https://platform.minimaxi.com/subscribe/token-plan",
    media="html",
    recorded=("html/minimax_pricing_zh@*.html", "html/minimax_pricing_zh@*.html.gz"),
)
LAYOUT = Layout(
    columns=(
        Column("model", "模型", due=True),
        Column("input", r"输入价格 ?百万 tokens|输入\(含多模态\)", due=True),
        Column("output", "输出价格 ?百万 tokens|输出", due=True),
        Column("read", "缓存读取(?: ?百万 tokens)?"),
        Column("write", "缓存写入(?: ?百万 tokens)?"),
    ),
    noun="model",
)
UNITS = {
    "input": PriceUnit.INPUT,
    "output": PriceUnit.OUTPUT,
    "read": PriceUnit.CACHE_READ,
    "write": PriceUnit.CACHE_WRITE,
}


def parse(page: Page) -> Iterator[Parsed]:
    """Prices by model and context length, of the tab that is shown: the standard tier."""
    found = read_all(tables_in(read_html(page)), [LAYOUT], "MiniMax's prices")
    return distinct(item for _, reading in found for item in facts(reading))


def facts(reading: Reading) -> Iterator[Parsed]:
    yield from reading.drift
    yield from facts_of(reading.rows, lambda row: prices(row, reading))


def prices(row: Row, reading: Reading) -> Iterator[Parsed]:
    row.due_text("model")
    model, *remarks = (line.strip() for line in str(row.cells["model"]).split("\n"))
    band = next((remark for remark in remarks if remark.startswith("上下文")), "")
    yield from priced(row, reading, Offer(model, "minimax", band=band), UNITS, Terms())


SOURCE = vendor_source(
    slug="minimax",
    title="MiniMax prices",
    rights=vendor_rights(
        "MiniMax", "https://platform.minimaxi.com/protocol/terms-of-service", "MiniMax, open platform"
    ),
    boards=(PRICING,),
    hosts=("platform.minimaxi.com",),
    live=("pricing_zh",),
    parse=parse,
)
