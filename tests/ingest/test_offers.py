"""The cheapest current offer of a model: input and output of one offer together."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from models_catalog.ingest.identity import refresh_identity
from models_catalog.ingest.offers import Offer, lowest_of_each, refresh_offers
from models_catalog.models import AIModel
from models_catalog.sources.contract import PriceSeen
from models_catalog.vocabulary import Outcome
from tests.ingest.invented import on
from tests.ingest.stated import offer, release, state

pytestmark = pytest.mark.django_db


OTHERS = [
    [replace(price, model=f"host-{number}/birch-{number}", name=f"Birch {number}") for price in prices]
    for number, prices in enumerate(offer(f"host-{number}", "3", "9") for number in range(10))
]


def cheapest(folder: Path, *offers: list[PriceSeen], day: int = 2) -> tuple[str, str] | None:
    """The offer shown for Amber 1, in $ per 1M tokens."""
    state(folder, release("Amber 1"))
    records = [price for prices in (*offers, *OTHERS) for price in prices]
    taken = state(folder, *records, source="models-dev", board="api", observed_at=on(day))
    assert taken.outcome == Outcome.ACCEPTED, taken.reason
    refresh_identity()
    refresh_offers()
    row = AIModel.objects.get()
    if row.input_price is None or row.output_price is None:
        assert row.input_price is row.output_price is None
        return None
    return f"{row.input_price:.2f}", f"{row.output_price:.2f}"


def test_both_prices_come_from_one_offer(tmp_path: Path) -> None:
    """The cheapest input of one host and the cheapest output of another are nobody's offer."""
    assert cheapest(tmp_path, offer("one", "1", "9"), offer("two", "2", "2")) == ("2.00", "2.00")


def test_input_counts_three_times_output(tmp_path: Path) -> None:
    assert cheapest(tmp_path, offer("one", "1", "4"), offer("two", "2", "2")) == ("1.00", "4.00")


def test_prices_per_token_and_per_million_compare(tmp_path: Path) -> None:
    offers = offer("one", "2", "8"), offer("two", "0.000001", "0.000004", per="token")
    assert cheapest(tmp_path, *offers) == ("1.00", "4.00")


def test_of_three_hosts_the_second_lowest_counts_and_a_host_twice_is_one_host(tmp_path: Path) -> None:
    again = [replace(price, model="europe/amber-1") for price in offer("one", "1.1", "4.4")]
    offers = offer("one", "1", "4"), again, offer("two", "2", "8")
    assert cheapest(tmp_path, *offers) == ("1.00", "4.00")
    assert cheapest(tmp_path, *offers, offer("three", "3", "12"), day=3) == ("2.00", "8.00")


@pytest.mark.parametrize(
    "odd",
    [
        offer("odd", "0", "0"),
        offer("odd", "0.01", None),
        offer("odd", "0.01", "0.01", tier="batch"),
        offer("odd", "0.01", "0.01", band="above 200k"),
        offer("odd", "0.01", "0.01", currency="CNY"),
        offer("odd", "0.01", "0.01", per="request"),
    ],
    ids=["free", "half", "batch", "long context", "other money", "not by tokens"],
)
def test_what_cannot_be_compared_is_no_offer(odd: list[PriceSeen], tmp_path: Path) -> None:
    assert cheapest(tmp_path, odd) is None
    assert cheapest(tmp_path, offer("one", "1", "4"), odd, day=3) == ("1.00", "4.00")


def test_an_offer_that_is_gone_is_shown_no_more(tmp_path: Path) -> None:
    assert cheapest(tmp_path, offer("one", "1", "4"), offer("two", "2", "8")) == ("1.00", "4.00")
    assert cheapest(tmp_path, offer("two", "2", "8"), day=3) == ("2.00", "8.00")


def test_how_many_models_have_an_offer_is_told(tmp_path: Path) -> None:
    state(tmp_path, release("Amber 1"), release("Amber 2"))
    state(tmp_path, *offer("one", "1", "4"), source="models-dev", board="api")
    refresh_identity()
    assert refresh_offers() == 1


def test_a_host_under_two_names_is_one_host(tmp_path: Path) -> None:
    offers = offer("together", "1", "4"), offer("togetherai", "1.1", "4.4"), offer("wafer/fp4", "2", "8")
    assert cheapest(tmp_path, *offers) == (
        "1.00",
        "4.00",
    )  # two hosts: of three the second lowest would count


def test_of_two_statements_of_one_host_the_nearer_counts_and_none_is_averaged() -> None:
    """The host's own list goes before OpenRouter's, OpenRouter's before models.dev's, whatever they say."""
    said = {"models-dev": Decimal(1), "openrouter-hosts": Decimal(2), "together": Decimal(3)}
    found = [Offer("together", price, price, source) for source, price in said.items()]
    assert [item.input for item in lowest_of_each(found)] == [3]
    assert [item.input for item in lowest_of_each(found[:2])] == [2]
