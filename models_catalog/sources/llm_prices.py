"""llm-prices: one price list per vendor, US dollars per million tokens, kept by hand in a public repository.

An entry of `price_history` holds from one day until the day before another; nearly all dates are empty, so most
changes only show between two captures. The price in force on the day of the capture is the standard one; an
earlier or announced one carries its period as its tier. A name may end in the prompt length its prices are for
(`Gemini 2.5 Pro >200k`): that is the band, and no part of the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import partial

from models_catalog.sources.cells import Row, Unreadable, facts, facts_of, numbered_rows
from models_catalog.sources.contract import (
    Board,
    Door,
    Page,
    Parsed,
    PriceSeen,
    Rights,
    Source,
    WrongShape,
)
from models_catalog.sources.reading import list_of, object_of, read_json, require_keys
from models_catalog.vocabulary import PriceUnit

DATA = "https://raw.githubusercontent.com/simonw/llm-prices/main/data"
VENDORS = (
    "amazon",
    "anthropic",
    "deepseek",
    "google",
    "meta-ai",
    "minimax",
    "mistral",
    "moonshot-ai",
    "openai",
    "qwen",
    "xai",
)
DUE = ("id", "name", "price_history")
PERIOD_DUE = ("input", "output", "from_date", "to_date")
UNITS = {
    "input": PriceUnit.INPUT,
    "output": PriceUnit.OUTPUT,
    "input_cached": PriceUnit.CACHE_READ,
}
BAND = re.compile(r"(?P<name>.*\S)\s+(?P<band>[≤>]\s?\d+[km])", re.IGNORECASE)
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)

VENDOR = Board(
    slug="vendor",
    title="llm-prices, one vendor",
    url=f"{DATA}/",
    media="json",
    recorded=tuple(
        pattern for vendor in VENDORS for pattern in (f"{vendor}.json", f"history/*/{vendor}.json")
    ),
    complete=False,
)


def pages(get: Door) -> Iterator[Page]:
    for vendor in VENDORS:
        yield get(VENDOR.slug, f"{DATA}/{vendor}.json")


def parse(page: Page) -> Iterator[Parsed]:
    """Every price of every period, of one vendor's models."""
    payload = object_of(read_json(page), "the price list of a vendor")
    require_keys([payload], ("vendor", "models"), "price list")
    vendor = vendor_of(payload)
    models = list_of(payload["models"], "a vendor's list of models")
    require_keys(models, DUE, "model")
    histories = [model.get("price_history") for model in models if isinstance(model, dict)]
    periods = [period for history in histories if isinstance(history, list) for period in history]
    require_keys(periods, PERIOD_DUE, "price")
    read = partial(prices, vendor, page.observed_at.date())
    yield from facts_of(numbered_rows(models, "model", "id"), read)


def vendor_of(payload: Mapping[str, object]) -> str:
    """Whose prices? A list that does not say so cannot be taken."""
    try:
        return Row("price list", payload).due_text("vendor")
    except Unreadable as error:
        raise WrongShape(f"a price list of nobody: {error.reason}") from None


def prices(vendor: str, today: date, model: Row) -> Iterator[Parsed]:
    periods = model.inner_rows("price_history")
    if not periods:
        raise model.wrong("price_history", "no price at all")
    for period in periods:
        yield from facts(period, partial(period_prices, vendor, today, model))


def period_prices(vendor: str, today: date, model: Row, period: Row) -> Iterator[Parsed]:
    name, band = name_and_band(model.due_text("name"))
    since, until = day(period, "from_date"), day(period, "to_date")
    for key, unit in UNITS.items():
        amount = period.number(key)
        if amount is None:
            continue
        if amount < 0:
            raise period.wrong(key, "a negative price", implausible=True)
        yield PriceSeen(
            model=model.due_text("id"),
            name=name,
            quote=period.quote(key, "from_date", "to_date"),
            provider=vendor,
            unit=unit,
            amount=amount,
            per="1M tokens",
            tier=tier(since, until, today),
            band=band,
            valid_from=since.isoformat() if since else None,
            valid_to=(until - timedelta(days=1)).isoformat() if until else None,
        )


def name_and_band(name: str) -> tuple[str, str]:
    match = BAND.fullmatch(name)
    return (match["name"], match["band"]) if match else (name, "")


def day(period: Row, key: str) -> date | None:
    """The day as a date; only whole days are understood here, because the tier depends on it."""
    text = period.text(key)
    if text is None:
        return None
    if not DAY.fullmatch(text):
        raise period.wrong(key, "not a day")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise period.wrong(key, "not a day of the calendar") from None


def tier(since: date | None, until: date | None, today: date) -> str:
    """`standard` is the price in force; others are told apart by their period, `until` being its first day out."""
    if until is not None and until <= today:
        return f"until {until}"
    if since is not None and since > today:
        return f"from {since}"
    return "standard"


SOURCE = Source(
    slug="simonw-llm-prices",
    title="llm-prices",
    home="https://www.llm-prices.com",
    rights=Rights(
        owner="Simon Willison and the contributors of simonw/llm-prices",
        terms_url="https://github.com/simonw/llm-prices",
        data_licence="none stated",
        display=True,
        export=False,
        attribution="llm-prices.com, Simon Willison",
        robots="Not applied: files of a public repository, served raw to programs.",
        basis="The repository was not opened, so a licence of its data is not known; prices are shown with "
        "their source and nothing is exported.",
    ),
    boards=(VENDOR,),
    hosts=("raw.githubusercontent.com",),
    cadence=timedelta(days=1),
    stale_after=timedelta(days=14),
    pages=pages,
    parse=parse,
)
