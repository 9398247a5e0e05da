"""LiteLLM's price map: a cross-check of prices, kept by hand by many, with known wrong entries.

Written against the documented format (docs.litellm.ai, "Add Model Pricing" and "Model Cost Map"; the
repository's JSON schema): one object, model id -> entry, every price US dollars per unit. `sample_spec` and
`fallback_generalizations` are no models. A key may end in a tier (`_batches`, `_flex`, `_priority`) and before it in
a prompt length (`_above_200k_tokens`); unknown keys are to be passed over, says the schema.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from models_catalog.sources.cells import Row, facts_of, rows_of
from models_catalog.sources.contract import (
    Board,
    Door,
    EmptyPayload,
    LifecycleSeen,
    Page,
    Parsed,
    PriceSeen,
    Rights,
    Source,
)
from models_catalog.sources.reading import object_of, read_json, require_keys
from models_catalog.vocabulary import PriceUnit

DUE = ("litellm_provider", "mode", "input_cost_per_token", "output_cost_per_token")
NO_MODELS = {"sample_spec", "fallback_generalizations"}
UNITS = {
    "input_cost_per_token": PriceUnit.INPUT,
    "output_cost_per_token": PriceUnit.OUTPUT,
    "output_cost_per_reasoning_token": PriceUnit.REASONING,
    "cache_read_input_token_cost": PriceUnit.CACHE_READ,
    "cache_creation_input_token_cost": PriceUnit.CACHE_WRITE,
    "cache_creation_input_token_cost_above_1hr": PriceUnit.CACHE_WRITE_1H,
    "input_cost_per_audio_token": PriceUnit.INPUT_AUDIO,
    "output_cost_per_audio_token": PriceUnit.OUTPUT_AUDIO,
}
KEY = re.compile(
    r"(?P<base>.+?)(?:_above_(?P<band>\d+k)_tokens)?(?:_(?P<tier>batches|flex|priority))?", re.ASCII
)
TIERS = {None: "standard", "batches": "batch", "flex": "flex", "priority": "priority"}

PRICES = Board(
    slug="prices",
    title="LiteLLM, model prices (cross-check)",
    url="https://raw.githubusercontent.com/BerriAI/litellm/main/model_prices_and_context_window.json",
    media="json",
    recorded=("model_prices_and_context_window@*.json", "model_prices_and_context_window@*.json.gz"),
)


def pages(get: Door) -> Iterator[Page]:
    yield get(PRICES.slug, PRICES.url)


def parse(page: Page) -> Iterator[Parsed]:
    """Token prices and announced deprecations."""
    entries = object_of(read_json(page), "LiteLLM's price map")
    models = [(name, entry) for name, entry in entries.items() if name not in NO_MODELS]
    if not models:
        raise EmptyPayload("LiteLLM's price map holds no model")
    require_keys([entry for _, entry in models], DUE, "model")
    named = [(name, {"model": name, **entry} if isinstance(entry, dict) else entry) for name, entry in models]
    yield from facts_of(rows_of(named), prices, deprecations)


def prices(row: Row) -> Iterator[Parsed]:
    for key in row.cells:
        match = KEY.fullmatch(key)
        unit = UNITS.get(match["base"]) if match else None
        if match is None or unit is None:
            continue
        amount = row.number(key)
        if amount is not None and amount < 0:
            raise row.wrong(key, "a negative price", implausible=True)
        if amount is not None:
            yield PriceSeen(
                model=row.due_text("model"),
                name=row.due_text("model"),
                quote=row.quote(key),
                provider=row.due_text("litellm_provider"),
                unit=unit,
                amount=amount,
                per="token",
                tier=TIERS[match["tier"]],
                band=f"above {match['band']} tokens" if match["band"] else "",
            )


def deprecations(row: Row) -> Iterator[Parsed]:
    if stated := row.date("deprecation_date"):
        yield LifecycleSeen(
            model=row.due_text("model"),
            name=row.due_text("model"),
            quote=row.quote("deprecation_date"),
            provider=row.due_text("litellm_provider"),
            event="deprecation_date",
            date=stated,
        )


SOURCE = Source(
    slug="litellm",
    title="LiteLLM price map",
    home="https://github.com/BerriAI/litellm",
    rights=Rights(
        owner="BerriAI and the contributors of LiteLLM",
        terms_url="https://github.com/BerriAI/litellm/blob/main/LICENSE",
        data_licence="MIT by report, except its enterprise folder",
        display=True,
        export=False,
        attribution="LiteLLM, model_prices_and_context_window.json",
        robots="Not applied: a file of a public repository, served raw to programs.",
        basis="The licence text was not opened; the file lies outside the folder that is said to be licensed "
        "otherwise. Nothing is exported until somebody has read it, and as a cross-check it need not be.",
    ),
    boards=(PRICES,),
    hosts=("raw.githubusercontent.com",),
    cadence=timedelta(days=1),
    stale_after=timedelta(days=14),
    pages=pages,
    parse=parse,
)
