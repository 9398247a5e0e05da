"""Feeds are well-formed, keep their ids, and answer 304 to who has them."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from icalendar import Calendar
from pytest_django import Settings

from tests.digests.editions import stored_edition
from tests.web.stored import World

pytestmark = pytest.mark.django_db
ATOM = (
    "/digest/feed.atom",
    "/releases/feed.atom",
    "/lifecycle/feed.atom",
    "/claims/feed.atom",
    "/organisations/invented-lab/feed.atom",
)


@pytest.mark.parametrize("address", [*ATOM, "/lifecycle/ends.ics"])
def test_a_feed_is_sent_once_and_then_304(client: Client, stored: World, address: str) -> None:
    first = client.get(address)
    assert first.status_code == 200
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304


def test_ids_stay_when_the_sites_address_changes(client: Client, stored: World, settings: Settings) -> None:
    stored_edition()
    before = [ids(client, address) for address in ATOM]
    settings.OPENGAP_SITE = "https://elsewhere.example"
    assert [ids(client, address) for address in ATOM] == before
    assert len(before[0]) == 2
    assert len(before[1]) > 3


def ids(client: Client, address: str) -> list[str]:
    return [tag.text for tag in BeautifulSoup(client.get(address).content, "xml").find_all("id")]


def test_the_calendar_can_be_read(client: Client, stored: World) -> None:
    assert Calendar.from_ical(client.get("/lifecycle/ends.ics").content)["VERSION"] == "2.0"


def test_an_unknown_organisation_has_no_feed(client: Client) -> None:
    assert client.get("/organisations/nobody/feed.atom").status_code == 404
