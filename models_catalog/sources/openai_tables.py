"""OpenAI's tables of prices, as rendered in HTML or written in Markdown.

A pane per tier (`data-value`); short and long context stand side by side under two header rows. A table with a
modality column prices audio and image tokens apart from text. Prices are dollars per million tokens, as the page
says above its tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from models_catalog.sources.cells import Row, facts_of
from models_catalog.sources.contract import Page, Parsed, WrongShape
from models_catalog.sources.offers import Offer, Terms, distinct, priced
from models_catalog.sources.tables import Column, Layout, Reading, Table, read_all
from models_catalog.sources.tables_html import read_html, tables_in
from models_catalog.vocabulary import PriceUnit

TERMS = Terms("USD", "1M tokens")
UNIT_SAID = "per 1M tokens"
PANE = "data-value"
PRICES = Layout(
    columns=(
        Column("model", "model", due=True),
        Column("input", "(?:short context / )?input", due=True),
        Column("cached_input", "(?:short context / )?cached input"),
        Column("cache_writes", "(?:short context / )?cache writes"),
        Column("output", "(?:short context / )?output(?: / cost)?", due=True),
        Column("long_input", "long context / input"),
        Column("long_cached_input", "long context / cached input"),
        Column("long_cache_writes", "long context / cache writes"),
        Column("long_output", "long context / output"),
        Column("modality", "modality"),
        Column("training", "training"),
    ),
    ignored=("category", "use case", "estimated cost"),
    noun="model",
)
TEXT = {
    "input": PriceUnit.INPUT,
    "cached_input": PriceUnit.CACHE_READ,
    "cache_writes": PriceUnit.CACHE_WRITE,
    "output": PriceUnit.OUTPUT,
}
LONG = {f"long_{key}": unit for key, unit in TEXT.items()}
AUDIO = {
    "input": PriceUnit.INPUT_AUDIO,
    "cached_input": PriceUnit.CACHE_READ_AUDIO,
    "output": PriceUnit.OUTPUT_AUDIO,
}
IMAGE = {"input": PriceUnit.IMAGE, "output": PriceUnit.OUTPUT_IMAGE}  # no unit of ours for cached image input
BY_MODALITY = {"text": TEXT, "audio": AUDIO, "image": IMAGE, "text tokens": TEXT, "audio tokens": AUDIO}


def parse(page: Page) -> Iterator[Parsed]:
    """Prices by model, tier and context length."""
    tree = read_html(page)
    require_unit(tree.get_text(" "))
    return prices(tables_in(tree, (PANE,)))


def require_unit(text: str) -> None:
    if UNIT_SAID not in " ".join(text.split()):
        raise WrongShape(f"the page no longer says that its prices are {UNIT_SAID}")


def prices(tables: Iterable[Table]) -> Iterator[Parsed]:
    return distinct(
        item for _, reading in read_all(tables, [PRICES], "OpenAI's prices") for item in facts(reading)
    )


def facts(reading: Reading) -> Iterator[Parsed]:
    yield from reading.drift
    yield from facts_of(reading.rows, lambda row: offered(row, reading))


def offered(row: Row, reading: Reading) -> Iterator[Parsed]:
    row.due_text("model")
    name, _, extra = str(row.cells["model"]).partition("\n")
    short, long = ("short context", "long context") if "long_input" in row.cells else ("", "")
    tier = reading.table.marks.get(PANE, "standard")
    if "training" in row.cells:
        tier = ", ".join(filter(None, (f"{tier}, fine-tuned", extra)))
    offer = Offer(" ".join(name.split()), "openai", tier, short)
    yield from priced(row, reading, offer, units(row, reading.table), TERMS)
    yield from priced(row, reading, Offer(offer.model, "openai", tier, long), LONG, TERMS)


def units(row: Row, table: Table) -> Mapping[str, PriceUnit]:
    """Which tokens the row prices: its modality column says it, or the heading above the table."""
    modality = row.text("modality") or (table.headings[-1] if table.headings else "")
    return BY_MODALITY.get(modality.lower(), TEXT)
