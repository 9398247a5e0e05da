"""Tencent Cloud's TokenHub: prices in yuan per million tokens, of Tencent's models and of open ones it hosts.

Two regions stand behind tabs of one page, Guangzhou and Singapore, with the same models at other prices. A row may
announce the end of its model (`2026-08-31 下线`). Prices per picture, second or credit, and those of embeddings by
kind of input, are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import Tag

from models_catalog.sources.cells import Row, facts_of
from models_catalog.sources.contract import Board, LifecycleSeen, MissingColumn, Page, Parsed
from models_catalog.sources.offers import Offer, Terms, distinct, priced
from models_catalog.sources.tables import Column, Layout, Reading, read_all
from models_catalog.sources.tables_html import read_html, tables_in
from models_catalog.sources.vendor import vendor_rights, vendor_source
from models_catalog.vocabulary import PriceUnit

PROVIDER = "tencent"
PRICING = Board(
    slug="tokenhub_pricing_zh",
    title="Tencent Cloud TokenHub, prices, Chinese page",
    url="https://cloud.tencent.com/document/product/1823/130055",
    media="html",
    recorded=("html/tencent_tokenhub_pricing_zh@*.html", "html/tencent_tokenhub_pricing_zh@*.html.gz"),
)
PER = r" ?\(元/百万 ?tokens\)"
LAYOUT = Layout(
    columns=(
        Column("model", "模型名称", due=True),
        Column("band", r"条件(?: ?\(tokens?\))?"),
        Column("input", "推理输入" + PER, due=True),
        Column("output", "推理输出" + PER, due=True),
        Column("cached", "缓存命中" + PER),
    ),
    noun="model",
    signs=("input",),
)
UNITS = {"input": PriceUnit.INPUT, "output": PriceUnit.OUTPUT, "cached": PriceUnit.CACHE_READ}
REGIONS = {"广州": "Guangzhou", "新加坡": "Singapore"}
REGION = "data-region"  # our own mark on the pane of a tab
END_OF_MODEL = re.compile(r"\s*[(\uff08](?P<day>\d{4}-\d{2}-\d{2}) ?下线[)\uff09]\s*$")


def parse(page: Page) -> Iterator[Parsed]:
    """Prices by model, region, tier and prompt length, and the announced ends of models."""
    tree = read_html(page)
    mark_regions(tree)
    found = read_all(tables_in(tree, (REGION,)), [LAYOUT], "TokenHub's prices")
    return distinct(item for _, reading in found for item in facts(reading))


def mark_regions(tree: BeautifulSoup) -> None:
    """Write each tab's label on its pane. A label that is no region we know is refused: whose price is it?"""
    for tabs in tree.find_all("div", class_="tse-tabs"):
        labels = [label.get_text(strip=True) for label in tabs.find_all(class_="tse-tabs__item-label")]
        panes = [pane for pane in tabs.find_all("div", class_="tse-tabs__cont") if isinstance(pane, Tag)]
        if len(labels) != len(panes) or not set(labels) <= set(REGIONS):
            raise MissingColumn(f"TokenHub's prices: {len(panes)} panes under the tabs {', '.join(labels)}")
        for label, pane in zip(labels, panes, strict=True):
            pane[REGION] = REGIONS[label]


def facts(reading: Reading) -> Iterator[Parsed]:
    yield from reading.drift
    yield from facts_of(reading.rows, lambda row: prices(row, reading), end)


def model_name(row: Row) -> str:
    return END_OF_MODEL.sub("", row.due_text("model"))


def prices(row: Row, reading: Reading) -> Iterator[Parsed]:
    """Batch prices stand under a heading of their own; a band of `-` is any length."""
    tier = "batch" if any("批量" in heading for heading in reading.table.headings) else "standard"
    band = row.text("band") or ""
    offer = Offer(
        model_name(row), PROVIDER, tier, "" if band == "-" else band, reading.table.marks.get(REGION, "")
    )
    yield from priced(row, reading, offer, UNITS, Terms("CNY", "1M tokens"))


def end(row: Row) -> Iterator[Parsed]:
    """`下线`: taken off line."""
    if found := END_OF_MODEL.search(row.due_text("model")):
        name = model_name(row)
        yield LifecycleSeen(
            model=name,
            name=name,
            quote=row.quote("model"),
            provider=PROVIDER,
            event="下线",
            date=found["day"],
        )


SOURCE = vendor_source(
    slug="tencent",
    title="Tencent Cloud (TokenHub) prices",
    rights=vendor_rights(
        "Tencent Cloud",
        "https://cloud.tencent.com/document/product/301/1967",
        "Tencent Cloud, TokenHub documentation",
    ),
    boards=(PRICING,),
    hosts=("cloud.tencent.com",),
    live=("tokenhub_pricing_zh",),
    parse=parse,
)
