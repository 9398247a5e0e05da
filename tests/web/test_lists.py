"""The lists beside the catalogue: releases, ends, organisations, comparison, search."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client

from models_catalog.models import AIModel
from models_catalog.vocabulary import FactKind
from tests.web.reading import heading, page, text_of
from tests.web.stored import CAPTURED, World, observe

pytestmark = pytest.mark.django_db
EMPTY = ("/releases/", "/lifecycle/", "/organisations/", "/compare/", "/search/", "/search/?q=birch")


@pytest.mark.parametrize("address", EMPTY)
def test_every_list_answers_when_nothing_is_stored(client: Client, address: str) -> None:
    assert heading(page(client, address))


def names(client: Client, address: str, table: str) -> list[str]:
    return [
        text_of(row.a or row)
        for row in page(client, address).select(f"#{table} ~ tbody th, table:has(#{table}) th[scope=row]")
    ]


def test_releases_come_newest_first_and_stop_at_the_day_asked(client: Client, stored: World) -> None:
    every = names(client, "/releases/", "releases")
    released = dict(AIModel.objects.values_list("name", "released"))
    days = [released[name] for name in every]
    assert len(days) == 9
    assert days == sorted(days, reverse=True)  # type: ignore[type-var]  # every one is stated
    past = page(client, "/releases/?as_of=2025-04-01")
    assert "You are looking at releases up to 1 Apr 2025" in text_of(past.select_one(".notice"))
    assert len(names(client, "/releases/?as_of=2025-04-01", "releases")) < len(every)


def test_open_weights_under_unknown_terms_are_not_called_unknown(client: Client, stored: World) -> None:
    AIModel.objects.filter(slug="birch-3").update(access="open", tier="unknown")
    AIModel.objects.filter(slug="amber-4").update(access="unknown", tier="unknown")
    badges = {
        text_of(row.select_one("th a")): text_of(row.select_one(".tier"))
        for row in page(client, "/models/").select(".table-models tbody tr")
    }
    assert badges["Birch 3"] == "Open weights, terms unknown"
    assert badges["Amber 4"] == "Unknown"
    facts = text_of(page(client, "/models/birch-3/").select_one("dl.facts"))
    assert "Openness Open weights, terms unknown" in facts


def test_a_listing_is_no_release(client: Client, stored: World) -> None:
    AIModel.objects.filter(slug="birch-3").update(released_kind="listing")
    assert "Birch 3" not in names(client, "/releases/", "releases")


def announce(stored: World, event: str, day: str | None) -> None:
    value = {"provider": "invented-host", "event": event, "date": day, "unit": event}
    observe(stored, "models-dev", stored.models["Birch 3"], FactKind.LIFECYCLE, value)


def test_the_headline_counts_ends_not_announcements(client: Client, stored: World) -> None:
    announce(stored, "deprecated", "2026-03-10")
    announce(stored, "retires", "2026-04-10")
    announce(stored, "expires", "2098-12-31")
    with time_machine.travel(CAPTURED, tick=False):
        found = page(client, "/lifecycle/")
    assert heading(found) == "1 model is announced to end within the next 90 days."
    assert text_of(found.select_one("section[aria-labelledby=soon] tbody")).startswith(
        "Birch 3 deprecated 10 Mar 2026"
    )
    assert "leaves the list no day stated written as 31 Dec 2098" in text_of(found.main)


def test_one_end_stands_once_with_all_who_announce_it(client: Client, stored: World) -> None:
    value = {"provider": "invented-host", "event": "retires", "date": "2026-04-10"}
    for source, name in (("models-dev", "Birch 3"), ("models-dev", "birch-3 free"), ("epoch", "birch-3")):
        observe(stored, source, stored.models["Birch 3"], FactKind.LIFECYCLE, value, name)
    found = page(client, "/lifecycle/?as_of=2026-04-01")
    [row] = found.select("section[aria-labelledby=soon] tbody tr")
    assert text_of(row).startswith("Birch 3 birch-3, birch-3 free retires 10 Apr 2026")
    [all_of_them] = row.select("a.derived")
    assert text_of(all_of_them) == "Epoch AI, models.dev"
    assert all_of_them["href"] == "/models/birch-3/?as_of=2026-04-01#statements"


def test_the_ends_can_be_seen_from_another_day(client: Client, stored: World) -> None:
    announce(stored, "retires", "2026-04-10")
    found = page(client, "/lifecycle/?as_of=2026-04-11")
    assert "Birch 3 retires 10 Apr 2026" in text_of(found.select_one("section[aria-labelledby=past]"))
    assert "There is nothing" not in text_of(found.main)


def test_an_organisation_shows_its_models_and_their_ends(client: Client, stored: World) -> None:
    announce(stored, "retires", "2026-04-10")
    with time_machine.travel(CAPTURED, tick=False):
        found = page(client, "/organisations/invented-lab/")
    assert heading(found) == "Invented Lab: 9 models, 3 with open weights, 5 closed, 1 of unknown access."
    assert "Birch 3 retires 10 Apr 2026" in text_of(
        found.select_one("#ends-table-caption") and found.select_one("section[aria-labelledby=ends]")
    )
    columns = [text_of(cell) for cell in found.select("table:has(#models-table) thead th")]
    assert columns[:2] == ["Model", "Openness"]
    assert client.get("/organisations/nobody/").status_code == 404


def test_a_comparison_puts_what_differs_first_and_says_what_is_missing(client: Client, stored: World) -> None:
    AIModel.objects.filter(slug="birch-3").update(context_tokens=131_072)
    found = page(client, "/compare/?m=birch-3&m=amber-4")
    assert heading(found) == "Amber 4 stands highest on the index, at 150.0 points; Birch 3 at 141.0."
    rows = [text_of(row) for row in found.select("section[aria-labelledby=facts] tbody tr")]
    assert rows.index("Modalities text text") > next(
        n for n, row in enumerate(rows) if row.startswith("Context")
    )
    assert rows[0].startswith("Released ")
    assert any(
        row.startswith("Context tokens 131 k — no source states it")
        for row in (row.replace("\u202f", " ") for row in rows)
    )
    score = found.select_one("section[aria-labelledby=benchmarks] td a.evidence")
    assert score is not None
    assert score["href"] == f"/evidence/{stored.scores['Birch 3'].pk}/"


def test_a_comparison_needs_two_known_models_and_takes_five(client: Client, stored: World) -> None:
    found = page(client, "/compare/?m=birch-3&m=nobody")
    assert "No model here is called “nobody”." in text_of(found.main)
    assert heading(found) == "Compare two to five models."
    slugs = list(AIModel.objects.values_list("slug", flat=True)[:7])
    many = page(client, "/compare/?" + "&".join(f"m={slug}" for slug in slugs))
    assert len(many.select("section[aria-labelledby=facts] thead th")) == 1 + 5


def test_the_letters_of_a_model_offer_to_add_it(client: Client, stored: World) -> None:
    found = page(client, "/compare/?m=birch-3&q=amber")
    offered = [str(link["href"]) for link in found.select(".suggestions a")]
    assert "/compare/?m=birch-3&m=amber-4" in offered


def test_search_forgives_a_typo_and_names_organisations_and_families(client: Client, stored: World) -> None:
    typed = client.get("/search/?q=brich+3", headers={"hx-request": "true"})
    assert "Birch 3" in typed.content.decode()
    assert "<html" not in typed.content.decode()
    assert typed["Vary"].count("HX-Request") == 1
    found = text_of(page(client, "/search/?q=invented").main)
    assert "Invented Lab organisation, Norway" in found


@pytest.mark.parametrize("query", ["%00", "a", "%5C%27%22%25_", "x" * 500, "(a%2B)%2B%24"])
def test_no_letters_break_the_search(client: Client, stored: World, query: str) -> None:
    for address in ("/search/", "/models/", "/compare/"):
        assert client.get(f"{address}?q={query}").status_code == 200


def test_models_and_landscape_can_be_seen_from_a_past_day(client: Client, stored: World) -> None:
    early = names(client, "/models/?as_of=2025-04-01", "models")
    assert 0 < len(early) < len(names(client, "/models/", "models"))
    for address in ("/models/?as_of=2025-04-01", "/landscape/?as_of=2025-04-01"):
        found = page(client, address)
        assert "You are looking at 1 Apr 2025" in text_of(found.select_one(".notice"))
        field = found.select_one("#filter-as_of")
        assert field is not None
        assert field["value"] == "2025-04-01"
    assert heading(page(client, "/landscape/?as_of=2025-04-01")) != heading(page(client, "/landscape/"))


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/landscape/", "No model is in the catalogue yet."),
        ("/releases/", "No release is in the catalogue yet."),
        ("/organisations/", "No organisation is in the catalogue yet."),
        ("/lifecycle/", "No announcement of an end has been collected yet."),
    ],
)
def test_before_anything_was_collected_a_page_claims_nothing_and_leads_to_the_sources(
    client: Client, address: str, said: str
) -> None:
    found = page(client, address)
    assert heading(found) == said
    assert found.select_one('.empty a[href="/status/"]')
