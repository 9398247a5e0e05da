"""What machines ask a site for: the map, the rules, how to search, the site in plain text, where the data is."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.exceptions import BadRequest
from django.test import Client, RequestFactory

from models_catalog.web.context import EVERYWHERE, PAGES
from models_catalog.web.views.errors import bad_request
from tests.web.reading import heading, page, text_of
from tests.web.stored import World

pytestmark = pytest.mark.django_db
TEMPLATES = Path(settings.BASE_DIR) / "templates"
DESCRIPTION = re.compile(r"{% block description %}(.*?){% endblock %}", re.DOTALL)
ONE_OF_EACH = ("/", "/models/birch-3/", "/organisations/invented-lab/", "/status/", "/method/", "/lifecycle/")


def read(client: Client, address: str, kind: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"].startswith(kind)
    return response.content.decode()


def test_the_sitemap_names_every_page_once_by_addresses_that_answer(client: Client, stored: World) -> None:
    found = BeautifulSoup(read(client, "/sitemap.xml", "application/xml"), "xml")
    places = [text_of(place) for place in found.select("url > loc")]
    assert len(places) == len(set(places)) >= 1 + len(PAGES) + len(EVERYWHERE) + len(stored.models)
    assert all(place.startswith(f"{settings.OPENGAP_SITE}/") for place in places)
    paths = {urlsplit(place).path for place in places}
    assert set(ONE_OF_EACH) <= paths
    assert {client.get(path).status_code for path in ONE_OF_EACH} == {200}


def test_robots_are_led_to_the_sitemap_and_kept_from_what_belongs_to_one_reader(client: Client) -> None:
    said = read(client, "/robots.txt", "text/plain").splitlines()
    assert f"Sitemap: {settings.OPENGAP_SITE}/sitemap.xml" in said
    assert {"Disallow: /digest/settings/", "Disallow: /digest/confirm/", "Disallow: /admin/"} <= set(said)
    assert "Disallow: /" not in said


def test_the_plain_text_for_language_models_links_every_page(client: Client) -> None:
    said = read(client, "/llms.txt", "text/plain")
    assert said.startswith("# Open Gap\n\n> ")
    for label, _ in ((label, name) for name, label in (*PAGES, *EVERYWHERE)):
        assert f"- [{label}]({settings.OPENGAP_SITE}/" in said
    assert f"{settings.OPENGAP_SITE}/api/v1/openapi.json" in said


def test_a_browser_is_told_how_to_search_here(client: Client, stored: World) -> None:
    found = BeautifulSoup(read(client, "/opensearch.xml", "application/opensearchdescription+xml"), "xml")
    place = found.find("Url")
    assert place is not None
    path = str(place["template"]).removeprefix(settings.OPENGAP_SITE)  # type: ignore[index]  # a tag
    assert "Birch 3" in text_of(page(client, path.replace("{searchTerms}", "birch")).main)


def test_the_data_page_describes_itself_as_a_dataset(client: Client, stored: World) -> None:
    found = page(client, "/data/").select_one("[itemscope][itemtype='https://schema.org/Dataset']")
    assert found is not None
    said = {str(tag["itemprop"]): tag.get("content") or tag.get("href") for tag in found.select("[itemprop]")}
    assert {"name", "description", "url", "license", "isAccessibleForFree"} <= said.keys()
    assert 50 <= len(str(said["description"])) <= 5000
    assert str(said["license"]).startswith("https://")


def test_what_cannot_be_read_gets_a_page_that_helps_and_needs_nothing(client: Client) -> None:
    refused = bad_request(RequestFactory().get("/somewhere/"), BadRequest("no"))
    assert refused.status_code == 400
    found = BeautifulSoup(refused.content.decode(), "lxml")
    assert heading(found)
    assert found.select("main a[href='/'], header a[href='/']")
    assert not found.select("[data-observation], form")


def test_every_page_says_in_its_own_words_what_it_holds() -> None:
    """Also those that only the right token opens, and those that say what went wrong."""
    said: dict[str, list[str]] = {}
    for template in sorted(TEMPLATES.glob("*.html")) + sorted(TEMPLATES.glob("pages/*.html")):
        text = template.read_text(encoding="utf-8")
        if text.startswith('{% extends "base.html" %}'):
            said.setdefault(str(DESCRIPTION.findall(text)), []).append(template.name)
    assert len(said) > 30
    assert [names for names in said.values() if len(names) > 1] == []
    assert "[]" not in said
