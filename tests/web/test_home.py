"""The first page beyond its answer: domains, the week, the cheapest price, the order on a phone."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from django.test import Client

from models_catalog.findings.pulse import Pulse, newest_with_news
from models_catalog.models import AIModel
from models_catalog.web.views.home import week_name
from tests.web.reading import page, text_of
from tests.web.stored import World

pytestmark = pytest.mark.django_db
WEEK = Pulse(date(2026, 3, 2), 0, 0, 0, 0, 0, 0, 0, 0)


def test_sentence_chart_facts_subscribe_domains_and_week_come_in_this_order(
    client: Client, stored: World
) -> None:
    markup = client.get("/").content.decode()
    order = ("<h1>", 'id="frontier"', "Best closed", 'id="address-home"', 'id="by-domain"', 'id="the-week"')
    places = [markup.index(part) for part in order]
    assert all(before < after for before, after in pairwise(places))
    assert 'id="address-foot"' not in markup


def test_domains_that_are_still_to_be_made_are_one_sentence(client: Client, stored: World) -> None:
    band = page(client, "/").select_one("section[aria-labelledby=by-domain]")
    assert "the worker makes them after the headline" in text_of(band)


def test_the_week_counts_releases_of_the_newest_data(client: Client, stored: World) -> None:
    AIModel.objects.filter(slug="birch-3").update(released=date(2026, 2, 25))
    found = text_of(page(client, "/").select_one("section[aria-labelledby=the-week]"))
    assert "1 release (1 open)" in found
    assert found.startswith("Week of 23 Feb 2026")


def test_a_week_is_called_this_one_only_while_it_is() -> None:
    newest = date(2026, 3, 4)
    assert week_name(WEEK, date(2026, 3, 8), newest) == "This week"
    assert week_name(WEEK, date(2026, 3, 9), newest) == "Week of 2 Mar 2026, the newest there is"
    assert week_name(WEEK, date(2026, 3, 19), date(2026, 3, 9)) == "Week of 2 Mar 2026, the newest with news"


def test_a_week_of_which_only_downloads_are_known_gives_way_to_the_newest_with_news(stored: World) -> None:
    AIModel.objects.filter(slug="birch-3").update(released=date(2026, 2, 25))
    assert newest_with_news(date(2026, 3, 18)).monday == date(2026, 2, 23)
    assert newest_with_news(date(2026, 3, 18), back=2).monday == date(2026, 3, 16)
