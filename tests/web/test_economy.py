"""The pages on prices and adoption: empty, they say why; studied, they show every form with its reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils.html import format_html
from pytest_django import Settings

from models_catalog.analysis.prices import PricedModel
from models_catalog.charts.price_path import choice_words
from models_catalog.charts.price_tables import percent
from models_catalog.findings.prices import prices
from models_catalog.ingest.identity import refresh_identity
from models_catalog.measure.share_study import releases
from models_catalog.measure.standing import compute_standing
from models_catalog.measure.studies import compute_studies
from models_catalog.models import AIModel, Subject
from models_catalog.vocabulary import Access
from models_catalog.web.table_markup import evidence
from tests.ingest.invented import on
from tests.measure.invented import measure, publish
from tests.web.reading import heading, page, text_of
from tests.web.stored import SHA256, World, study_prices_of
from tests.web.studied import count_downloads, study_shares_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/prices/", "/adoption/"])
def test_an_empty_page_says_why_and_has_no_downloads(client: Client, address: str) -> None:
    assert "not been worked out yet" in heading(page(client, address))
    assert client.get(f"{address[:-1]}.csv").status_code == 404


def test_what_was_studied_is_shown_and_what_has_no_share_says_why(
    client: Client, tmp_path: Path, settings: Settings
) -> None:
    settings.OPENGAP_BOOTSTRAP_DRAWS = 20
    cache.clear()
    publish(tmp_path, on(5))
    measure(tmp_path, on(6))
    refresh_identity()
    compute_standing()
    compute_studies()
    found = page(client, "/adoption/")
    assert text_of(found.main)
    assert found.select_one("#release-table-caption") is not None
    cache.clear()
    found = page(client, "/gap/?inputs=epoch")
    told = found.select_one("#direction")
    assert told is not None
    said = text_of(found.select_one('.terms a[href="/gap/?inputs=epoch#direction"]'))
    assert said.startswith("no ")
    assert ":" not in said  # the reason stands at the place it leads to
    section = told.find_parent("section")
    assert section is not None
    assert "simulated worlds with a constant lag of" in text_of(section)
    assert section.select_one("#trend-caption") is not None
    assert section.select_one("#forecasts-caption") is not None
    assert page(client, "/gap/?inputs=epoch&as_of=2025-12-01").select_one("#direction") is None


def test_a_past_day_shows_what_had_been_studied_by_then_or_only_the_path_to_it(
    client: Client, stored: World
) -> None:
    study_prices_of(stored, date(2025, 9, 1))
    study_prices_of(stored, date(2026, 2, 1))
    newest, studied, before = (
        page(client, f"/prices/{day}") for day in ("", "?as_of=2025-10-01", "?as_of=2025-06-01")
    )
    assert [bool(shown.select_one("#savings")) for shown in (newest, studied, before)] == [True, True, False]
    assert "as of 1 Sep 2025" in text_of(studied.select_one(".terms:not(#chosen)"))
    assert heading(before) == "What each level of capability cost up to 1 Jun 2025."
    assert "were not compared" in text_of(before.select_one(".notice"))
    assert newest.select(".aside a[data-observation]")


def test_prices_say_which_offer_was_taken_and_what_lists_show_instead(client: Client, stored: World) -> None:
    study_prices_of(stored, date(2026, 2, 1))
    best = {access: prices_of(access) for access in (Access.OPEN, Access.CLOSED)}
    found = page(client, "/prices/")
    said = text_of(found.select_one("#chosen"))
    assert (
        f"Open weights: {best[Access.OPEN].name} , $0.50, the only host read (invented-host). Closed: "
        in said
    )
    assert "developer’s own offer comes first" not in said
    AIModel.objects.filter(slug=best[Access.OPEN].slug).update(input_price=1, output_price=1)
    AIModel.objects.filter(slug=best[Access.CLOSED].slug).update(input_price=2, output_price=6)
    cache.clear()
    said = text_of(page(client, "/prices/").select_one("#chosen"))
    assert (
        "comes first, the best open model costs 67 % less than the best closed one, $1.00 against $3.00."
        in said
    )
    assert "the only host read (invented-host)" in text_of(page(client, "/").select_one("dl.facts"))


def test_a_choice_of_offers_that_turns_the_finding_round_is_the_headline(
    client: Client, stored: World
) -> None:
    study_prices_of(stored, date(2026, 2, 1))
    best = {access: prices_of(access) for access in (Access.OPEN, Access.CLOSED)}
    assert heading(page(client, "/prices/")) == (
        "The best open model with a price costs 0 % less than the best closed one: $0.50 against $0.50 per 1M tokens."
    )
    AIModel.objects.filter(slug=best[Access.OPEN].slug).update(input_price=3, output_price=3)
    AIModel.objects.filter(slug=best[Access.CLOSED].slug).update(input_price=2, output_price=2)
    cache.clear()
    assert heading(page(client, "/prices/")).endswith(
        "the best closed one at hosts, but 50 % more by the developers’ own offers."
    )


def prices_of(access: Access) -> AIModel:
    """The best model of a side that the study priced."""
    found = prices()
    assert found is not None
    best = max((model for model in found.models if model.access is access), key=lambda model: model.level)
    return AIModel.objects.get(slug=best.model)


def test_a_price_of_many_hosts_says_which_of_them_it_is() -> None:
    one = PricedModel("x", Access.OPEN, 100, Decimal(1), Decimal(2), 1, "nano-gpt", None)
    assert choice_words(one) == "the only host read (NanoGPT)"
    assert choice_words(replace(one, hosts=2, host="openrouter")) == "the lower of 2 hosts (OpenRouter)"
    assert choice_words(replace(one, hosts=51)) == "the second lowest of 51 hosts (NanoGPT)"


@pytest.mark.parametrize(
    ("saving", "said"),
    [
        (0.77, "77 % cheaper"),
        (-0.5, "50 % dearer"),
        (-1.0, "2.0 times as dear"),
        (-12.33, "13.3 times as dear"),
    ],
)
def test_twice_the_price_is_said_in_times(saving: float, said: str) -> None:
    assert percent(saving, "").text == said


def test_capability_against_price_is_a_figure_with_its_own_files(client: Client, stored: World) -> None:
    study_prices_of(stored, date(2026, 2, 1))
    found = page(client, "/prices/")
    assert found.select_one("#pareto-figure svg.chart")
    image = found.select_one("meta[property='og:image']")
    assert image is not None
    assert str(image["content"]).endswith("/prices/pareto.png")
    rows = client.get("/prices/pareto.json").json()
    assert {row["beaten_by_none"] for row in rows["data"]} == {True, False}
    assert {row["price"] for row in rows["data"]} == {"0.5"}
    assert any(row["low"] and row["low"] < row["level"] < row["high"] for row in rows["data"])
    Subject.objects.filter(source="models-dev").update(source="openrouter")
    kept = client.get("/prices/pareto.json").json()["data"]
    assert {row["price"] for row in kept} == {row["lowest"] for row in kept} == {None}
    assert all(row["level"] and "price: OpenRouter" in row["withheld"] for row in kept)
    assert client.get("/prices/pareto.csv?as_of=2025-06-01").status_code == 404
    before = page(client, "/prices/?as_of=2025-06-01")
    assert not before.select_one("#pareto")
    assert before.select_one("meta[property='og:image'][content*='/prices.png?level=140&as_of=2025-06-01']")
    assert before.select_one("script[src*='chart']")


def test_shares_that_rest_on_our_own_catalogue_are_shown_and_credit_the_sources(
    client: Client, stored: World
) -> None:
    study_shares_of(date(2026, 2, 1))
    found = page(client, "/adoption/")
    assert "Sources: Epoch AI" in text_of(found.main)
    assert found.select_one("#release-table-caption")


def test_downloads_of_families_are_a_figure_cut_at_the_day_looked_at(client: Client, stored: World) -> None:
    study_shares_of(date(2026, 2, 1))
    found = page(client, "/adoption/")
    assert found.select_one("#family-downloads svg.chart")
    assert "before 1 Aug 2025, Amber was downloaded 24.0 million times" in text_of(
        found.select_one("#family-downloads figcaption")
    )
    past = page(client, "/adoption/?as_of=2025-07-15").select_one("#family-downloads")
    assert past is not None
    links = [str(link["href"]) for link in past.select(".actions a")]
    assert links[0] == "/adoption/downloads.csv?as_of=2025-07-15"
    assert client.get(links[0])["X-Withheld-Rows"] == "1"
    june, july = client.get(links[0].replace(".csv", ".json")).json()["data"]
    assert (june["repositories"], june["downloads"]) == (1, None)  # one count, the Hub's own word
    assert june["withheld"] == "downloads: Hugging Face Hub, https://huggingface.co/models"
    assert (july["repositories"], july["downloads"]) == (2, 14_000_000)  # a sum is ours
    assert client.get("/adoption/downloads.csv?as_of=2025-06-15").status_code == 404


def test_a_release_date_that_leads_to_its_observation_stays_a_date() -> None:
    assert evidence(7, format_html('<time datetime="{}">{}</time>', "2026-02-01", "1 Feb & 2026")) == (
        '<a class="evidence" href="/evidence/7/" data-observation="7">'
        '<time datetime="2026-02-01">1 Feb &amp; 2026</time></a>'
    )
    assert "&lt;b&gt;" in evidence(7, "<b>")


def test_a_share_leads_to_what_it_was_taken_of(client: Client, stored: World) -> None:
    study_shares_of(date(2026, 2, 1))
    count_downloads(stored)
    found = page(client, "/adoption/")
    places = [text_of(row) for row in found.select("table:has(#leaders-table-caption) tbody tr")]
    assert len(places) == 5
    share = found.select_one("table:has(#frontier-share-table-caption) td.number a")
    assert share is not None
    assert text_of(share) == f"{sum(' open ' in row for row in places)} of 5"
    assert share["href"] == "/adoption/?as_of=2026-02-01#leaders"
    sum_of = found.select_one("table:has(#family-1-caption) td.number a")
    assert sum_of is not None
    added = page(client, str(sum_of["href"])).select("table:has(#repositories-table-caption) tbody tr")
    assert [text_of(row).replace("\u202f", " ") for row in added] == [
        f"invented/amber-{size} Amber 8 000 000" for size in range(3)
    ]
    assert text_of(sum_of).replace("\u202f", " ") == "24 000 000"
    link = added[0].select_one("a.derived")
    assert link is not None
    assert SHA256 in text_of(page(client, str(link["href"])).main)


def test_a_third_partys_repository_is_no_release(tmp_path: Path) -> None:
    publish(tmp_path, on(5))
    refresh_identity()
    before = list(releases())
    AIModel.objects.filter(access="open").update(listed=False)
    assert 0 < len(list(releases())) < len(before)
    AIModel.objects.update(released_precision="year")
    assert list(releases()) == []
