"""A past day is part of the address, and stays there until the reader asks for the newest."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.test import Client

from tests.web.reading import page, text_of
from tests.web.stored import World
from tests.web.test_structure import PAGES

pytestmark = pytest.mark.django_db
PAST = tuple(address for addresses in PAGES.values() for address in addresses if "as_of=" in address)


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("/status/", "is told of now alone: no past day’s is kept"),
        ("/corrections/", "one log for all days"),
        ("/method/", "this page shows what is known now"),
    ],
)
def test_a_page_without_a_past_says_why_and_offers_no_day(
    client: Client, stored: World, address: str, why: str
) -> None:
    found = page(client, f"{address}?as_of=2025-04-01")
    assert why in text_of(found.select_one("main .notice"))
    assert not found.select("main input[name=as_of]")
    assert "You are looking" not in text_of(page(client, address).main)


@pytest.mark.parametrize("address", [*PAST, "/status/?as_of=2025-04-01", "/evidence/{}/?as_of=2025-04-01"])
def test_who_looks_at_a_past_day_stays_on_it_until_asking_for_the_newest(
    client: Client, stored: World, address: str
) -> None:
    found = page(client, address.format(stored.scores["Birch 3"].pk))
    leading = [str(link["href"]) for link in found.select("a[href^='/'], a[href^='?']")]
    pages = [link for link in leading if urlsplit(link).path[-1:] in ("", "/") and "/api/" not in link]
    out = [str(link["href"]) for link in found.select("a[data-newest]")]
    assert len(out) == 1
    assert len(pages) > 20
    assert [link for link in pages if "as_of=" not in link] == out
    assert "You are looking" in text_of(found.select_one("main .notice"))
    day = found.select_one("form[role=search] input[name=as_of]")
    assert day is not None
    assert day["value"] == "2025-04-01"
