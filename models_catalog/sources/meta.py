"""Meta: the official list of Llama releases, a Markdown table in the repository of its models.

One row per generation, with sizes in one cell (`8B, 70B, 405B`) and, for Llama 4, one context length per size.
Dates are American (`4/18/2024`). Each size is a model of its own here: `Llama 3.1 405B`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from models_catalog.sources.cells import Row, facts_of
from models_catalog.sources.contract import Board, LicenceSeen, Page, Parsed, ReleaseSeen
from models_catalog.sources.days import day_stated
from models_catalog.sources.money import plain
from models_catalog.sources.tables import Column, Layout, Reading, read_all
from models_catalog.sources.tables_markdown import read_markdown, tables_of
from models_catalog.sources.vendor import vendor_rights, vendor_source
from models_catalog.vocabulary import DateKind

REPOSITORY = "https://github.com/meta-llama/llama-models/blob/main/"
README = Board(
    slug="llama",
    title="Meta, Llama models",
    url="https://raw.githubusercontent.com/meta-llama/llama-models/main/README.md",
    media="markdown",
    recorded=("markdown/meta_llama-models-README@*.md",),
)
LAYOUT = Layout(
    columns=(
        Column("family", "model", due=True),
        Column("date", "launch date", due=True),
        Column("sizes", "model sizes", due=True),
        Column("context", "context length"),
        Column("licence", "license", due=True),
    ),
    ignored=("tokenizer", "acceptable use policy", "model card"),
    noun="release",
)
LINKED = re.compile(r"\[([^\]]*)\]\(([^)]*)\)")
SIZE = re.compile(r"(\d+)([KM])")
BILLIONS = re.compile(r"(\d+(?:\.\d+)?)B")
TIMES = {"K": 1_000, "M": 1_000_000}


def parse(page: Page) -> Iterator[Parsed]:
    """A release and a licence per generation and size."""
    for _, reading in read_all(tables_of(read_markdown(page)), [LAYOUT], "Llama's releases"):
        yield from facts(reading)


def facts(reading: Reading) -> Iterator[Parsed]:
    yield from reading.drift
    yield from facts_of(reading.rows, releases, licences)


def models(row: Row) -> list[str]:
    return [f"{plain(row.due_text('family'))} {size}" for size in sizes(row)]


def sizes(row: Row) -> list[str]:
    return [size.strip() for size in row.due_text("sizes").split(",") if size.strip()]


def releases(row: Row) -> Iterator[Parsed]:
    """The weights came out on the launch date: the page is the list of what can be downloaded."""
    contexts = SIZE.findall(row.text("context") or "")
    if day_stated(row.due_text("date")) is None:
        raise row.wrong("date", "not a day")
    for place, (model, size) in enumerate(zip(models(row), sizes(row), strict=True)):
        own = contexts[place] if len(contexts) > 1 and place < len(contexts) else next(iter(contexts), None)
        billions = BILLIONS.fullmatch(size)
        yield ReleaseSeen(
            model=model,
            name=model,
            quote=row.quote("family", "date", "sizes", "context"),
            organization="Meta",
            family=plain(row.due_text("family")),
            date=row.date("date"),
            date_kind=DateKind.WEIGHTS,
            parameters=int(float(billions[1]) * 1_000_000_000) if billions else None,
            context_tokens=int(own[0]) * TIMES[own[1]] if own else None,
        )


def licences(row: Row) -> Iterator[Parsed]:
    """The generation's own licence text, by its link: its name on the page is just `License`."""
    link = LINKED.search(row.text("licence") or "")
    if link is None:
        return
    for model in models(row):
        yield LicenceSeen(
            model=model,
            name=model,
            quote=row.quote("licence"),
            licence_name=f"{plain(row.due_text('family'))}: {link[1]}",
            link=urljoin(REPOSITORY, link[2]),
        )


SOURCE = vendor_source(
    slug="meta",
    title="Meta Llama releases",
    rights=vendor_rights(
        "Meta Platforms",
        "https://github.com/meta-llama/llama-models/blob/main/README.md",
        "Meta, meta-llama/llama-models",
        "The README states no licence of its own; the licences it links are for the models. Nothing is exported; "
        "single facts are shown with their source.",
    ),
    boards=(README,),
    hosts=("raw.githubusercontent.com",),
    live=("llama",),
    parse=parse,
)
