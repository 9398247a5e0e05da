"""What can be done with a figure: explore, cite, embed, share."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from models_catalog.charts import bundle as made
from models_catalog.charts.numerals import day
from models_catalog.web.templatetags.figures import owners
from tests.charts.invented import CREDIT
from tests.web.reading import page, text_of
from tests.web.stored import World, study_prices_of
from tests.web.studied import study_shares_of

pytestmark = pytest.mark.django_db


def test_many_sources_are_named_briefly_and_credited_in_full_beneath() -> None:
    four = [replace(CREDIT, slug=title, title=title) for title in "ABCD"]
    assert owners(four[:1]) == "A"
    assert owners(four) == "A, B, C and D"
    assert owners([*four, *four[:1], replace(CREDIT, title="E")]) == "A, B, C and 2 more"


def test_a_figure_can_be_cited_with_its_view_its_day_and_its_sources(client: Client, stored: World) -> None:
    found = page(client, "/gap/?as_of=2025-04-01").select_one("#frontier .cite")
    said = text_of(found)
    assert "http://testserver/gap/?as_of=2025-04-01, seen " in said
    assert "Epoch AI" in said
    assert "@misc{open-gap-frontier-" in said
    assert '<iframe src="http://testserver/gap.embed?as_of=2025-04-01"' in said


def test_a_citation_of_the_newest_keeps_its_day_when_newer_data_come(client: Client, stored: World) -> None:
    newest = page(client, "/gap/")
    said = text_of(newest.select_one("#spread .cite"))
    pinned = re.search(r"testserver(/gap/\?as_of=(\S+))#spread, seen", said)
    assert pinned is not None
    assert f'"http://testserver/gap/methods.embed?as_of={pinned[2]}"' in said
    assert f"stay with {day(date.fromisoformat(pinned[2]))}" in text_of(newest.select_one("#spread"))
    values = "table:has(#spread-table-caption)"
    assert text_of(page(client, pinned[1]).select_one(values)) == text_of(newest.select_one(values))
    assert "Adapted from " in said


@pytest.mark.parametrize("address", ["/landscape/", "/licences/", "/landscape/?access=open"])
def test_counts_of_the_catalogue_are_cited_as_of_their_newest_day(
    client: Client, stored: World, address: str
) -> None:
    newest = page(client, address).select_one("figure[itemtype]")
    said = text_of(newest.select_one(".cite")) if newest else ""
    pinned = re.search(r"testserver(/\S*as_of=2026-02-27), seen", said)  # when its source was read, not today
    assert pinned is not None
    assert "as of 27 Feb 2026" in said
    assert re.search(r'"http://testserver/\w+\.embed\?\S*as_of=2026-02-27"', said)
    then = page(client, pinned[1]).select_one("figure[itemtype] [itemprop=description]")
    assert newest is not None
    assert text_of(then) == text_of(newest.select_one("[itemprop=description]"))
    assert "You are looking at 27 Feb 2026" in text_of(page(client, pinned[1]).main)


def test_an_embedded_figure_may_be_framed_and_pages_may_not(client: Client, stored: World) -> None:
    framed = client.get("/gap.embed")
    assert "frame-ancestors *" in framed["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed
    whole = client.get("/gap/")
    assert "frame-ancestors 'none'" in whole["Content-Security-Policy"]
    assert whole["X-Frame-Options"] == "DENY"
    found = page(client, "/landscape.embed")
    assert len(found.select("svg[role=img]")) == 2
    assert "script" not in {tag.name for tag in found.find_all()}


def test_the_live_drawing_names_its_points_and_keeps_the_pages_colours(client: Client, stored: World) -> None:
    wide, narrow = client.get("/gap.vega").json(), client.get("/gap.vega?shape=narrow").json()
    assert wide["width"] > narrow["width"]
    assert wide["layer"][0]["params"][0]["bind"] == "scales"
    told = [layer["data"]["name"] for layer in wide["layer"] if "tooltip" in layer["encoding"]]
    names = {row["name"] for name in told for row in wide["datasets"][name]}
    assert {"Birch 3", "Amber 4"} <= names
    assert "var(--open)" in client.get("/gap.vega").content.decode()


def test_a_page_with_a_figure_is_shared_with_its_picture(client: Client, stored: World) -> None:
    cards = {
        address: page(client, address).select_one('meta[property="og:image"]')
        for address in ("/", "/gap/?delta=2")
    }
    assert [card and card["content"] for card in cards.values()] == [
        "http://testserver/gap.png",
        "http://testserver/gap.png?delta=2",
    ]


def test_a_page_without_a_figure_is_shared_with_the_frontier(client: Client, stored: World) -> None:
    for address in ("/models/", "/claims/", "/run/", "/method/", "/models/birch-3/"):
        card = page(client, address).select_one('meta[property="og:image"]')
        assert card is not None
        assert card["content"] == "http://testserver/gap.png"
    assert client.get("/gap.png").status_code == 200


def test_a_site_without_a_frontier_has_no_picture_to_share(client: Client) -> None:
    assert page(client, "/models/").select_one('meta[property="og:image"]') is None


def test_the_charts_script_is_made_once_and_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made.write_whole(tmp_path / "scripts" / made.NAME, "window.vegaEmbed = 1;")
    made.bundle.cache_clear()
    assert made.bundle(tmp_path / "scripts") == "window.vegaEmbed = 1;"
    assert [place.name for place in (tmp_path / "scripts").iterdir()] == [made.NAME]
    made.bundle.cache_clear()


def test_every_figure_is_cited_and_framed_by_an_address_that_leads_to_it(
    client: Client, stored: World
) -> None:
    study_prices_of(stored, date(2026, 2, 1))
    study_shares_of(date(2026, 2, 1))
    seen = 0
    for address in ("/gap/?as_of=2025-04-01", "/prices/", "/adoption/", "/landscape/", "/licences/"):
        for figure in page(client, address).select("figure[itemtype]"):
            link = figure.select_one("link[itemprop=url]")
            assert link is not None
            place, _, anchor = str(link["href"]).partition("#")
            cited = re.search(r"http://testserver(/[^\s,]*), seen", text_of(figure.select_one(".cite")))
            assert cited is not None
            before, _, beside = cited[1].partition("#")
            assert beside == anchor
            assert page(client, before).select_one(f"figure#{anchor or figure['id']}")
            assert "as_of=" in before
            assert page(client, place).select_one(f"figure#{anchor or figure['id']}")
            csv = figure.select_one(".actions a")
            assert csv is not None
            framed = page(client, str(csv["href"]).replace(".csv", ".embed")).select_one("a[target=_top]")
            assert framed is not None
            assert framed["href"] == link["href"]
            seen += 1
    assert seen > 6


def test_a_figure_is_a_dataset_with_its_files(client: Client, stored: World) -> None:
    figure = page(client, "/gap/").select_one("figure#frontier")
    assert figure is not None
    assert figure["itemtype"] == "https://schema.org/Dataset"
    assert len(text_of(figure.select_one("[itemprop=description]"))) > 50
    files = {
        str(part.select_one("[itemprop=encodingFormat]")["content"]): part.a["href"]  # type: ignore[index]
        for part in figure.select("[itemprop=distribution]")
        if part.a
    }
    assert files["text/csv"] == "/gap.csv"
    assert files.keys() == {"text/csv", "application/json", "image/svg+xml", "image/png"}
