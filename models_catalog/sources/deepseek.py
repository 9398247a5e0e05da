"""DeepSeek: one table with the models side by side; cache hits and misses apart; dollars or yuan by language.

The English page prices in dollars, the Chinese one in yuan: two boards, since neither replaces the other. A
Markdown rendering of the English page keeps the lines of the table and loses its columns: there a single price
holds for all models, as the merged cell it came from did.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from models_catalog.sources.cells import Row, Unreadable, facts_of, quotable
from models_catalog.sources.contract import (
    Board,
    Door,
    MissingColumn,
    Page,
    Parsed,
    ReleaseSeen,
    Rights,
    RowProblem,
    Source,
)
from models_catalog.sources.money import plain
from models_catalog.sources.offers import Offer, Terms, distinct, price, priced
from models_catalog.sources.tables import FOOTNOTE, Column, Layout, Reading, read_all, spelled_name
from models_catalog.sources.tables_html import read_html, tables_in
from models_catalog.sources.tables_markdown import read_markdown
from models_catalog.vocabulary import DateKind, PriceUnit

BOARDS = (
    Board(
        slug="pricing",
        title="DeepSeek, models and prices",
        url="https://api-docs.deepseek.com/quick_start/pricing",
        media="html",
        recorded=("html/deepseek_pricing@*.html", "html/deepseek_pricing@*.html.gz"),
    ),
    Board(
        slug="pricing_zh",
        title="DeepSeek, models and prices, Chinese page",
        url="https://api-docs.deepseek.com/zh-cn/quick_start/pricing/",
        media="html",
        recorded=("html/deepseek_pricing_zh@*.html", "html/deepseek_pricing_zh@*.html.gz"),
    ),
    Board(
        slug="pricing_rendering",
        title="DeepSeek, models and prices, as a Markdown rendering",
        url="https://api-docs.deepseek.com/quick_start/pricing",
        media="markdown",
        recorded=("markdown/deepseek_pricing@*.md",),
    ),
)
INSIDE = r"(?:.* / )?"  # a label that spans rows stands before the label of the row
LAYOUT = Layout(
    columns=(
        Column("model", "model|模型", due=True),
        Column("hit", INSIDE + r"(?:1m input tokens \(cache hit\)|百万tokens输入\(缓存命中\))", due=True),
        Column("miss", INSIDE + r"(?:1m input tokens \(cache miss\)|百万tokens输入\(缓存未命中\))", due=True),
        Column("output", INSIDE + r"(?:1m output tokens|百万tokens输出)", due=True),
        Column("version", "model version|模型版本"),
        Column("context", "context length|上下文长度"),
    ),
    ignored=(
        r"base url.*|max output|输出长度|(?:features|功能) / .*|thinking mode|思考模式|concurrency.*|并发限制.*",
    ),
    noun="model",
)
UNITS = {"miss": PriceUnit.INPUT, "hit": PriceUnit.CACHE_READ, "output": PriceUnit.OUTPUT}
MODEL = re.compile(r"deepseek-[\w.-]+", re.ASCII)
SIZE = re.compile(r"(\d+)\s*([KM])", re.IGNORECASE)
TIMES = {"K": 1_000, "M": 1_000_000}


def pages(get: Door) -> Iterator[Page]:
    for board in BOARDS[:2]:
        yield get(board.slug, board.url)


def parse(page: Page) -> Iterator[Parsed]:
    """Prices by model, and the version each API name stands for."""
    if page.board == "pricing_rendering":
        return distinct(rendered(read_markdown(page)))
    tables = [table.turned(2) for table in tables_in(read_html(page))]
    found = read_all(tables, [LAYOUT], "DeepSeek's prices")
    return distinct(item for _, reading in found for item in facts(reading))


def facts(reading: Reading) -> Iterator[Parsed]:
    yield from reading.drift
    yield from facts_of(reading.rows, release, lambda row: prices(row, reading))


def model_name(row: Row) -> str:
    return FOOTNOTE.sub("", plain(row.due_text("model")))


def release(row: Row) -> Iterator[Parsed]:
    """The API name; the version it stands for is its display name, as the page gives it."""
    size = SIZE.search(row.text("context") or "")
    yield ReleaseSeen(
        model=model_name(row),
        name=row.text("version") or model_name(row),
        quote=row.quote("model", "version", "context"),
        organization="DeepSeek",
        date_kind=DateKind.LISTING,
        context_tokens=int(size[1]) * TIMES[size[2].upper()] if size else None,
    )


def prices(row: Row, reading: Reading) -> Iterator[Parsed]:
    yield from priced(row, reading, Offer(model_name(row), "deepseek"), UNITS, Terms())


def rendered(text: str) -> Iterator[Parsed]:
    """Label and price of each line with a `|`; every model of the header has every price."""
    models = MODEL.findall(
        next((line for line in text.split("\n") if MODEL.search(line) and "|" in line), "")
    )
    found = {}
    for line in text.split("\n"):
        cells = [plain(cell) for cell in line.split("|")]
        for label, cell in pairwise(cells):
            column = LAYOUT.column(label)
            if column and column.key in UNITS:
                found[column.key] = (label, cell)
    for key in UNITS:
        if key not in found or not models:
            raise MissingColumn(f"DeepSeek's prices: the row {key!r} is missing, or the models are")
    for model in models:
        for key, unit in UNITS.items():
            yield from cell_price(Offer(model, "deepseek"), unit, *found[key])


def cell_price(offer: Offer, unit: PriceUnit, label: str, cell: str) -> Iterator[Parsed]:
    try:
        yield from price(offer, unit, cell, Terms(per="1M tokens"), quote=f"{label}| {cell}")
    except Unreadable as error:
        yield RowProblem(
            offer.model,
            f"{spelled_name(label)}: {error.reason}",
            quotable(cell),
            implausible=error.implausible,
        )


SOURCE = Source(
    slug="deepseek",
    title="DeepSeek prices",
    home="https://api-docs.deepseek.com/quick_start/pricing",
    rights=Rights(
        owner="DeepSeek",
        terms_url="https://cdn.deepseek.com/policies/en-US/deepseek-terms-of-use.html",
        data_licence="none stated",
        display=True,
        export=False,
        attribution="DeepSeek, API documentation",
        robots="Applied: pages for people; robots.txt is read before each fetch.",
        basis="The terms were not opened. No licence for the page was found, so nothing is exported; single "
        "prices are facts, shown with their source.",
    ),
    boards=BOARDS,
    hosts=("api-docs.deepseek.com",),
    cadence=timedelta(days=1),
    stale_after=timedelta(days=7),
    pages=pages,
    parse=parse,
    api=False,
    folder="providers",
)
