"""OpenRouter's hosts: who serves a model through it at what price, and who the hosts are.

`/models/{id}/endpoints` lists every host's offer of one model. A host may have several (`wafer/fp4`,
`wafer/fast`), so an offer is known by its `tag`, which names the host first. Unlike the list of models, an
offer's prices have its `discount` taken off already: where several hosts state one list price, those with a
discount charge exactly that much less.

Live, the offers of some widely hosted open models are asked for, one request each; the list of hosts in one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from models_catalog.sources.cells import Row, Unreadable, facts_of, numbered_rows
from models_catalog.sources.contract import (
    PROVIDER,
    Board,
    Door,
    Page,
    Parsed,
    PriceSeen,
    ProviderSeen,
    Source,
)
from models_catalog.sources.openrouter import NOT_PRICES, PRICES, RIGHTS, price
from models_catalog.sources.reading import list_of, object_of, read_json, require_keys

ENDPOINTS = Board(
    slug="endpoints",
    title="OpenRouter, hosts of one model",
    url="https://openrouter.ai/api/v1/models/",
    media="json",
    recorded=("endpoints_*@*.json",),
    complete=False,
)
PROVIDERS = Board(
    slug="providers",
    title="OpenRouter, list of hosts",
    url="https://openrouter.ai/api/v1/providers",
    media="json",
    recorded=("providers-*.json",),
)
WIDELY_HOSTED = (
    "deepseek/deepseek-v4-flash",
    "deepseek/deepseek-v4-pro",
    "meta-llama/llama-3.3-70b-instruct",
    "openai/gpt-oss-120b",
    "z-ai/glm-5.2",
)
OFFER_KEYS = ("model_id", "model_name", "provider_name", "tag", "pricing.prompt", "pricing.completion")
HOST_KEYS = ("name", "slug", "headquarters")


def pages(get: Door) -> Iterator[Page]:
    yield get(PROVIDERS.slug, PROVIDERS.url)
    for model in WIDELY_HOSTED:
        yield get(ENDPOINTS.slug, f"{ENDPOINTS.url}{model}/endpoints")


def parse(page: Page) -> Iterator[Parsed]:
    """Every host's prices of one model, or the hosts themselves."""
    payload = object_of(read_json(page), "the JSON object of OpenRouter")
    require_keys([payload], ("data",), "OpenRouter answer")
    if page.board == PROVIDERS.slug:
        hosts = list_of(payload["data"], "OpenRouter's list of hosts")
        require_keys(hosts, HOST_KEYS, "host")
        yield from facts_of(numbered_rows(hosts, "host", "slug"), host)
        return
    model = object_of(payload["data"], "OpenRouter's description of a model")
    require_keys([model], ("endpoints",), "model")
    offers = list_of(model["endpoints"], "OpenRouter's list of offers")
    require_keys(offers, OFFER_KEYS, "offer")
    yield from facts_of(numbered_rows(offers, "offer", "tag"), prices)


def prices(row: Row) -> Iterator[Parsed]:
    model, name, tag = row.due_text("model_id"), row.due_text("model_name"), row.due_text("tag")
    pricing = row.inner("pricing")
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
            provider=tag,
            unit=PRICES[key][0],
            amount=None if amount < 0 else amount,
            variable=amount < 0,
            per=PRICES[key][1],
        )


def host(row: Row) -> Iterator[Parsed]:
    yield ProviderSeen(
        model=PROVIDER + row.due_text("slug"),
        name=row.due_text("name"),
        quote=row.quote("slug", "headquarters", "datacenters"),
        headquarters=row.text("headquarters"),
        datacenters=row.words("datacenters"),
        terms_url=row.text("terms_of_service_url"),
        privacy_url=row.text("privacy_policy_url"),
        status_url=row.text("status_page_url"),
    )


SOURCE = Source(
    slug="openrouter-hosts",
    title="OpenRouter hosts",
    home="https://openrouter.ai/providers",
    rights=RIGHTS,
    boards=(ENDPOINTS, PROVIDERS),
    hosts=("openrouter.ai",),
    cadence=timedelta(days=1),
    stale_after=timedelta(days=7),
    pages=pages,
    parse=parse,
    folder="openrouter",
)
