"""/method/ states its own figures from where they are decided or counted, and says when they are of the past."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from models_catalog.analysis.trend import DISCLOSURE, RULE
from models_catalog.charts.rates import rate_phrase
from models_catalog.measure import validated as record
from tests.web.reading import page, text_of

pytestmark = pytest.mark.django_db


def test_the_method_page_says_how_often_its_intervals_held_and_for_which_version(client: Client) -> None:
    said = text_of(page(client, "/method/").main)
    found = record.validated()
    assert all(" ".join(rate_phrase(rate).split()) in said for rate in found.rates.values())
    assert f"for method version {found.method_version} and trend rule {found.rule_version}" in said
    assert DISCLOSURE[RULE.version] in said


def test_the_contents_name_every_part_of_the_page_in_its_order(client: Client) -> None:
    found = page(client, "/method/")
    named = [(str(link["href"]), text_of(link)) for link in found.select(".contents a")]
    assert named == [(f"#{part['id']}", text_of(part)) for part in found.select("main h2")]


def test_rates_counted_for_an_earlier_method_are_marked_as_such(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record, "METHOD_VERSION", "999")
    measured = f"Measured for version {record.validated().method_version}"
    assert measured in text_of(page(client, "/method/").main)


def test_an_installation_with_fewer_draws_says_its_own_number(client: Client, settings: Settings) -> None:
    settings.OPENGAP_BOOTSTRAP_DRAWS = 50
    assert "in 50 draws (50 for a domain" in text_of(page(client, "/method/").main)
