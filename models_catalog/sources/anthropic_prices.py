"""Anthropic's table of prices: `$5 / MTok`, cache writes of five minutes and of an hour, batch, long context."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from models_catalog.sources.cells import Row, Unreadable, facts_of
from models_catalog.sources.contract import Page, Parsed
from models_catalog.sources.money import plain, price_lines
from models_catalog.sources.offers import Offer, Terms, distinct, price, priced
from models_catalog.sources.tables import LINK, Column, Layout, Reading, Table, read_all, spelled_name
from models_catalog.sources.tables_markdown import read_markdown, tables_of
from models_catalog.vocabulary import PriceUnit

STANDARD = Layout(
    columns=(
        Column("model", "model", due=True),
        Column("input", "base input tokens", due=True),
        Column("write_5m", "5m cache writes"),
        Column("write_1h", "1h cache writes"),
        Column("read", "cache hits (?:&|&amp;) refreshes"),
        Column("output", "output tokens", due=True),
    ),
    noun="model",
)
BATCH = Layout(
    columns=(
        Column("model", "model", due=True),
        Column("input", "batch input", due=True),
        Column("output", "batch output", due=True),
    ),
    noun="model",
)
UNITS = {
    "input": PriceUnit.INPUT,
    "write_5m": PriceUnit.CACHE_WRITE,
    "write_1h": PriceUnit.CACHE_WRITE_1H,
    "read": PriceUnit.CACHE_READ,
    "output": PriceUnit.OUTPUT,
}
REMARK = re.compile(r"\s*\((?:\[?deprecated|\[?retired|\[?legacy).*$", re.IGNORECASE)
LENGTH = re.compile(r"[≤>] ?200k input tokens")
STANDING = re.compile(r"Sonnet 4(?:\.5)?(?= |,|$)")
SIDE = re.compile(r"(input|output): (.+)", re.IGNORECASE)


def parse(page: Page) -> Iterator[Parsed]:
    """Prices by model: standard, batch, and beyond 200K input tokens."""
    text = read_markdown(page)
    tables = tables_of(text)
    found = [
        item
        for layout, reading in read_all(tables, [STANDARD, BATCH], "Anthropic's prices")
        for item in facts(reading, "batch" if layout is BATCH else "standard")
    ]
    return distinct([*found, *long_context(tables, text)])


def facts(reading: Reading, tier: str) -> Iterator[Parsed]:
    yield from reading.drift
    yield from facts_of(
        reading.rows,
        lambda row: priced(row, reading, Offer(model_name(row), "anthropic", tier), UNITS, Terms()),
    )


def model_name(row: Row) -> str:
    """The display name, without a link to its deprecation."""
    name = REMARK.sub("", plain(LINK.sub(r"\1", row.due_text("model"))))
    if not name:
        raise Unreadable("model: missing", row.quote("model"))
    return name


def long_context(tables: Sequence[Table], text: str) -> Iterator[Parsed]:
    """The prices beyond 200K tokens stand in a table without a model; the sentence above it names the models."""
    for table in tables:
        if not table.header or not all(LENGTH.fullmatch(spelled_name(name)) for name in table.header):
            continue
        for model in models_above(text):
            for line in table.rows:
                for name, cell in zip(table.header, line, strict=False):
                    if spelled_name(name).startswith(">"):
                        yield from side(Offer(model, "anthropic", band=" ".join(name.split())), cell)


def models_above(text: str) -> list[str]:
    sentence = re.search(r"^When using (.+?) with the ", text, re.MULTILINE)
    names = STANDING.findall(plain(sentence[1])) if sentence else []
    return [f"Claude {name}" for name in names]


def side(offer: Offer, cell: str) -> Iterator[Parsed]:
    for line in price_lines(cell):
        if match := SIDE.fullmatch(line):
            unit = PriceUnit.INPUT if match[1].lower() == "input" else PriceUnit.OUTPUT
            yield from price(offer, unit, match[2], Terms(), quote=line)
