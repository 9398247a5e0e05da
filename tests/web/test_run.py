"""Where open models run: engines, hosts, memory."""

from __future__ import annotations

import pytest
from django.test import Client

from models_catalog.models import AIModel
from models_catalog.vocabulary import FactKind
from tests.web.reading import heading, page, text_of
from tests.web.stored import World, fetched, observe

pytestmark = pytest.mark.django_db


@pytest.fixture
def carried(stored: World) -> World:
    """Birch 3 (open, 20 B) is listed by Ollama and sold by one host; Amber 4 is closed and sold too."""
    stored.fetches["ollama"] = fetched("ollama")
    AIModel.objects.filter(slug="birch-3").update(parameters=20_000_000_000)
    observe(stored, "ollama", stored.models["Birch 3"], FactKind.RUNTIME, {"runtime": "ollama"}, "birch:20b")
    for name in ("Birch 3", "Amber 4"):
        price = {
            "provider": "some-host",
            "unit": "input",
            "amount": "1.5",
            "per": "M tokens",
            "currency": "USD",
        }
        observe(stored, "models-dev", stored.models[name], FactKind.PRICE, price)
    return stored


def test_nothing_known_is_said(client: Client) -> None:
    assert heading(page(client, "/run/")) == "Nothing is known yet about where open models run."


def test_an_open_model_shows_its_engine_host_and_need_and_a_closed_one_is_absent(
    client: Client, carried: World
) -> None:
    found = page(client, "/run/")
    assert heading(found) == "1 open model can be run by an engine or bought from a host."
    row = text_of(found.select_one("section[aria-labelledby=models] tbody tr"))
    assert row.startswith("Birch 3 Restricted 141.0 20 B 15 Ollama 1 some-host")
    assert "Amber 4" not in text_of(found.main)


def test_a_host_counts_once_however_sources_write_it(client: Client, carried: World) -> None:
    carried.fetches["openrouter"] = fetched("openrouter")
    for source, host in (("models-dev", "zai"), ("openrouter", "z-ai"), ("openrouter", "z-ai/fp8")):
        price = {"provider": host, "unit": "input", "amount": "1", "per": "M tokens", "currency": "USD"}
        observe(carried, source, carried.models["Birch 3"], FactKind.PRICE, price, name=f"birch at {host}")
    cell = page(client, "/run/").select_one("section[aria-labelledby=models] tbody tr td:nth-of-type(6)")
    assert text_of(cell) == "2 some-host, Z.ai"


def test_a_platforms_number_leads_to_the_models_it_counts(client: Client, carried: World) -> None:
    row = page(client, "/run/").select_one(
        "section[aria-labelledby=platforms] tbody tr:has(th:-soup-contains(Ollama))"
    )
    assert row is not None
    link = row.select_one("a.derived")
    assert link is not None
    assert (text_of(link), link["href"]) == ("1", "/run/?engine=ollama#models")
    assert heading(page(client, "/run/?engine=ollama")).startswith("1 open model ")
    assert (
        heading(page(client, "/run/?engine=together")) == "Nothing is known yet about where open models run."
    )


def test_memory_decides_what_fits_and_at_which_precision(client: Client, carried: World) -> None:
    assert heading(page(client, "/run/?memory=8")) == "0 of 1 open model fit into 8 GB."
    found = page(client, "/run/?memory=24")
    assert heading(found) == "1 of 1 open model fit into 24 GB; the most capable of them is Birch 3."
    assert "4-bit 15 GB" in text_of(found.select_one("section[aria-labelledby=models] tbody tr"))


def test_a_model_of_unstated_size_is_never_said_to_fit(client: Client, carried: World) -> None:
    AIModel.objects.filter(slug="birch-3").update(parameters=None)
    assert heading(page(client, "/run/?memory=1128")).startswith("0 of 1")


@pytest.mark.parametrize("memory", ["nan", "-8", "1e9", "lots", "<b>", "inf", "%00"])
def test_memory_that_is_none_is_named(client: Client, carried: World, memory: str) -> None:
    found = page(client, f"/run/?memory={memory}")
    if memory != "%00":
        assert "is not an amount of memory in GB" in text_of(found.select_one(".notice"))


def test_ended_and_frozen_platforms_carry_their_dated_status(client: Client, carried: World) -> None:
    said = text_of(page(client, "/run/").select_one("section[aria-labelledby=platforms]"))
    assert "Anyscale public endpoints host — " in said
    assert "retired 2024-08-01" in said
    assert "archived 2026-03-21" in said
