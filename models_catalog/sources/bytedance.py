"""ByteDance: BytePlus ModelArk's prices in dollars, of its own models and of open ones it hosts, by prompt length.

The recorded page looks abridged by its recorder; its tables are whole. Video models are priced by resolution in
words, and are not read.
"""

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
    slug="byteplus_pricing",
    title="BytePlus ModelArk, prices",
    url="https://docs.byteplus.com/en/docs/ModelArk/1544106",
    media="html",
    recorded=("html/bytedance_byteplus_pricing@*.html", "html/bytedance_byteplus_pricing@*.html.gz"),
)
PER = r" \(usd ?/ ?m tokens\)"
LAYOUT = Layout(
    columns=(
        Column("model", "model id", due=True),
        Column("band", r"pricing tiers \(k tokens\)", due=True),
        Column("input", r"input(?: \(non-audio\))?" + PER, due=True),
        Column("input_audio", r"input \(audio\)" + PER),
        Column("cached", r"cache-hit input(?: \(non-audio\))?" + PER),
        Column("cached_audio", r"cache-hit input \(audio\)" + PER),
        Column("output", "output" + PER, due=True),
    ),
    ignored=(r"cache-storage \(usd/m tokens/hour\)",),
    noun="model",
    signs=("band",),
)
UNITS = {
    "input": PriceUnit.INPUT,
    "input_audio": PriceUnit.INPUT_AUDIO,
    "cached": PriceUnit.CACHE_READ,
    "cached_audio": PriceUnit.CACHE_READ_AUDIO,
    "output": PriceUnit.OUTPUT,
}


def parse(page: Page) -> Iterator[Parsed]:
    """Prices by model, tier and prompt length."""
    found = read_all(tables_in(read_html(page)), [LAYOUT], "ModelArk's prices")
    return distinct(item for _, reading in found for item in facts(reading))


def facts(reading: Reading) -> Iterator[Parsed]:
    yield from reading.drift
    yield from facts_of(reading.rows, lambda row: prices(row, reading))


def prices(row: Row, reading: Reading) -> Iterator[Parsed]:
    """Batch prices stand under a heading of their own."""
    tier = "batch" if "batch" in " ".join(reading.table.headings[-1:]).lower() else "standard"
    words = row.text("band") or ""
    offer = Offer(row.due_text("model"), "byteplus", tier, "" if words == "-" else words)
    yield from priced(row, reading, offer, UNITS, Terms())


SOURCE = vendor_source(
    slug="bytedance",
    title="ByteDance (BytePlus) prices",
    rights=vendor_rights(
        "BytePlus (ByteDance)", "https://docs.byteplus.com/en/docs/legal", "BytePlus, ModelArk documentation"
    ),
    boards=(PRICING,),
    hosts=("docs.byteplus.com",),
    live=("byteplus_pricing",),
    parse=parse,
)
