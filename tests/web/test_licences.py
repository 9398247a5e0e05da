"""The licences page: facts apart, quarters as a figure, every licence with its source; as of a day."""

from __future__ import annotations

import pytest
from django.test import Client

from models_catalog.charts.licences import quarters_sentence
from models_catalog.findings.licences import Quarter
from models_catalog.models import AIModel
from models_catalog.vocabulary import Access, Tier
from tests.web.reading import heading, page, text_of
from tests.web.stored import World

pytestmark = pytest.mark.django_db


def test_nothing_stored_is_said(client: Client) -> None:
    found = page(client, "/licences/")
    assert heading(found) == "No model with open weights is in the catalogue yet."
    assert found.select("#texts-table-caption")
    assert client.get("/licences.csv").status_code == 404


def test_the_page_counts_what_may_be_done(client: Client, stored: World) -> None:
    opened = AIModel.objects.filter(access=Access.OPEN).count()
    found = page(client, "/licences/")
    assert heading(found).startswith(f"{opened} of {opened} open-weight models may be used commercially")
    assert "not known" in text_of(found.select_one("#facts-table-caption + thead")).lower()
    assert found.select_one("figure#licences svg")


def test_a_licence_stands_with_its_cap_and_the_text_it_was_read_in(client: Client, stored: World) -> None:
    AIModel.objects.filter(slug="birch-3").update(licence="Llama 3.1 Community License")
    row = page(client, "/licences/").select_one("table:has(#texts-table-caption) tbody tr")
    assert row is not None
    assert "700 000 000" in text_of(row).replace("\u202f", " ")
    text = "https://llama.meta.com/llama3_1/license/"  # of the cap, and of the whole
    assert [link["href"] for link in row.select("a")] == ["/models/?terms=text%3Allama3.1", text, text]


def test_an_earlier_day_is_kept_in_the_downloads(client: Client, stored: World) -> None:
    found = page(client, "/licences/?as_of=2025-04-01")
    assert "1 Apr 2025" in text_of(found.select_one(".notice"))
    link = found.select_one('.actions a[href$="csv?as_of=2025-04-01"]')
    assert link is not None
    early = client.get(str(link["href"])).content.decode().splitlines()
    assert 1 < len(early) < len(client.get("/licences.csv").content.decode().splitlines())


def test_a_quarter_is_set_against_the_year_before() -> None:
    before = Quarter(2025, 1, {Tier.OSI: 2}, {Access.OPEN: 2, Access.CLOSED: 6})
    now = Quarter(2026, 1, {Tier.OSI: 5}, {Access.OPEN: 5, Access.CLOSED: 5})
    tiny = Quarter(2026, 2, {}, {Access.CLOSED: 1})
    assert quarters_sentence((before, now, tiny)).replace("\u202f", " ") == (
        "Of 10 releases in Q1 2026, 5 (50 %) had open weights; a year before 2 (25 %) of 8."
    )
