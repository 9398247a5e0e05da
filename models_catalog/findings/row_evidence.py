"""Which stored values stand behind a list's numbers? An offer behind prices, statements behind a release date, a
size and a context window. A level is fitted to many scores: no single one stands behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from django.db.models.fields.json import KeyTextTransform

from models_catalog.findings.facts import decimal, displayed_sources
from models_catalog.findings.records import ModelRow
from models_catalog.models import CurrentObservation
from models_catalog.normalise.authorities import EPOCH, HUB, MODELS_DEV, OPEN_LLM, OPENROUTER
from models_catalog.normalise.dates import parse_date
from models_catalog.normalise.units import usd_per_million
from models_catalog.vocabulary import FactKind, PriceUnit

Sides = dict[str, tuple[Decimal, int]]  # of one offer, by input and output: $ per 1M tokens, observation
BELIEVED = (
    EPOCH,
    MODELS_DEV,
    OPENROUTER,
    HUB,
    OPEN_LLM,
)  # who is asked first among those that state the same
BOTH = (PriceUnit.INPUT.value, PriceUnit.OUTPUT.value)


def evidenced(rows: Iterable[ModelRow]) -> tuple[ModelRow, ...]:
    """The rows, each number with the id of its observation; None where no shown observation is exactly behind it."""
    kept = tuple(rows)
    offers = offers_of([row.slug for row in kept if row.input_price is not None])
    said = statements_of([row.slug for row in kept])
    return tuple(
        with_statements(with_offer(row, offers.get(row.slug, ())), said.get(row.slug, ())) for row in kept
    )


def with_offer(row: ModelRow, offers: Iterable[Sides]) -> ModelRow:
    asked = (row.input_price, row.output_price)
    found = next((sides for sides in offers if tuple(sides[unit][0] for unit in BOTH) == asked), None)
    if found is None:
        return row
    paid, answered = (found[unit][1] for unit in BOTH)
    return replace(row, input_observation=paid, output_observation=answered)


def offers_of(slugs: list[str]) -> dict[str, list[Sides]]:
    """By model, every current standard offer with both prices, rounded as rows keep them."""
    sides: dict[tuple[str, int, str], Sides] = {}
    for slug, subject, provider, unit, price, observation in stated_prices(slugs):
        sides.setdefault((slug, subject, provider), {})[unit] = (price, observation)
    found: dict[str, list[Sides]] = {}
    for (slug, _, _), offer in sides.items():
        if len(offer) == len(BOTH):
            found.setdefault(slug, []).append(offer)
    return found


def stated_prices(slugs: list[str]) -> Iterator[tuple[str, int, str, str, Decimal, int]]:
    current = CurrentObservation.objects.filter(
        kind=FactKind.PRICE,
        observation__present=True,
        observation__value__tier="standard",
        observation__value__currency="USD",
        observation__value__unit__in=BOTH,
        subject__source__in=displayed_sources(),
        subject__resolution__model__slug__in=slugs,
        subject__resolution__variant="",
    ).exclude(observation__value__has_key="band")
    rows = current.order_by("pk").values_list(
        "subject__resolution__model__slug", "subject_id", "observation__value", "pk"
    )
    for slug, subject, value, observation in rows if slugs else ():
        amount = decimal(value.get("amount"))
        price = usd_per_million(amount, value["per"]) if amount is not None else None
        if price is not None:
            rounded = round(price, 6)
            yield slug, subject, value["provider"], value["unit"], rounded, observation


class Said(NamedTuple):
    """What one stored release states of the three facts a list shows, in the source's own words."""

    source: str
    observation: int
    date: str | None
    parameters: str | None
    context: str | None


def statements_of(slugs: list[str]) -> dict[str, list[Said]]:
    """By model, what every name of it states, the most believed source first."""
    current = CurrentObservation.objects.filter(
        kind=FactKind.RELEASE,
        observation__value__has_any_keys=["date", "parameters", "context_tokens"],
        subject__source__in=displayed_sources(),
        subject__resolution__model__slug__in=slugs,
    )
    stated = (
        KeyTextTransform(name, "observation__value") for name in ("date", "parameters", "context_tokens")
    )
    rows = current.values_list("subject__resolution__model__slug", "subject__source", "pk", *stated)
    found: dict[str, list[Said]] = {}
    for slug, *said in sorted(rows, key=lambda row: (rank(row[1]), row[2])) if slugs else ():
        found.setdefault(slug, []).append(Said(*said))
    return found


def rank(source: str) -> int:
    return BELIEVED.index(source) if source in BELIEVED else len(BELIEVED)


def with_statements(row: ModelRow, stated: Iterable[Said]) -> ModelRow:
    """The row with those that state exactly its values; a date that was corrected or reviewed has none."""
    said = tuple(stated)
    return replace(
        row,
        released_observation=first(said, lambda one: dates(one, row)),
        context_observation=first(said, lambda one: one.context == str(row.context_tokens)),
        parameters_observation=first(said, lambda one: one.parameters == str(row.parameters)),
    )


def first(said: Iterable[Said], states: Callable[[Said], bool]) -> int | None:
    return next((one.observation for one in said if states(one)), None)


def dates(one: Said, row: ModelRow) -> bool:
    return row.released is not None and parse_date(one.date or "") == (row.released, row.released_precision)
