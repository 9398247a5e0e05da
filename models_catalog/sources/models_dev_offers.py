"""models.dev `api.json`: which provider offers which model, at what price.

Keyed by provider: the same model appears under many of them with different ids, so a model's id here is
`provider/id`, and no developer is claimed. Prices are US dollars per million tokens (the project's README,
"Schema Reference"). A price key the README does not document is read when it is a plain misspelling
(`cached_input`), and named as a problem otherwise: the unit of `request`, `image` and `citation` is nowhere
stated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import chain

from models_catalog.sources.cells import Row, Unreadable, facts, facts_of, quotable, rows_of
from models_catalog.sources.contract import EmptyPayload, LifecycleSeen, Parsed, PriceSeen, RowProblem
from models_catalog.sources.models_dev_catalogue import MODEL_KEYS, release
from models_catalog.sources.reading import require_keys
from models_catalog.vocabulary import PriceUnit

PROVIDER = "provider key"  # the key of the provider, carried in each of its models' rows
PER = "1M tokens"
OVER_200K = "context_over_200k"
NOT_PRICES = {"tiers", "tier", OVER_200K}
PRICE_UNITS = {
    "input": PriceUnit.INPUT,
    "output": PriceUnit.OUTPUT,
    "reasoning": PriceUnit.REASONING,
    "cache_read": PriceUnit.CACHE_READ,
    "cache_write": PriceUnit.CACHE_WRITE,
    "input_audio": PriceUnit.INPUT_AUDIO,
    "output_audio": PriceUnit.OUTPUT_AUDIO,
    "cached_input": PriceUnit.CACHE_READ,
    "cache_input": PriceUnit.CACHE_READ,
    "cached_read": PriceUnit.CACHE_READ,
    "cached_write": PriceUnit.CACHE_WRITE,
}


def offers(providers: Mapping[str, object]) -> Iterator[Parsed]:
    """Releases, prices and deprecations of every provider's models."""
    require_keys(providers.values(), ("models",), "provider")
    offered = list(chain.from_iterable(models_of(key, value) for key, value in providers.items()))
    rows = [row for row in offered if isinstance(row, Row)]
    if not rows:
        raise EmptyPayload("models.dev lists providers and no model")
    require_keys([row.cells for row in rows], (*MODEL_KEYS, "cost.input", "cost.output"), "model")
    yield from facts_of(offered, offer_release, offer_prices, offer_lifecycle)


def models_of(provider: str, value: object) -> Iterator[Row | RowProblem]:
    """The provider's models as rows, each with the provider's key; a provider without any is a problem."""
    models = value.get("models") if isinstance(value, dict) else None
    if not isinstance(models, dict):
        yield RowProblem(quotable(provider), "models: not an object", quotable(str(models)))
        return
    for row in rows_of((f"{provider}/{key}", model) for key, model in models.items()):
        yield Row(row.label, {**row.cells, PROVIDER: provider}) if isinstance(row, Row) else row


def offered_id(row: Row) -> str:
    return f"{row.due_text(PROVIDER)}/{row.due_text('id')}"


def offer_release(row: Row) -> Iterator[Parsed]:
    yield release(row, offered_id(row))


def offer_lifecycle(row: Row) -> Iterator[Parsed]:
    if row.text("status") == "deprecated":
        yield LifecycleSeen(
            model=offered_id(row),
            name=row.due_text("name"),
            quote=row.quote("status"),
            provider=row.due_text(PROVIDER),
            event="deprecated",
        )


def offer_prices(row: Row) -> Iterator[Parsed]:
    """The base prices, those of longer contexts, and those of experimental modes such as `fast`."""
    cost = row.inner("cost")
    yield from prices(row, cost)
    yield from banded_prices(row, cost)
    modes = row.inner("experimental").inner("modes")
    for mode in modes.cells:
        yield from prices(row, modes.inner(mode).inner("cost"), tier=mode)


def banded_prices(row: Row, cost: Row) -> Iterator[Parsed]:
    """Prices beyond a context size. `context_over_200k` is the older key for one such tier.

    Newer files repeat a tier under the older key, also when the tier starts at 256k or 272k: then only the
    tier is taken, whose size is the stated one.
    """
    tiers = cost.inner_rows("tiers")
    for tier in tiers:
        yield from facts(tier, lambda tier: prices(row, tier, band=tier_band(tier)))
    longer = cost.inner(OVER_200K)
    if not any(without_tier(tier) == longer.cells for tier in tiers):
        yield from prices(row, longer, band=OVER_200K)


def without_tier(tier: Row) -> Mapping[str, object]:
    return {key: value for key, value in tier.cells.items() if key != "tier"}


def tier_band(tier: Row) -> str:
    condition = tier.inner("tier")
    if condition.text("type") not in (None, "context") or not set(condition.cells) <= {"size", "type"}:
        raise tier.wrong("tier", "prices under a condition we do not know")
    return f"size: {condition.due_number('size')}"


def prices(row: Row, cost: Row, band: str = "", tier: str = "standard") -> Iterator[Parsed]:
    model, name, provider = offered_id(row), row.due_text("name"), row.due_text(PROVIDER)
    for key in cost.cells:
        try:
            amount = price(cost, key)
        except Unreadable as error:
            yield error.problem(row.label)
            continue
        if amount is not None:
            yield PriceSeen(
                model=model,
                name=name,
                quote=cost.quote(key),
                provider=provider,
                unit=PRICE_UNITS[key],
                amount=amount,
                per=PER,
                band=band,
                tier=quotable(tier),
            )


def price(cost: Row, key: str) -> Decimal | None:
    """The price under `key`, None when nothing is stated there. Zero is yielded as stated."""
    if key in NOT_PRICES or cost.cells[key] is None:
        return None
    if key not in PRICE_UNITS:
        raise cost.wrong(key, "a price key models.dev does not document, its unit is unknown")
    amount = cost.due_number(key)
    if amount < 0:
        raise cost.wrong(key, "a negative price", implausible=True)
    return amount
