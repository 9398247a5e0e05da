"""The Hub's router: which hosts serve an open model through Hugging Face, and at what price.

`GET /v1/models` gives one list of models, each with its hosts. Prices are US dollars per million tokens; a
price of 0 from a host that is not called free says nothing, and some hosts state none. A host that states no
price still serves the model, so each host is also a place to run it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from models_catalog.sources.cells import Row, facts, facts_of, numbered_rows
from models_catalog.sources.contract import (
    Board,
    Bounds,
    Door,
    Page,
    Parsed,
    PriceSeen,
    RuntimeSeen,
    Source,
)
from models_catalog.sources.huggingface import SOURCE as HUB
from models_catalog.sources.reading import list_of, object_of, read_json, require_keys
from models_catalog.vocabulary import PriceUnit

DUE = ("id", "owned_by", "providers")
HOST_DUE = ("provider", "status")
UNITS = {"input": PriceUnit.INPUT, "output": PriceUnit.OUTPUT}

MODELS = Board(
    slug="models",
    title="Hugging Face, models behind its router",
    url="https://router.huggingface.co/v1/models",
    media="json",
    recorded=("router_v1-models@*.json",),
    bounds=Bounds(overlap=0.70, reason="Hosts take models off and on; only a shortened capture exists."),
)


def pages(get: Door) -> Iterator[Page]:
    yield get(MODELS.slug, MODELS.url)


def parse(page: Page) -> Iterator[Parsed]:
    """Every host of every model, with its prices."""
    payload = object_of(read_json(page), "the answer of the Hub's router")
    require_keys([payload], ("data",), "router answer")
    models = list_of(payload["data"], "the router's list of models")
    require_keys(models, DUE, "model")
    listed = [model.get("providers") for model in models if isinstance(model, dict)]
    hosts = [host for providers in listed if isinstance(providers, list) for host in providers]
    require_keys(hosts, HOST_DUE, "host")
    yield from facts_of(numbered_rows(models, "model", "id"), offers)


def offers(row: Row) -> Iterator[Parsed]:
    model = row.due_text("id")
    for host in row.inner_rows("providers"):
        yield from facts(host, lambda host: offer(model, host))


def offer(model: str, host: Row) -> Iterator[Parsed]:
    provider, pricing = host.due_text("provider"), host.inner("pricing")
    yield RuntimeSeen(model=model, name=model, quote=host.quote("provider", "status"), runtime=provider)
    for key, unit in UNITS.items():
        amount = pricing.number(key)
        if amount is not None and amount < 0:
            raise pricing.wrong(key, "a negative price", implausible=True)
        if amount or (amount is not None and host.flag("is_free")):
            yield PriceSeen(
                model=model,
                name=model,
                quote=pricing.quote(key),
                provider=provider,
                unit=unit,
                amount=amount,
                per="1M tokens",
            )


SOURCE = Source(
    slug="huggingface-router",
    title="Hugging Face router",
    home="https://huggingface.co/docs/inference-providers",
    rights=HUB.rights,
    boards=(MODELS,),
    hosts=("router.huggingface.co",),
    cadence=timedelta(days=1),
    stale_after=timedelta(days=7),
    pages=pages,
    parse=parse,
    folder="huggingface",
)
