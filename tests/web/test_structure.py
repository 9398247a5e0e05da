"""What every page owes its readers' tools, whatever it shows."""

from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests.web.reading import page
from tests.web.stored import World

pytestmark = pytest.mark.django_db
PAGES = (
    "/",
    "/gap/",
    "/gap/?as_of=2025-04-01&method=parity_age&delta=2",
    "/landscape/",
    "/landscape/?access=open",
    "/models/",
    "/models/?q=birch",
    "/models/birch-3/",
    "/status/",
    "/method/",
)


def with_evidence(stored: World) -> tuple[str, ...]:
    return (*PAGES, f"/evidence/{stored.scores['Birch 3'].pk}/")


def test_every_page_has_one_heading_landmarks_and_a_skip_link(client: Client, stored: World) -> None:
    for address in with_evidence(stored):
        found = page(client, address)
        assert len(found.select("h1")) == 1, address
        for landmark in (
            "body > header",
            "nav[aria-label]",
            "main#main",
            "body > footer",
            "form[role=search]",
        ):
            assert found.select_one(landmark), (address, landmark)
        first = found.select_one("body a")
        assert first is not None
        assert first["href"] == "#main", address
        assert found.html is not None
        assert found.html["lang"] == "en"


def test_headings_never_skip_a_level(client: Client, stored: World) -> None:
    for address in with_evidence(stored):
        levels = [
            int(tag.name[1]) for tag in page(client, address).select("main h1, main h2, main h3, main h4")
        ]
        assert all(after <= before + 1 for before, after in pairwise(levels)), address


def test_every_table_has_a_caption_and_headers_and_scrolls_in_its_own_frame(
    client: Client, stored: World
) -> None:
    for address in with_evidence(stored):
        for table in page(client, address).select("table"):
            assert table.caption is not None, address
            assert table.select("thead th[scope=col]"), address
            assert len(table.select("tbody tr")) == len(table.select("tbody tr > th[scope=row]")), address
            frame = table.parent
            assert frame is not None
            assert frame.get("tabindex") == "0", address


def test_no_page_carries_inline_style_or_script(client: Client, stored: World) -> None:
    for address in with_evidence(stored):
        found = page(client, address)
        assert not found.select("style, [style]"), address
        assert all(script.get("src") and not script.string for script in found.select("script")), address
        assert not [
            tag.name for tag in found.find_all() if any(name.startswith("on") for name in tag.attrs)
        ], address


def test_no_page_asks_another_host_for_anything(client: Client, stored: World) -> None:
    for address in with_evidence(stored):
        found = page(client, address)
        loaded = [str(tag.get("src") or tag.get("href")) for tag in found.select("script, link, img, iframe")]
        assert loaded
        assert all(urlsplit(place).netloc == "" for place in loaded), address


def test_ids_are_unique_and_every_field_is_labelled(client: Client, stored: World) -> None:
    for address in with_evidence(stored):
        found = page(client, address)
        ids = [str(tag["id"]) for tag in found.select("[id]")]
        assert len(ids) == len(set(ids)), (address, sorted(name for name in ids if ids.count(name) > 1))
        for tag in found.select("[aria-labelledby]"):
            assert tag["aria-labelledby"] in ids, address
        for control in found.select("input, select"):
            assert found.select_one(f'label[for="{control.get("id")}"]'), (address, control)


def test_the_policy_forbids_inline_code(client: Client, stored: World) -> None:
    policy = client.get("/")["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


def test_the_navigation_marks_where_one_is(client: Client, stored: World) -> None:
    current = page(client, "/models/birch-3/").select("nav [aria-current=page]")
    assert [link["href"] for link in current] == ["/models/"]


def test_every_internal_link_answers(client: Client, stored: World) -> None:
    seen: dict[str, str] = {}
    waiting = [(address, "start") for address in PAGES]
    while waiting:
        address, origin = waiting.pop()
        if address in seen:
            continue
        seen[address] = origin
        response = client.get(address)
        assert response.status_code == 200, (
            f"{address} (linked from {origin}) answered {response.status_code}"
        )
        if response["Content-Type"].startswith("text/html") and "?" not in address:
            found = BeautifulSoup(response.content.decode(), "lxml")
            waiting += [(link, address) for link in internal_links(found, address)]
    assert len(seen) > 30


def internal_links(found: BeautifulSoup, address: str) -> Iterator[str]:
    for link in found.select("a[href]"):
        target = urlsplit(urljoin(address, str(link["href"])))
        if not target.netloc and not target.path.endswith((".png", ".svg")):
            yield target.path + (f"?{target.query}" if target.query else "")


def test_every_number_with_an_observation_leads_to_its_evidence(client: Client, stored: World) -> None:
    numbers = 0
    for address in ("/", "/gap/", "/models/birch-3/"):
        for link in page(client, address).select("[data-observation]"):
            assert link["href"] == f"/evidence/{link['data-observation']}/"
            numbers += 1
    assert numbers > 20


def test_the_first_view_of_a_page_is_light(client: Client, stored: World) -> None:
    response = client.get("/gap/", headers={"accept-encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    assert len(response.content) < 60_000
