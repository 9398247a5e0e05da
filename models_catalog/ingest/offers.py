"""The cheapest offer of every model: a projection of current prices, input and output of one offer together."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.db import transaction

from models_catalog.models import AIModel, CurrentObservation
from models_catalog.normalise.units import usd_per_million
from models_catalog.vocabulary import FactKind, PriceUnit

INPUT_WEIGHT, OUTPUT_WEIGHT = 3, 1  # the blend of method.md: (3·in + out)/4

Offer = tuple[Decimal, Decimal]  # input, output, $ per 1M tokens


@transaction.atomic
def refresh_offers() -> int:
    """Write each model's cheapest current offer; models without a listed price get none. Returns how many have one."""
    cheapest: dict[int, Offer] = {}
    for model, offer in offers():
        known = cheapest.get(model)
        if known is None or blend(offer) < blend(known):
            cheapest[model] = offer
    AIModel.objects.exclude(pk__in=cheapest).update(input_price=None, output_price=None)
    rows = list(AIModel.objects.filter(pk__in=cheapest))
    for row in rows:
        row.input_price, row.output_price = cheapest[row.pk]
    AIModel.objects.bulk_update(rows, ["input_price", "output_price"], batch_size=2000)
    return len(rows)


def blend(offer: Offer) -> Decimal:
    return (INPUT_WEIGHT * offer[0] + OUTPUT_WEIGHT * offer[1]) / (INPUT_WEIGHT + OUTPUT_WEIGHT)


def offers() -> Iterator[tuple[int, Offer]]:
    """Every current standard offer with both prices: (model, (input, output)).

    A zero price is "free, subscription or self-hosted" (sources' README) and says nothing about cost.
    """
    current = CurrentObservation.objects.filter(
        kind=FactKind.PRICE,
        observation__present=True,
        observation__value__tier="standard",
        observation__value__currency="USD",
        subject__resolution__model__isnull=False,
    ).exclude(observation__value__has_key="band")
    sides: dict[tuple[int, str], dict[str, Decimal]] = {}
    rows = current.values_list("subject_id", "subject__resolution__model_id", "observation__value")
    for subject, model, value in rows.iterator(chunk_size=5000):
        amount = value.get("amount")
        price = usd_per_million(Decimal(amount), value["per"]) if amount is not None else None
        if price is None or price <= 0:
            continue
        prices = sides.setdefault((subject, value["provider"]), {})
        prices[value["unit"]] = price
        if PriceUnit.INPUT in prices and PriceUnit.OUTPUT in prices:
            yield model, (prices[PriceUnit.INPUT], prices[PriceUnit.OUTPUT])
