"""Together: what one host of open models serves, as `GET /v1/models` lists it to those with a key.

A bare list. Prices are US dollars per million tokens, and 0 means unknown or not sold by the token. What the
prices of speech models count is not stated; so their unit is left as `unit`. `created` is when the entry was
made, 0 where nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from models_catalog.sources.cells import Row, facts_of, numbered_rows
from models_catalog.sources.contract import (
    Board,
    Bounds,
    Door,
    LicenceSeen,
    Page,
    Parsed,
    PriceSeen,
    ReleaseSeen,
    Rights,
    Source,
)
from models_catalog.sources.links import hub_repository
from models_catalog.sources.reading import list_of, read_json, require_keys
from models_catalog.vocabulary import DateKind, PriceUnit

DUE = ("id", "type", "display_name", "organization", "pricing.input", "pricing.output")
BY_TOKEN = {"chat", "code", "embedding", "language", "moderation", "rerank"}
UNITS = {"input": PriceUnit.INPUT, "output": PriceUnit.OUTPUT}
FIRST_LISTING, LAST_LISTING = 1_420_070_400, 4_102_444_800  # Unix times: 2015 to 2100
UNSTATED = {"unknown", "other"}

MODELS = Board(
    slug="models",
    title="Together, models",
    url="https://api.together.xyz/v1/models",
    media="json",
    recorded=("together_v1-models@*.json",),
    bounds=Bounds(overlap=0.70, reason="A host takes models off and on; only one capture could be measured."),
)


def pages(get: Door) -> Iterator[Page]:
    yield get(MODELS.slug, MODELS.url)


def parse(page: Page) -> Iterator[Parsed]:
    """Listings, licences as the host words them, and prices."""
    models = list_of(read_json(page), "Together's list of models")
    require_keys(models, DUE, "model")
    yield from facts_of(numbered_rows(models, "model", "id"), releases, licences, prices)


def releases(row: Row) -> Iterator[Parsed]:
    yield ReleaseSeen(
        model=row.due_text("id"),
        name=name(row),
        quote=row.quote("id", "created", "organization", "link"),
        organization=row.text("organization"),
        date=listing_date(row),
        date_kind=DateKind.LISTING,
        hub_repository=hub_repository((row.text("link") or "").replace("/api/models/", "/")),
        context_tokens=row.count("context_length") or None,
        task=row.text("type"),
    )


def name(row: Row) -> str:
    return row.text("display_name") or row.due_text("id")


def listing_date(row: Row) -> str | None:
    created = row.number("created")
    if not created:
        return None
    if not FIRST_LISTING <= created <= LAST_LISTING:
        raise row.wrong("created", "not a Unix time between 2015 and 2100", implausible=True)
    return datetime.fromtimestamp(int(created), UTC).date().isoformat()


def licences(row: Row) -> Iterator[Parsed]:
    licence = row.text("license")
    if licence and licence.lower() not in UNSTATED:
        yield LicenceSeen(
            model=row.due_text("id"), name=name(row), quote=row.quote("license"), licence=licence
        )


def prices(row: Row) -> Iterator[Parsed]:
    pricing = row.inner("pricing")
    for key, unit in UNITS.items():
        amount = pricing.number(key)
        if amount is not None and amount < 0:
            raise pricing.wrong(key, "a negative price", implausible=True)
        if amount:
            yield PriceSeen(
                model=row.due_text("id"),
                name=name(row),
                quote=pricing.quote(key),
                provider="together",
                unit=unit,
                amount=amount,
                per="1M tokens" if row.text("type") in BY_TOKEN else "unit",
            )


SOURCE = Source(
    slug="together",
    title="Together AI",
    home="https://www.together.ai",
    rights=Rights(
        owner="Together Computer, Inc.",
        terms_url="https://www.together.ai/terms-of-service",
        data_licence="none stated",
        display=True,
        export=False,
        attribution="Together AI, model list",
        robots="Not applied: a documented API endpoint, asked with the operator's own key.",
        basis="The terms were not opened and no licence for the list is known: single prices are shown with "
        "their source, nothing is exported. To be confirmed by reading the terms.",
    ),
    boards=(MODELS,),
    hosts=("api.together.xyz",),
    cadence=timedelta(days=1),
    stale_after=timedelta(days=7),
    pages=pages,
    parse=parse,
    folder="providers",
    key="TOGETHER_API_KEY",
)
