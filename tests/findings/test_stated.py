"""Lists of current values: after a key, in a stable order, each with its model."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from models_catalog.findings.entries import sources_of
from models_catalog.findings.facts import decimal, price, score
from models_catalog.findings.moment import NOW
from models_catalog.findings.records import Price, Score
from models_catalog.findings.stated import FactQuery, stated
from models_catalog.ingest.projections import refresh_projections
from models_catalog.sources.contract import PriceSeen
from models_catalog.vocabulary import PriceUnit
from tests.ingest.invented import on
from tests.ingest.stated import offer, release, state
from tests.measure.invented import ENTRIES, changed, measure, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored(tmp_path: Path) -> None:
    publish(tmp_path, on(5))
    measure(tmp_path, on(6))
    refresh_projections()


def keys(after: int = 0, limit: int = 1000, model: str = "", **values: str) -> list[int]:
    found = stated("scores", FactQuery(model, values=values), NOW, after=(after, after), limit=limit)
    return [item.observation.pk for item in found]


def current_scores(model: str = "", **values: str) -> list[tuple[str, Score]]:
    found = stated("scores", FactQuery(model, values=values), NOW, limit=9)
    return [(item.model, score(item.observation, item.corrections)) for item in found]


def current_prices(**values: str) -> list[tuple[str, Price]]:
    found = stated("prices", FactQuery(values=values), NOW, limit=9)
    return [(item.model, price(item.observation)) for item in found]


@pytest.mark.usefixtures("stored")
def test_pages_after_a_key_hold_every_row_once() -> None:
    whole, walked, after = keys(), list[int](), 0
    while page := keys(after, 7):
        walked += page
        after = page[-1]
    assert walked == whole == sorted(whole)
    assert len(whole) == len(ENTRIES) * 7  # six benchmarks and the index


@pytest.mark.usefixtures("stored")
def test_each_score_carries_its_model_and_its_reviewed_benchmark() -> None:
    rows = current_scores(model="amber-3", benchmark="OSWorld")
    assert [(slug, score.benchmark_slug, score.unit) for slug, score in rows] == [
        ("amber-3", "osworld", "fraction")
    ]
    [(_, index)] = current_scores(model="amber-3", benchmark="Epoch Capabilities Index")
    assert (index.value, index.low, index.high) == (Decimal(138), Decimal(136), Decimal(141))


@pytest.mark.usefixtures("stored")
def test_a_changed_value_replaces_the_old_one_and_a_withdrawn_one_is_gone(tmp_path: Path) -> None:
    measure(tmp_path, on(8), [item for item in changed("Amber 1", level=111.0) if item.name != "Cedar 1"])
    assert keys(model="cedar-1", benchmark="OSWorld") == []
    assert len(keys(model="amber-1", benchmark="OSWorld")) == 1
    assert len(keys()) == len(ENTRIES) * 7 - 6


def test_a_name_nobody_knows_has_its_values_too(tmp_path: Path) -> None:
    state(tmp_path, *offer("one", "1", "4"), source="models-dev", board="api")
    rows = current_prices()
    assert [(slug, price.unit) for slug, price in rows] == [("", "input"), ("", "output")]


def test_prices_say_what_they_buy_and_whether_they_vary(tmp_path: Path) -> None:
    odd = PriceSeen(
        model="one/amber-1",
        name="Amber 1",
        provider="one",
        unit=PriceUnit.WEB_SEARCH,
        amount=None,
        per="search",
        variable=True,
    )
    state(tmp_path, odd, *offer("one", "0.000001", "0.000004", per="token"), source="models-dev", board="api")
    prices = {price.unit: price for _, price in current_prices(provider="one")}
    assert prices["input"].per_million == Decimal(1)
    assert (prices["web_search"].per_million, prices["web_search"].amount) == (None, None)
    assert prices["web_search"].variable
    assert len(current_prices(unit="input")) == 1


def test_the_sources_behind_models_are_named_once_each(tmp_path: Path) -> None:
    state(tmp_path, release("Amber 1"), release("Amber 2"))
    state(tmp_path, *offer("one", "1", "4"), source="models-dev", board="api")
    refresh_projections()
    assert sources_of(["amber-1", "amber-2"], NOW) == {
        "amber-1": ("epoch", "models-dev"),
        "amber-2": ("epoch",),
    }
    assert sources_of([], NOW) == {}


@pytest.mark.parametrize(
    ("stored", "number"), [("1.50", Decimal("1.50")), (2, Decimal(2)), (None, None), ("", None), ("x", None)]
)
def test_a_stored_number_is_read_exactly_or_not_at_all(stored: object, number: Decimal | None) -> None:
    assert decimal(stored) == number
