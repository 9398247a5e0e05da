"""What a level costs: guarded prices, the cheapest way to reach a level, spreads, falls and savings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from models_catalog.analysis.economy import month_days, study_prices
from models_catalog.analysis.prices import (
    PricedModel,
    Quote,
    cheapest_to_reach,
    fall_per_year,
    host_spreads,
    in_force,
    pareto,
    priced,
)
from models_catalog.analysis.records import Point
from models_catalog.analysis.savings import Form, Saving, savings
from models_catalog.vocabulary import Access

DAY = date(2026, 6, 1)


def quote(
    model: str, host: str, price: str, since: date = date(2026, 1, 1), until: date | None = None
) -> Quote:
    """A quote whose blend is its price: input and output cost the same."""
    return Quote(model, host, Decimal(price), Decimal(price), since, until)


def point(model: str, access: Access, level: float, released: date = date(2025, 1, 1)) -> Point:
    return Point(model, released, access, level)


def model(name: str, access: Access, level: float, guarded: str, cheapest: str = "") -> PricedModel:
    return PricedModel(name, access, level, Decimal(cheapest or guarded), Decimal(guarded), 1, "host", None)


def test_the_blend_weighs_three_inputs_to_one_output() -> None:
    assert Quote("m", "h", Decimal(1), Decimal(5), DAY).blend == Decimal(2)


def test_a_quote_counts_from_its_first_day_until_its_last() -> None:
    quotes = [
        quote("m", "old", "4", until=DAY),
        quote("m", "now", "3"),
        quote("m", "late", "1", since=date(2026, 7, 1)),
    ]
    assert [found.host for found in in_force(quotes, DAY)["m"]] == ["now"]


def test_a_host_that_asks_twice_is_one_host_with_its_lowest_price_and_zero_is_no_price() -> None:
    quotes = [quote("m", "a", "4"), quote("m", "a", "3"), quote("m", "free", "0")]
    assert [(found.host, found.blend) for found in in_force(quotes, DAY)["m"]] == [("a", Decimal(3))]


def test_of_one_hosts_statements_the_newest_counts_though_it_is_dearer() -> None:
    quotes = [quote("m", "a", "3"), quote("m", "a", "5", since=date(2026, 3, 1))]
    assert [found.blend for found in in_force(quotes, DAY)["m"]] == [Decimal(5)]


@pytest.mark.parametrize(("hosts", "guarded"), [(1, "1"), (2, "1"), (3, "2"), (4, "2")])
def test_the_second_lowest_of_three_or_more_hosts_stands_for_a_model(hosts: int, guarded: str) -> None:
    quotes = [quote("m", f"host{number}", str(number + 1)) for number in range(hosts)]
    [found] = priced([point("m", Access.OPEN, 140)], quotes, DAY)
    assert (found.guarded, found.cheapest, found.hosts) == (Decimal(guarded), Decimal(1), hosts)


def test_unknown_access_unreleased_and_unpriced_models_are_left_out_and_the_best_version_counts() -> None:
    points = [
        point("m", Access.OPEN, 140),
        point("m", Access.OPEN, 145),
        point("unknown", Access.UNKNOWN, 150),
        point("later", Access.OPEN, 150, date(2026, 12, 1)),
        point("unpriced", Access.OPEN, 150),
    ]
    quotes = [quote(name, "h", "1") for name in ("m", "unknown", "later")]
    assert [(found.model, found.level) for found in priced(points, quotes, DAY)] == [("m", 145)]


def test_the_cheapest_way_to_reach_a_level_is_at_or_above_it() -> None:
    models = [
        model("weak", Access.OPEN, 130, "0.1"),
        model("able", Access.OPEN, 140, "2"),
        model("best", Access.OPEN, 150, "1"),
    ]
    reached = [cheapest_to_reach(models, level) for level in (130, 135, 150, 151)]
    assert [found and found.model for found in reached] == ["weak", "best", "best", None]


def test_on_the_pareto_line_no_model_is_beaten_at_its_price() -> None:
    models = [
        model("cheap", Access.OPEN, 130, "0.1"),
        model("beaten", Access.CLOSED, 129, "0.5"),
        model("middle", Access.CLOSED, 140, "1"),
        model("dear", Access.OPEN, 139, "3"),
        model("best", Access.CLOSED, 150, "9"),
    ]
    assert [found.model for found in pareto(models)] == ["cheap", "middle", "best"]


def test_a_price_that_halves_every_year_falls_by_half() -> None:
    days = month_days(date(2025, 1, 1), date(2026, 1, 1))
    series = [(day, Decimal(str(8 * 0.5 ** ((day - days[0]).days / 365.25)))) for day in days]
    found = fall_per_year(series)
    assert found.per_year == pytest.approx(0.5)
    assert (found.n, found.since, found.until) == (len(days), days[0], days[-1])


def test_too_short_a_series_names_the_reason_and_keeps_its_ends() -> None:
    found = fall_per_year([(date(2026, 1, 1), Decimal(2)), (date(2026, 4, 2), Decimal(1))])
    assert found.per_year is None
    assert found.reason == "half a year of prices is needed, and there are 3 months"
    assert (found.first, found.last) == (Decimal(2), Decimal(1))
    assert fall_per_year([]).reason == "no model reaches this level at a listed price"


def test_the_spread_between_hosts_needs_five_of_them() -> None:
    quotes = [quote("wide", f"h{number}", str(price)) for number, price in enumerate((1, 1, 2, 3, 3))]
    quotes += [quote("narrow", f"h{number}", "1") for number in range(4)]
    [found] = host_spreads(quotes, ["wide", "narrow", "absent"], DAY)
    assert (found.model, found.hosts, found.low, found.high) == ("wide", 5, Decimal(1), Decimal(3))
    assert found.ratio == pytest.approx(3.0)


MARKET = (
    model("closed-best", Access.CLOSED, 160, "10", "9"),
    model("closed-near", Access.CLOSED, 154, "2"),
    model("closed-equal", Access.CLOSED, 145.5, "4"),
    model("open-best", Access.OPEN, 155, "4", "3"),
    model("open-good", Access.OPEN, 145, "0.5"),
    model("open-b", Access.OPEN, 145.2, "1"),
    model("open-c", Access.OPEN, 145.9, "2"),
)


def form(found: tuple[Saving, ...], wanted: Form) -> list[Saving]:
    return [saving for saving in found if saving.form is wanted]


def test_every_form_of_the_saving_compares_what_it_says() -> None:
    found = savings(MARKET)
    [best] = form(found, Form.BEST)
    assert best.saving == pytest.approx(0.6)
    assert best.saving_lowest == pytest.approx(1 - 3 / 9)
    [near] = form(found, Form.NEAR_BEST)
    assert near.closed is not None
    assert near.closed.model == "closed-near"
    assert near.saving == pytest.approx(-1.0)  # open is dearer
    reaching = form(found, Form.CHEAPEST)
    assert [saving.level for saving in reaching] == [155, 150, 145]
    assert [saving.saving for saving in reaching] == pytest.approx([0.6, -1.0, 0.75])
    [equal] = form(found, Form.EQUAL)
    assert equal.n == 4
    assert equal.saving == pytest.approx(0.625)  # 0.875, 0.75, 0.5 and, against closed-near, −1


def test_a_form_without_its_models_says_why() -> None:
    lonely = [replace(MARKET[3], level=180), MARKET[0]]
    assert {saving.reason for saving in savings(lonely) if saving.saving is None} == {
        "4 pairs are needed, and there are 0",
        "no closed model with a price reaches this level",
        "no closed model with a price is within two points",
    }
    assert {saving.reason for saving in savings([MARKET[0]])} == {
        "no open model has both a level and a price"
    }
    assert {saving.reason for saving in savings([MARKET[3]])} == {
        "no closed model has both a level and a price"
    }


def test_paths_run_by_month_and_end_on_the_day_asked() -> None:
    points = [point("o", Access.OPEN, 152), point("c", Access.CLOSED, 152)]
    quotes = [
        quote("c", "h", "4", date(2026, 1, 15)),
        quote("o", "h", "2", date(2026, 3, 10)),
    ]
    found = study_prices(points, quotes, day=DAY, begins={"tidewater": date(2026, 1, 15)})
    path = next(path for path in found.paths if path.level == 150)
    assert [at.day for at in path.points] == [date(2026, month, 1) for month in range(2, 7)]
    assert [at.open is not None for at in path.points] == [False, False, True, True, True]
    assert found.pareto == ("o",)
    assert found.offers == 2
