"""The first page beyond its answer: domains, the week, the cheapest price, the order on a phone."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from django.test import Client

from models_catalog.findings.pulse import Pulse, newest_with_news
from models_catalog.models import AIModel, Change
from models_catalog.vocabulary import ChangeKind, FactKind
from models_catalog.web.views.home import week_name
from tests.web.reading import heading, page, text_of
from tests.web.stored import World, observe

pytestmark = pytest.mark.django_db
PRICE = {
    "provider": "invented-host",
    "unit": "input",
    "tier": "standard",
    "currency": "USD",
    "per": "1M tokens",
}
WEEK = Pulse(date(2026, 3, 2), 0, 0, 0, 0, 0, 0, 0, 0)


def test_sentence_chart_facts_subscribe_domains_and_week_come_in_this_order(
    client: Client, stored: World
) -> None:
    markup = client.get("/").content.decode()
    order = ("<h1>", 'id="frontier"', "Best closed", 'id="address-home"', 'id="by-domain"', 'id="the-week"')
    places = [markup.index(part) for part in order]
    assert all(before < after for before, after in pairwise(places))
    assert 'id="address-foot"' not in markup


def test_the_facts_say_what_changed_and_lead_to_the_day_before(client: Client, stored: World) -> None:
    said = page(client, "/").select("dl.facts a.change")
    assert [text_of(link) for link in said] == [
        "the same model as on 1 Feb 2026",
        "the same model as on 1 Feb 2026",
        "unchanged since 1 Feb 2026",
    ]
    assert all(page(client, str(link["href"]).partition("#")[0]).select_one("#steps") for link in said)
    assert not page(client, "/?as_of=2025-10-01").select("a.change")


def test_domains_that_are_still_to_be_made_are_one_sentence(client: Client, stored: World) -> None:
    band = page(client, "/").select_one("section[aria-labelledby=by-domain]")
    assert "the worker makes them after the headline" in text_of(band)


def test_the_week_counts_releases_of_the_newest_data(client: Client, stored: World) -> None:
    AIModel.objects.filter(slug="birch-3").update(released=date(2026, 2, 25))
    found = text_of(page(client, "/").select_one("section[aria-labelledby=the-week]"))
    assert "1 release (1 open)" in found
    assert found.startswith("Week of 23 Feb 2026")


def test_a_week_without_an_edition_leads_to_its_changes_and_a_past_one_is_not_this_week(
    client: Client, stored: World
) -> None:
    band = page(client, "/?as_of=2025-09-02").select_one("section[aria-labelledby=the-week]")
    assert text_of(band).startswith("Week of 1 Sep 2025")
    assert band is not None
    assert [link["href"] for link in band.select("li:last-child a")] == [
        "/changes/2025-W36/?as_of=2025-09-02"
    ]
    assert "The digest tells it in full" not in text_of(band)


def test_the_weeks_counts_lead_to_its_changes_one_by_one(client: Client, stored: World) -> None:
    AIModel.objects.filter(slug="birch-3").update(released=date(2026, 2, 25))
    before, after = (
        observe(
            stored, "models-dev", stored.models["Birch 3"], FactKind.PRICE, PRICE | {"amount": amount}, name
        )
        for name, amount in (("birch before", "2"), ("birch after", "0.5"))
    )
    Change.objects.create(
        subject=after.subject,
        happened_on=date(2026, 2, 27),
        kind=ChangeKind.PRICE_CHANGED,
        before=before,
        after=after,
        observed_at=after.observed_at,
        recorded_at=after.recorded_at,
    )
    links = {text_of(link): str(link["href"]) for link in page(client, "/").select("ul.week a.derived")}
    assert links["1 release"] == "/changes/2026-W09/#releases"
    assert links["1 price cut"] == "/changes/2026-W09/#prices"
    shown = page(client, "/changes/2026-W09/")
    assert heading(shown) == "23 Feb to 1 Mar 2026: 1 release, 1 price cut."
    row = shown.select_one("table:has(#moves-table-caption) tbody tr")
    assert (
        text_of(row)
        .replace("\u202f", " ")
        .startswith("Birch 3 invented-host input $2.00 $0.50 −75 % models.dev")
    )
    behind = [link["data-observation"] for link in row.select("[data-observation]")] if row else []
    assert behind == [f"{before.pk}", f"{after.pk}"]
    assert client.get("/changes/2025-W53/").status_code == 404


def test_a_week_is_called_this_one_only_while_it_is() -> None:
    newest = date(2026, 3, 4)
    assert week_name(WEEK, date(2026, 3, 8), newest) == "This week"
    assert week_name(WEEK, date(2026, 3, 9), newest) == "Week of 2 Mar 2026, the newest there is"
    assert week_name(WEEK, date(2026, 3, 19), date(2026, 3, 9)) == "Week of 2 Mar 2026, the newest with news"


def test_a_week_of_which_only_downloads_are_known_gives_way_to_the_newest_with_news(stored: World) -> None:
    AIModel.objects.filter(slug="birch-3").update(released=date(2026, 2, 25))
    assert newest_with_news(date(2026, 3, 18)).monday == date(2026, 2, 23)
    assert newest_with_news(date(2026, 3, 18), back=2).monday == date(2026, 3, 16)


def test_above_the_fold_stand_value_interval_direction_and_the_age_of_the_data(
    client: Client, stored: World
) -> None:
    terms = page(client, "/").select_one(".answer .terms")
    assert terms is not None
    assert "trend not tested yet" in text_of(terms)
    assert "interval" in text_of(terms)
    assert "newest data" in text_of(terms)
    assert terms.select_one(".freshness time[title]")
    past = page(client, "/?as_of=2025-04-01").select_one(".answer .terms")
    assert "newest data" not in text_of(past)


def test_what_a_level_costs_is_a_dash_with_a_reason_until_it_is_known(client: Client, stored: World) -> None:
    facts = page(client, "/").select_one(".facts")
    assert "Cheapest at the best open level — no model at this level has a listed price" in text_of(facts)


def test_an_interval_is_one_word(client: Client, stored: World) -> None:
    [fact] = [part for part in page(client, "/").select(".facts > div") if "Point gap" in text_of(part)]
    assert fact.select_one(".interval")
