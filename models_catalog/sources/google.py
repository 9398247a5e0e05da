"""Google's Gemini API: prices per tier and modality, and the models with their limits.

Both pages are read as lines, which their HTML and a Markdown rendering give alike. Prices: a heading names the
model, a line its id, then blocks of label, free tier and paid tier: `Input price`, `Free of charge`, `$0.30 (text /
image / video)`, `$1.00 (audio)`, or two lines by prompt length. The first block of a model is the standard tier and
a second one the batch tier, unless a heading says which.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta

from models_catalog.sources import google_models
from models_catalog.sources.cells import Unreadable, quotable
from models_catalog.sources.contract import (
    Board,
    Door,
    MissingColumn,
    Page,
    Parsed,
    Rights,
    RowProblem,
    Source,
)
from models_catalog.sources.google_models import ID
from models_catalog.sources.money import header_terms, money
from models_catalog.sources.offers import Offer, Terms, distinct, price
from models_catalog.sources.tables_html import lines_in, read_html
from models_catalog.sources.tables_markdown import HEADING, lines_of, read_markdown
from models_catalog.vocabulary import PriceUnit

BOARDS = (
    Board(
        slug="pricing",
        title="Gemini API, prices",
        url="https://ai.google.dev/gemini-api/docs/pricing",
        media="html",
        recorded=("html/google_gemini_pricing@*.html", "html/google_gemini_pricing@*.html.gz"),
    ),
    Board(
        slug="pricing_rendering",
        title="Gemini API, prices, as a Markdown rendering",
        url="https://ai.google.dev/gemini-api/docs/pricing",
        media="markdown",
        recorded=("markdown/google_gemini_pricing@*.md",),
    ),
    Board(
        slug="models_rendering",
        title="Gemini API, models, as a Markdown rendering",
        url="https://ai.google.dev/gemini-api/docs/models",
        media="markdown",
        recorded=("markdown/google_gemini_models@*.md",),
    ),
)
PAID = re.compile(r"paid tier, per .+", re.IGNORECASE)
LABEL = re.compile(r"(?P<what>input|output|context caching) price\b.*", re.IGNORECASE)
OTHER_LABEL = re.compile(
    r"(?:context caching \(storage\)|grounding with .+|used to improve .+|tuning price|.* pricing|.* price\b.*)",
    re.IGNORECASE,
)
TIERS = ("standard", "batch")
NAMED_TIERS = {*TIERS, "flex", "priority"}
TEXT = {"input": PriceUnit.INPUT, "output": PriceUnit.OUTPUT, "context caching": PriceUnit.CACHE_READ}
AUDIO = {
    "input": PriceUnit.INPUT_AUDIO,
    "output": PriceUnit.OUTPUT_AUDIO,
    "context caching": PriceUnit.CACHE_READ_AUDIO,
}
IMAGE = {"input": PriceUnit.IMAGE, "output": PriceUnit.OUTPUT_IMAGE}


def pages(get: Door) -> Iterator[Page]:
    yield get("pricing", BOARDS[0].url)


def parse(page: Page) -> Iterator[Parsed]:
    if page.board == "models_rendering":
        return google_models.parse(lines_of(read_markdown(page)))
    lines = lines_in(read_html(page)) if page.board == "pricing" else lines_of(read_markdown(page))
    return prices(lines)


def prices(lines: Iterable[str]) -> Iterator[Parsed]:
    """Prices by model, tier, modality and prompt length."""
    found = list(distinct(blocks(lines)))
    if not found:
        raise MissingColumn(
            "the Gemini prices have no 'Paid Tier' column with an 'Input price' under a model"
        )
    yield from found


def blocks(lines: Iterable[str]) -> Iterator[Parsed]:
    title, models, tier, block = "", list[str](), "", list[str]()
    count, paid = 0, Terms()
    for line in [*lines, "# end"]:
        heading = HEADING.fullmatch(line)
        if heading or PAID.fullmatch(line):
            yield from block_prices(models or [title], tier or TIERS[min(count, 2) - 1], block, paid)
            block = []
        if heading and heading[2].strip().lower() in NAMED_TIERS:
            tier = heading[2].strip().lower()
        elif heading:
            title, models, tier, count = heading[2].strip(), [], "", 0
        elif PAID.fullmatch(line):
            count, paid = count + 1, Terms(*header_terms(line))
        elif not count and not models and ID.match(line.strip("_`")):
            models = re.findall(ID, line)
        elif count:
            block.append(line)


def block_prices(models: list[str], tier: str, block: list[str], paid: Terms) -> Iterator[Parsed]:
    """One tier of one heading: label, the free tier's line, the paid tier's lines, and so on."""
    what, cells = "", list[str]()
    for line in [*block, "end price"]:
        label = LABEL.fullmatch(line)
        if not label and not OTHER_LABEL.fullmatch(line):
            cells.append(line)
            continue
        if what and cells:
            for model in models:
                yield from read(
                    Offer(model, "google", "free" if tier == "standard" else f"free, {tier}"),
                    what,
                    cells[:1],
                    paid,
                )
                yield from read(Offer(model, "google", tier), what, cells[1:], paid)
        what, cells = label["what"].lower() if label else "", []


def read(offer: Offer, what: str, cells: list[str], paid: Terms) -> Iterator[Parsed]:
    for cell in cells:
        try:
            stated = money(cell, currency=paid.currency, per=paid.per)
            if (
                stated is None or stated.per == "1M tokens per hour"
            ):  # what it costs to keep a cache, not to read it
                continue
            unit = unit_of(what, stated.condition, stated.per)
            banded = Offer(offer.model, offer.provider, offer.tier, band(stated.condition))
            yield from price(banded, unit, cell, paid)
        except Unreadable as error:
            yield RowProblem(
                quotable(f"{offer.model}, {what}"), error.reason, error.quote, implausible=error.implausible
            )


def unit_of(what: str, condition: str, per: str) -> PriceUnit:
    """Text unless the line names another modality and not text, or is sold by the image."""
    if per == "image" and what in IMAGE:
        return IMAGE[what]
    words = condition.lower()
    return AUDIO[what] if "audio" in words and "text" not in words else TEXT[what]


def band(condition: str) -> str:
    """`prompts > 200k` and `prompts > 200k tokens` stand on one page and mean one band."""
    if not condition.startswith("prompts"):
        return ""
    return re.sub(r"\s*tokens?$", "", condition) + " tokens"


SOURCE = Source(
    slug="google",
    title="Google Gemini prices and models",
    home="https://ai.google.dev/gemini-api/docs/pricing",
    rights=Rights(
        owner="Google",
        terms_url="https://developers.google.com/site-policies",
        data_licence="CC BY 4.0 for page content, as the site's footer says; not confirmed for prices",
        display=True,
        export=False,
        attribution="Google, Gemini API documentation",
        robots="Applied: pages for people; robots.txt is read before each fetch.",
        basis="The site policies were not opened. Until they are, nothing is exported; single prices are facts, "
        "shown with their source.",
    ),
    boards=BOARDS,
    hosts=("ai.google.dev",),
    cadence=timedelta(days=1),
    stale_after=timedelta(days=7),
    pages=pages,
    parse=parse,
    api=False,
    folder="providers",
)
