"""Anthropic's overview of models: ids, aliases, context window, price, models standing side by side.

The oldest form lists ids in tables of one row per model; the newer one has a column per model and a row per
feature. Ids of other hosts (Bedrock, Vertex) are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from models_catalog.sources.cells import Row, facts_of
from models_catalog.sources.contract import Page, Parsed, ReleaseSeen
from models_catalog.sources.money import plain
from models_catalog.sources.offers import distinct
from models_catalog.sources.tables import MARK_UP, Column, Layout, Reading, read_all, spelled_name
from models_catalog.sources.tables_markdown import read_markdown, tables_of
from models_catalog.vocabulary import DateKind

BY_FEATURE = Layout(
    columns=(
        Column("name", "feature", due=True),
        Column("id", "claude api id|api model name", due=True),
        Column("context", "context window"),
    ),
    ignored=(
        "description|strengths|multilingual|vision|extended thinking|adaptive thinking|priority tier",
        "claude api alias|aws bedrock id|gcp vertex ai id|microsoft foundry.*|pricing|comparative latency",
        "max output|reliable knowledge cutoff|training data cut-?off(?: \\d)?",
    ),
    noun="model",
)
BY_MODEL = Layout(
    columns=(Column("name", "model", due=True), Column("id", "anthropic api|model id", due=True)),
    ignored=("aws bedrock|gcp vertex ai|alias",),
    noun="model",
)
ID = re.compile(r"claude-[\w.]+(?:-[\w.]+)*", re.ASCII)
TOKENS = re.compile(r"(\d+)([KM]) tokens")
TIMES = {"K": 1_000, "M": 1_000_000}


def parse(page: Page) -> Iterator[Parsed]:
    """Releases: each id with its display name, and the context window where one is stated."""
    tables = tables_of(read_markdown(page))
    turned = [
        table.turned() if table.header and spelled_name(table.header[0]) == "feature" else table
        for table in tables
    ]
    return first_of_each(
        item
        for _, reading in read_all(turned, [BY_FEATURE, BY_MODEL], "Anthropic's models")
        for item in facts(reading)
    )


def first_of_each(found: Iterator[Parsed]) -> Iterator[Parsed]:
    """One release per model: the one that says most, if several tables list it."""
    items = list(distinct(found))
    best: dict[str, ReleaseSeen] = {}
    for item in items:
        if isinstance(item, ReleaseSeen):
            known = best.get(item.model)
            if known is None or (known.context_tokens is None and item.context_tokens is not None):
                best[item.model] = item
    yield from (item for item in items if not isinstance(item, ReleaseSeen))
    yield from best.values()


def facts(reading: Reading) -> Iterator[Parsed]:
    yield from reading.drift
    yield from facts_of(reading.rows, releases)


def releases(row: Row) -> Iterator[Parsed]:
    cell = plain(MARK_UP.sub("", row.due_text("id"))).split(" (")[0]
    for model in dict.fromkeys(match[0] for match in ID.finditer(cell)):
        yield ReleaseSeen(
            model=model,
            name=plain(row.due_text("name")),
            quote=row.quote("name", "id"),
            organization="Anthropic",
            date_kind=DateKind.LISTING,
            context_tokens=context(row),
        )


def context(row: Row) -> int | None:
    """The context window that holds without a beta flag: the first one stated."""
    match = TOKENS.search(plain(MARK_UP.sub("", str(row.cells.get("context", "")))))
    return int(match[1]) * TIMES[match[2]] if match else None
