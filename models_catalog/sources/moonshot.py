"""Moonshot (Kimi): a table per model with its unit of sale in a column, prices in yuan."""

from __future__ import annotations

from collections.abc import Iterator

from models_catalog.sources.cells import Row, facts_of
from models_catalog.sources.contract import Board, Page, Parsed
from models_catalog.sources.offers import Offer, Terms, distinct, priced
from models_catalog.sources.tables import Column, Layout, Reading, read_all
from models_catalog.sources.tables_html import read_html, tables_in
from models_catalog.sources.units_of_sale import unit_named
from models_catalog.sources.vendor import vendor_rights, vendor_source
from models_catalog.vocabulary import PriceUnit

PRICING = Board(
    slug="kimi_k26_pricing_zh",
    title="Kimi K2.6, prices, Chinese page",
    url="https://platform.kimi.com/docs/pricing/chat-k26",
    media="html",
    recorded=("html/moonshot_kimi-k26_pricing_zh@*.html", "html/moonshot_kimi-k26_pricing_zh@*.html.gz"),
)
LAYOUT = Layout(
    columns=(
        Column("model", "模型|model", due=True),
        Column("per", "计费单位|unit", due=True),
        Column("hit", r"输入价格\(缓存命中\)|input price \(cache hit\)"),
        Column("miss", r"输入价格\(缓存未命中\)|input price \(cache miss\)", due=True),
        Column("output", "输出价格|output price", due=True),
    ),
    ignored=("上下文窗口|context window",),
    noun="model",
)
UNITS = {"miss": PriceUnit.INPUT, "hit": PriceUnit.CACHE_READ, "output": PriceUnit.OUTPUT}


def parse(page: Page) -> Iterator[Parsed]:
    """Prices by model."""
    found = read_all(tables_in(read_html(page)), [LAYOUT], "Kimi's prices")
    return distinct(item for _, reading in found for item in facts(reading))


def facts(reading: Reading) -> Iterator[Parsed]:
    yield from reading.drift
    yield from facts_of(reading.rows, lambda row: prices(row, reading))


def prices(row: Row, reading: Reading) -> Iterator[Parsed]:
    unit = unit_named(row.due_text("per"))
    if unit is None:
        raise row.wrong("per", "a unit of sale we do not know")
    yield from priced(row, reading, Offer(row.due_text("model"), "moonshot"), UNITS, Terms(per=unit))


SOURCE = vendor_source(
    slug="moonshot",
    title="Moonshot (Kimi) prices",
    rights=vendor_rights(
        "Moonshot AI", "https://platform.kimi.com/docs/agreement/modeluse", "Moonshot AI, Kimi documentation"
    ),
    boards=(PRICING,),
    hosts=("platform.kimi.com",),
    live=("kimi_k26_pricing_zh",),
    parse=parse,
)
