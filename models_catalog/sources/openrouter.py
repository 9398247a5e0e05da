"""OpenRouter: what its router offers, at what price, as `GET /api/v1/models` lists it.

Prices are decimal strings in US dollars per token, request or other unit; -1 means "depends" (the
`openrouter/*` routers). The documentation prices `image` and `image_output` per image, yet since 2026 the
values equal token prices; so their unit is left as `unit`, the documentation's own general word.

A `discount` needs no arithmetic: OpenRouter's schema says the price "is multiplied by (1 - discount)", and the
recorded offers show that it has been. Of the 30 hosts of z-ai/glm-5.2 on 2026-07-20 five state one (0.1 twice, 0.175,
0.315, 0.3155); each of their five prices divided by its (1 - discount) is the developer's own 1.40 $/M.

Ids are kept whole: `~vendor/name-latest` is a moving alias, `:free` and `:batch` are price tiers,
`:thinking` is a variant. `created` is when OpenRouter listed the model, not when it was released.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from models_catalog.sources.cells import Row, Unreadable, facts, facts_of, numbered_rows
from models_catalog.sources.contract import (
    Board,
    Door,
    LifecycleSeen,
    Page,
    Parsed,
    PriceSeen,
    ReleaseSeen,
    Rights,
    Source,
)
from models_catalog.sources.daily_counts import LongTable, daily_counts
from models_catalog.sources.reading import list_of, object_of, read_json, require_keys
from models_catalog.vocabulary import DateKind, PriceUnit

DUE = ("id", "name", "created", "context_length", "architecture", "pricing.prompt", "pricing.completion")
FIRST_LISTING, LAST_LISTING = 1_420_070_400, 4_102_444_800  # Unix times: 2015 to 2100
VARIABLE = Decimal(-1)
TIERS = ("free", "batch")
BAND = "min_prompt_tokens"
NOT_PRICES = {"overrides", "discount", BAND}
PRICES = {
    "prompt": (PriceUnit.INPUT, "token"),
    "completion": (PriceUnit.OUTPUT, "token"),
    "internal_reasoning": (PriceUnit.REASONING, "token"),
    "input_cache_read": (PriceUnit.CACHE_READ, "token"),
    "input_cache_write": (PriceUnit.CACHE_WRITE, "token"),
    "input_cache_write_1h": (PriceUnit.CACHE_WRITE_1H, "token"),
    "audio": (PriceUnit.INPUT_AUDIO, "token"),
    "audio_output": (PriceUnit.OUTPUT_AUDIO, "token"),
    "input_audio_cache": (PriceUnit.CACHE_READ_AUDIO, "token"),
    "image": (PriceUnit.IMAGE, "unit"),
    "image_output": (PriceUnit.OUTPUT_IMAGE, "unit"),
    "request": (PriceUnit.REQUEST, "request"),
    "web_search": (PriceUnit.WEB_SEARCH, "search"),
}

MODELS = Board(
    slug="models",
    title="OpenRouter, models",
    url="https://openrouter.ai/api/v1/models",
    media="json",
    recorded=("models-*.json", "models-*.json.gz"),
)
TOKENS = Board(
    slug="tokens",
    title="OpenRouter, tokens served a day by the ten most used models (recorded by a third party)",
    url="https://openrouter.ai/api/v1/datasets/rankings-daily",
    media="csv",
    recorded=("openrouter_daily@*.csv",),
    complete=False,
    folder="timeseries",
)
SERVED = LongTable(model="model", count="total_tokens", window="1d tokens")


def pages(get: Door) -> Iterator[Page]:
    yield get(MODELS.slug, MODELS.url)


def parse(page: Page) -> Iterator[Parsed]:
    """Releases (with the listing date), prices and announced removals; or tokens served a day."""
    if page.board == TOKENS.slug:
        yield from daily_counts(SERVED, page)
        return
    payload = object_of(read_json(page), "the JSON object of OpenRouter")
    require_keys([payload], ("data",), "OpenRouter answer")
    models = list_of(payload["data"], "OpenRouter's list of models")
    require_keys(models, DUE, "model")
    yield from facts_of(numbered_rows(models, "model", "id"), releases, prices, removals)


def releases(row: Row) -> Iterator[Parsed]:
    model, architecture = row.due_text("id"), row.inner("architecture")
    target = row.inner("alias_target").text("slug")
    yield ReleaseSeen(
        model=model,
        name=row.due_text("name"),
        quote=row.quote("created", "hugging_face_id"),
        organization=model.partition("/")[0].removeprefix("~") or None,
        date=listing_date(row),
        date_kind=DateKind.LISTING,
        hub_repository=row.text("hugging_face_id"),
        context_tokens=row.count("context_length") or None,
        modalities_in=architecture.words("input_modalities"),
        modalities_out=architecture.words("output_modalities"),
        status=f"alias_target: {target}" if target else None,
    )


def listing_date(row: Row) -> str | None:
    """The UTC day of the Unix time in `created`."""
    created = row.number("created")
    if created is None:
        return None
    if not FIRST_LISTING <= created <= LAST_LISTING:
        raise row.wrong("created", "not a Unix time between 2015 and 2100", implausible=True)
    return datetime.fromtimestamp(int(created), UTC).date().isoformat()


def prices(row: Row) -> Iterator[Parsed]:
    """The base prices, then those of long prompts (`overrides`)."""
    pricing = row.inner("pricing")
    yield from prices_in(row, pricing, band="")
    for override in pricing.inner_rows("overrides"):
        yield from facts(override, lambda override: prices_in(row, override, band=band(override)))


def band(override: Row) -> str:
    """From how many prompt tokens on? Any other condition would change the meaning of its prices."""
    size = override.count(BAND)
    if size is None or not set(override.cells) <= {BAND, *PRICES}:
        raise Unreadable(
            "overrides: prices under a condition we do not know", override.quote(*override.cells)
        )
    return f"{BAND}: {size}"


def prices_in(row: Row, pricing: Row, band: str) -> Iterator[Parsed]:
    model, name = row.due_text("id"), row.due_text("name")
    suffix = model.rpartition(":")[2]
    for key in pricing.cells:
        if key in NOT_PRICES or pricing.cells[key] is None:
            continue
        try:
            amount = price(pricing, key)
        except Unreadable as error:
            yield error.problem(row.label)
            continue
        yield PriceSeen(
            model=model,
            name=name,
            quote=pricing.quote(key),
            provider="openrouter",
            unit=PRICES[key][0],
            amount=None if amount == VARIABLE else amount,
            variable=amount == VARIABLE,
            per=PRICES[key][1],
            tier=suffix if suffix in TIERS else "standard",
            band=band,
        )


def price(pricing: Row, key: str) -> Decimal:
    """One price. Zero is yielded as stated; -1 means "depends"; any other number below zero cannot be."""
    if key not in PRICES:
        raise pricing.wrong(key, "a price key that OpenRouter does not document, its unit is unknown")
    amount = pricing.due_number(key)
    if amount < 0 and amount != VARIABLE:
        raise pricing.wrong(key, "a negative price", implausible=True)
    return amount


def removals(row: Row) -> Iterator[Parsed]:
    if expires := row.date("expiration_date"):
        yield LifecycleSeen(
            model=row.due_text("id"),
            name=row.due_text("name"),
            quote=row.quote("expiration_date"),
            provider="openrouter",
            event="expires",
            date=expires,
        )


RIGHTS = Rights(
    owner="OpenRouter, Inc.",
    terms_url="https://openrouter.ai/terms",
    data_licence="none stated",
    display=True,
    export=False,
    attribution="OpenRouter, model list",
    robots="Not applied: a documented API endpoint that needs no key.",
    basis="No licence for the list was found, so nothing is exported. The terms themselves were not "
    "opened; a third party's summary of them (2026) names limits on copying and on automated access, so "
    "single prices are shown with their source and the list is fetched seldom. To be confirmed by "
    "reading the terms before a public site goes live.",
)
SOURCE = Source(
    slug="openrouter",
    title="OpenRouter",
    home="https://openrouter.ai",
    rights=RIGHTS,
    boards=(MODELS, TOKENS),
    hosts=("openrouter.ai",),
    cadence=timedelta(hours=6),
    stale_after=timedelta(days=2),
    pages=pages,
    parse=parse,
)
