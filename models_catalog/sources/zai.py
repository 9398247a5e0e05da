"""Z.ai (Zhipu): prices in dollars on z.ai and in yuan on bigmodel.cn, by input length.

The Chinese page writes a condition into the column for the context (`输入长度 [0, 32)`), its header stands in a
table of its own above the rows, and older models have one price for input and output alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from models_catalog.sources.cells import Row, facts_of
from models_catalog.sources.contract import Board, Page, Parsed
from models_catalog.sources.money import money
from models_catalog.sources.offers import Offer, Terms, distinct, price, priced
from models_catalog.sources.tables import Column, Layout, Reading, read_all
from models_catalog.sources.tables_html import read_html, tables_in
from models_catalog.sources.vendor import vendor_rights, vendor_source
from models_catalog.vocabulary import PriceUnit

BOARDS = (
    Board(
        slug="pricing",
        title="Z.ai, prices",
        url="https://docs.z.ai/guides/overview/pricing",
        media="html",
        recorded=("html/zai_pricing@*.html", "html/zai_pricing@*.html.gz"),
    ),
    Board(
        slug="bigmodel_pricing_zh",
        title="Zhipu BigModel, prices, Chinese page",
        url="https://open.bigmodel.cn/pricing",
        media="html",
        recorded=("html/zhipu_bigmodel_pricing_zh@*.html", "html/zhipu_bigmodel_pricing_zh@*.html.gz"),
    ),
)
DOLLARS = Layout(
    columns=(
        Column("model", "model", due=True),
        Column("input", "input", due=True),
        Column("cached", "cached input"),
        Column("output", "output", due=True),
    ),
    ignored=("cached input storage",),
    noun="model",
)
YUAN = Layout(
    columns=(
        Column("model", "模型名称", due=True),
        Column("context", r"上下文 \(千tokens\)"),
        Column("input", r"输入单价 \(百万tokens\)", due=True),
        Column("output", r"输出单价 \(百万tokens\)", due=True),
        Column("cached", r"缓存命中 \(百万tokens\)"),
    ),
    ignored=(r"缓存存储 \(百万tokens/小时\)", "输入模态"),
    noun="model",
)
ONE_PRICE = Layout(
    columns=(
        Column("model", "模型", due=True),
        Column("context", "上下文"),
        Column("price", "单价", due=True),
        Column("batch", "batch api 定价"),
    ),
    ignored=("简介",),
    noun="model",
    signs=("context",),
)
UNITS = {"input": PriceUnit.INPUT, "cached": PriceUnit.CACHE_READ, "output": PriceUnit.OUTPUT}
NO_OUTPUT = re.compile(r"(?:embedding|rerank).*", re.IGNORECASE)
TOKENS = "1M tokens"


def parse(page: Page) -> Iterator[Parsed]:
    """Prices by model, tier and input length."""
    tables = tables_in(read_html(page))
    layouts = [DOLLARS] if page.board == "pricing" else [YUAN, ONE_PRICE]
    return distinct(
        item
        for layout, reading in read_all(tables, layouts, "Z.ai's prices")
        for item in facts(layout, reading)
    )


def facts(layout: Layout, reading: Reading) -> Iterator[Parsed]:
    reader = one_price if layout is ONE_PRICE else prices
    yield from reading.drift
    yield from facts_of(reading.rows, lambda row: reader(row, reading))


def model_name(row: Row) -> str:
    """The first line; a badge such as `新品` (new) stands below it."""
    row.due_text("model")
    return str(row.cells["model"]).strip().split("\n")[0].strip()


def prices(row: Row, reading: Reading) -> Iterator[Parsed]:
    condition = row.text("context") or ""
    offer = Offer(model_name(row), "zai", band=condition if condition.startswith("输入长度") else "")
    yield from priced(row, reading, offer, UNITS, Terms("CNY" if "context" in row.cells else "USD", TOKENS))


def one_price(row: Row, _reading: Reading) -> Iterator[Parsed]:
    """One price per token whatever the direction; prices per image or call are not taken."""
    for key, tier in (("price", "standard"), ("batch", "batch")):
        text = row.text(key) or ""
        stated = money(text, currency="CNY", per=TOKENS)
        if stated is None or stated.per != TOKENS:
            continue
        offer = Offer(model_name(row), "zai", tier)
        yield from price(offer, PriceUnit.INPUT, text, Terms("CNY", TOKENS))
        if not NO_OUTPUT.fullmatch(offer.model):
            yield from price(offer, PriceUnit.OUTPUT, text, Terms("CNY", TOKENS))


SOURCE = vendor_source(
    slug="zai",
    title="Z.ai (Zhipu) prices",
    rights=vendor_rights(
        "Z.ai (Zhipu AI)",
        "https://docs.z.ai/legal-agreement/terms-of-use",
        "Z.ai, documentation; BigModel, price page",
    ),
    boards=BOARDS,
    hosts=("docs.z.ai", "open.bigmodel.cn"),
    live=("pricing", "bigmodel_pricing_zh"),
    parse=parse,
)
