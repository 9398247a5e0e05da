"""What does a model cost to use? A projection of current prices, input and output of one offer together.

The developer's own offer counts where there is one. Else, among hosts, the second lowest of three or more
(method.md's guarded price: a single stray listing must not set the price), or the lowest of fewer.

Several sources state prices of one host, and they disagree. All are stored and shown, none is averaged: the one
nearest to the host counts (its own page, then OpenRouter, then the catalogues), and of its statements the lowest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from models_catalog.models import AIModel, CurrentObservation
from models_catalog.normalise.hosts import host_named
from models_catalog.normalise.organizations import compact, organizations
from models_catalog.normalise.units import usd_per_million
from models_catalog.vocabulary import FactKind, PriceUnit

INPUT_WEIGHT, OUTPUT_WEIGHT = 3, 1  # the blend of method.md: (3·in + out)/4
GUARDED_FROM = 3  # hosts
CROSS_CHECKS = ["litellm"]  # compared with, never counted: known wrong entries
NEAREST = ("openrouter-hosts", "openrouter", "huggingface-router", "models-dev", "llm-prices")
BOTH = [PriceUnit.INPUT.value, PriceUnit.OUTPUT.value]


@dataclass(frozen=True, slots=True)
class Offer:
    """One provider's price of one model, $ per 1M tokens."""

    provider: str
    input: Decimal
    output: Decimal
    source: str = ""

    @property
    def distance(self) -> int:
        """How many hands the statement went through: 0 for the provider's own page."""
        return NEAREST.index(self.source) + 1 if self.source in NEAREST else 0

    @property
    def blend(self) -> Decimal:
        return (INPUT_WEIGHT * self.input + OUTPUT_WEIGHT * self.output) / (INPUT_WEIGHT + OUTPUT_WEIGHT)


@transaction.atomic
def refresh_offers() -> int:
    """Write each model's price; models nobody lists a price for get none. Returns how many have one."""
    found: defaultdict[int, list[Offer]] = defaultdict(list)
    for model, offer in offers():
        found[model].append(offer)
    AIModel.objects.exclude(pk__in=found).update(input_price=None, output_price=None)
    rows = list(AIModel.objects.filter(pk__in=found).select_related("organization"))
    for row in rows:
        offer = representative(found[row.pk], row.organization.slug if row.organization else "")
        row.input_price, row.output_price = offer.input, offer.output
    AIModel.objects.bulk_update(rows, ["input_price", "output_price"], batch_size=2000)
    return len(rows)


def representative(found: Sequence[Offer], developer: str) -> Offer:
    """The offer that stands for a model: see the module. `developer` is an organisation's slug."""
    providers = organizations().by_provider
    own = [offer for offer in found if providers.get(compact(host_named(offer.provider))) == developer]
    ranked = lowest_of_each(own or found)
    return ranked[1] if not own and len(ranked) >= GUARDED_FROM else ranked[0]


def lowest_of_each(found: Sequence[Offer]) -> list[Offer]:
    """Cheapest first. A host that lists a model twice, or under two names, is one; of two sources the nearer counts."""
    lowest: dict[str, Offer] = {}
    for offer in sorted(found, key=lambda offer: (offer.distance, offer.blend, offer.provider)):
        lowest.setdefault(host_named(offer.provider), offer)
    return sorted(lowest.values(), key=lambda offer: (offer.blend, offer.provider))


def offers() -> Iterator[tuple[int, Offer]]:
    """Every current standard offer with both prices, of models themselves and not of variants.

    A zero price is "free, subscription or self-hosted" (sources' README) and says nothing about cost.
    """
    current = CurrentObservation.objects.filter(
        kind=FactKind.PRICE,
        observation__present=True,
        observation__value__tier="standard",
        observation__value__currency="USD",
        observation__value__unit__in=BOTH,
        subject__resolution__model__isnull=False,
        subject__resolution__variant="",
    ).exclude(observation__value__has_key="band")
    current = current.exclude(subject__source__in=CROSS_CHECKS)
    sides: dict[tuple[int, str], dict[str, Decimal]] = {}
    rows = current.values_list(
        "subject_id", "subject__resolution__model_id", "subject__source", "observation__value"
    )
    for subject, model, source, value in rows.iterator(chunk_size=5000):
        amount = value.get("amount")
        price = usd_per_million(Decimal(amount), value["per"]) if amount is not None else None
        if price is None or price <= 0:
            continue
        prices = sides.setdefault((subject, value["provider"]), {})
        prices[value["unit"]] = price
        if len(prices) == len(BOTH):
            yield model, Offer(value["provider"], prices[PriceUnit.INPUT], prices[PriceUnit.OUTPUT], source)
