import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from models_catalog.findings.status import source_lines
from models_catalog.models import AIModel, CurrentObservation, Fit, Organization, Result
from models_catalog.sources import SOURCES
from models_catalog.vocabulary import FactKind, Inputs
from tests.web.reading import heading, page, text_of
from tests.web.stored import CAPTURED, SHA256, World, fetched, observe

pytestmark = pytest.mark.django_db
EMPTY = ("/", "/gap/", "/landscape/", "/models/", "/status/", "/method/", "/corrections/")


@pytest.mark.parametrize("address", EMPTY)
def test_every_page_answers_when_nothing_is_stored(client: Client, address: str) -> None:
    assert heading(page(client, address))


def test_an_empty_home_says_why_there_is_no_answer(client: Client) -> None:
    found = page(client, "/")
    assert heading(found) == "The gap has not been computed yet."
    assert "No scores have been collected" in text_of(found.main)


def test_home_answers_in_one_sentence_with_method_interval_and_day(client: Client, stored: World) -> None:
    headline = Result.objects.filter(method="catch_up", delta=0)
    headline.update(value=5.66, low=5.2, high=7.1, reason="")
    with time_machine.travel(CAPTURED + timedelta(days=3), tick=False):
        found = page(client, "/")
    assert heading(found) == "Open-weight models are 5.7 months behind closed ones."
    assert text_of(found.select_one(".terms")) == (
        "90 % interval 5.2–7.1 months from 40 draws · catch-up time · from all scores collected here · "
        "as of 1 Mar 2026 , newest data 3 days ago · trend not tested yet · one other method says 3.0 months"
    )


def test_home_says_at_least_where_the_figure_is_censored(client: Client, stored: World) -> None:
    Result.objects.filter(method="catch_up", delta=0).update(value=8.0, at_least=True, reason="")
    assert heading(page(client, "/")) == "Open-weight models are at least 8.0 months behind closed ones."


def test_home_refuses_with_the_reason_where_evidence_is_missing(client: Client, stored: World) -> None:
    reason = Result.objects.get(method="catch_up", delta=0).reason
    assert reason
    said = f"There is not enough evidence to state the catch-up time: {reason}."
    assert heading(page(client, "/")) == said


def test_home_shows_best_models_point_gap_and_chart(client: Client, stored: World) -> None:
    found = page(client, "/")
    facts = text_of(found.select_one(".facts"))
    assert "Best closed Amber 4 150.0 points" in facts
    assert "Best open Birch 3 141.0 points" in facts
    assert re.search(r"Point gap 9\.0 points, 90 % interval \d+\.\d–\d+\.\d", facts)
    assert len(found.select("figure#frontier svg[role=img]")) == 2


def test_the_newest_capture_is_stale_even_when_an_archive_never_is(client: Client, stored: World) -> None:
    archive = max(SOURCES, key=lambda source: source.stale_after)
    old = fetched(archive.slug)
    old.observed_at -= timedelta(days=1)
    old.save()
    assert archive.stale_after > timedelta(days=365)
    with time_machine.travel(CAPTURED + timedelta(days=90), tick=False):
        marks = [text_of(mark) for mark in page(client, "/").select(".freshness.stale")]
    assert marks == ["2 months ago (stale)"] * 2


def test_home_counts_the_newest_releases_by_access(client: Client, stored: World) -> None:
    heading_text = text_of(page(client, "/").select_one("#newest"))
    assert (
        heading_text == "Of the 9 newest models, 3 have open weights, 5 are closed and 1 is of unknown access"
    )


def test_a_release_in_the_future_is_not_new(client: Client, stored: World) -> None:
    with time_machine.travel(datetime(2025, 11, 1, tzinfo=UTC), tick=False):
        assert "Amber 4" not in text_of(page(client, "/").select_one("section[aria-labelledby=newest]"))


def test_the_gap_can_be_read_by_another_method(client: Client, stored: World) -> None:
    found = page(client, "/gap/?method=point_gap")
    assert heading(found) == "The best open-weight model is 9.0 index points below the best closed one."
    chosen = found.select_one("select[name=method] option[selected]")
    assert chosen is not None
    assert chosen["value"] == "point_gap"


def test_a_refused_method_is_shown_as_insufficient_evidence(client: Client, stored: World) -> None:
    found = page(client, "/gap/?method=level_mean")
    said = text_of(found.select_one(".empty"))
    assert said.startswith("Insufficient evidence Closed models raised their record only 3 times")


def test_a_past_day_carries_a_banner_and_hides_later_models(client: Client, stored: World) -> None:
    found = page(client, "/gap/?as_of=2025-04-01&method=point_gap")
    notice = text_of(found.select_one(".notice"))
    assert "You are looking at 1 Apr 2025" in notice
    assert "1 Mar 2026" in notice
    assert heading(found) == "The best open-weight model is 20.0 index points below the best closed one."
    assert "Birch 3" not in text_of(found.main)


def test_a_day_before_any_model_gives_reasons_not_numbers(client: Client, stored: World) -> None:
    found = page(client, "/gap/?as_of=2015-01-01")
    assert heading(found).startswith("There is not enough evidence")
    assert "No model had been scored by then." in text_of(found.main)


def test_a_later_day_than_the_data_is_refused_in_words(client: Client, stored: World) -> None:
    found = page(client, "/gap/?as_of=2030-01-01")
    assert "There is no data after 1 Mar 2026; showing that day." in text_of(found.main)


@pytest.mark.parametrize(
    "query", ["method=worst", "delta=7", "inputs=mine", "as_of=12/03/2026", "as_of=9999-99-99"]
)
def test_what_cannot_be_read_is_named_and_the_default_shown(
    client: Client, stored: World, query: str
) -> None:
    found = page(client, f"/gap/?{query}")
    assert query.split("=")[1] in text_of(found.select_one(".notice"))


def test_other_scores_that_were_not_computed_are_said_to_be_missing(client: Client, stored: World) -> None:
    assert (
        heading(page(client, "/gap/?inputs=epoch"))
        == "No gap has been computed yet from Epoch AI’s published index."
    )


def test_every_step_of_both_frontiers_is_listed(client: Client, stored: World) -> None:
    found = page(client, "/gap/")
    tables = {
        text_of(table.caption): text_of(table.tbody) for table in found.select("table") if table.caption
    }
    assert "Amber 2" in tables["Steps of the closed frontier, newest first"]
    assert "Birch 2" in tables["Steps of the open frontier, newest first"]


def test_the_landscape_counts_by_organisation(client: Client, stored: World) -> None:
    found = page(client, "/landscape/")
    assert heading(found) == "3 of 9 models have open weights, 5 are closed, 1 unknown."
    row = text_of(found.select_one("table tbody tr"))
    assert row == "Invented Lab 9 3 0 0 3 0 0 5 1 Norway Amber 4 150.0 points Amber 4 1 Dec 2025"


def test_the_landscape_can_be_filtered_and_cleared(client: Client, stored: World) -> None:
    found = page(client, "/landscape/?access=closed&country=Norway")
    assert heading(found) == "5 models are closed."
    chips = [text_of(chip) for chip in found.select(".chips a")]
    assert chips == ["Access: Closed × (remove)", "Country: Norway × (remove)", "Clear all"]
    removed = found.select_one(".chips a")
    assert removed is not None
    assert removed["href"] == "/landscape/?country=Norway"


def test_the_landscape_credits_whom_the_catalogue_rests_on_in_full(client: Client, stored: World) -> None:
    for slug in ("arena", "huggingface", "openrouter"):
        fetched(slug)
    found = page(client, "/landscape/")
    notes = [text_of(note) for note in found.select("figure .note")]
    line = next(note for note in notes if note.startswith("Source:"))
    for words in ("Epoch AI", "models.dev", "OpenRouter", "Hugging Face Hub"):
        assert words in line
    assert "Arena" not in line
    assert line.endswith("graded by Open Gap from the licences and statements read.")


def test_models_can_be_searched_filtered_and_cleared(client: Client, stored: World) -> None:
    assert (
        heading(page(client, "/models/")) == "9 models, 3 with open weights, 5 closed, 1 of unknown access."
    )
    found = page(client, "/models/?q=birch&access=open")
    assert heading(found) == "3 models match."
    assert [text_of(cell) for cell in found.select("tbody th a")] == ["Birch 3", "Birch 2", "Birch 1"]
    assert [chip["href"] for chip in found.select(".chips a")] == [
        "/models/?access=open",
        "/models/?q=birch",
        "/models/",
    ]


def test_what_can_be_filtered_on_is_what_is_stored_with_its_number(client: Client, stored: World) -> None:
    lab = Organization.objects.create(slug="far-lab", name="Far Lab", country="Chile")
    AIModel.objects.filter(slug="birch-3").update(organization=lab, modalities=["text", "image"])
    for address in ("/models/", "/landscape/"):
        offered = {
            name: [text_of(option) for option in page(client, address).select(f"select[name={name}] option")]
            for name in ("country", "modality", "access")
        }
        assert offered == {
            "country": ["Any", "Norway (8)", "Chile (1)"],
            "modality": ["Any", "Text (9)", "Images (1)"],
            "access": ["Any", "Open weights (3)", "Closed (5)", "Unknown access (1)"],
        }


@pytest.mark.parametrize("address", ["/models/", "/landscape/"])
def test_a_country_and_a_modality_can_be_filtered_for(client: Client, stored: World, address: str) -> None:
    lab = Organization.objects.create(slug="far-lab", name="Far Lab", country="Chile")
    AIModel.objects.filter(slug="birch-3").update(organization=lab, modalities=["text", "image"])
    for query in ("country=Chile", "modality=image"):
        found = page(client, f"{address}?{query}")
        assert "Birch 3" in text_of(found.main)
        assert "Amber 4" not in text_of(found.main)


def test_a_listing_date_is_marked_and_is_not_new(client: Client, stored: World) -> None:
    AIModel.objects.filter(slug="birch-2").update(released="2026-07-02", released_kind="listing")
    listed = page(client, "/models/?sort=-released")
    assert [text_of(name) for name in listed.select("tbody th a")][-1] == "Birch 2"
    dates = [text_of(mark) for mark in listed.select(".listed[title]")]
    assert dates == ["listed 2 Jul 2026"]
    model = page(client, "/models/birch-2/")
    assert text_of(model.select_one(".terms")).endswith(
        "listed 2 Jul 2026 · 120.0 points on the index · compare"
    )
    assert "released listed" not in text_of(model.main).lower()
    assert "Birch 2" not in text_of(page(client, "/").select_one("section[aria-labelledby=newest]"))


def test_an_organisation_s_newest_release_is_a_stated_one_where_there_is_one(
    client: Client, stored: World
) -> None:
    AIModel.objects.filter(slug="birch-2").update(released="2026-07-02", released_kind="listing")
    assert text_of(page(client, "/landscape/").select_one("tbody tr")).endswith("Amber 4 1 Dec 2025")
    AIModel.objects.exclude(slug="birch-2").update(released=None)
    assert text_of(page(client, "/landscape/").select_one("tbody tr")).endswith("Birch 2 listed 2 Jul 2026")


def test_no_match_says_what_to_do(client: Client, stored: World) -> None:
    assert "No model matches." in text_of(page(client, "/models/?q=zzz").main)


@pytest.mark.parametrize(
    "query",
    ["page=-1", "page=1e9", "page=999999999999999999999", "sort=password", "q=(a%2B)%2B$", "q=%00", "tier=x"],
)
def test_odd_queries_are_answered(client: Client, stored: World, query: str) -> None:
    assert heading(page(client, f"/models/?{query}"))


def test_pages_lead_to_each_other_and_keep_the_filters(client: Client, stored: World) -> None:
    lab = Organization.objects.get()
    AIModel.objects.bulk_create(
        AIModel(
            slug=f"dust-{n}", name=f"Dust {n}", organization=lab, access="open", tier="unknown", search="dust"
        )
        for n in range(60)
    )
    first = page(client, "/models/?q=dust&sort=name")
    following = first.select_one("a[rel=next]")
    assert following is not None
    second = page(client, str(following["href"]))
    assert "Page 2 of 2" in text_of(second.main)
    assert len(second.select("tbody tr")) == 10
    back = second.select_one("a[rel=prev]")
    assert back is not None
    assert back["href"] == "/models/?q=dust&sort=name"


def test_a_model_shows_scores_and_prices_with_their_evidence(client: Client, stored: World) -> None:
    model = stored.models["Birch 3"]
    price = {"provider": "hostco", "unit": "input", "amount": "0.0375", "per": "1M tokens", "currency": "USD"}
    row = observe(stored, "models-dev", model, FactKind.PRICE, price)
    found = page(client, "/models/birch-3/")
    link = found.select_one(f'a[data-observation="{row.pk}"]')
    assert text_of(link) == "$0.038"
    score = stored.scores["Birch 3"]
    scores = found.select_one("section[aria-labelledby=scores]")
    assert scores is not None
    assert text_of(scores.select_one(f'a[data-observation="{score.pk}"]')) == "61.2 %"


def test_a_model_and_a_comparison_show_what_held_on_a_past_day(client: Client, stored: World) -> None:
    model = stored.models["Birch 3"]
    price = {"provider": "hostco", "unit": "input", "amount": "0.5", "per": "1M tokens", "currency": "USD"}
    row = observe(stored, "models-dev", model, FactKind.PRICE, price)
    assert model.released is not None
    for day, held in ((model.released, True), (model.released - timedelta(days=1), False)):
        query = f"as_of={day}"
        found = page(client, f"/models/birch-3/?{query}")
        assert "You are looking at" in text_of(found.select_one(".notice"))
        assert ("was not out yet" in text_of(found.main)) is not held
        for value in (row, stored.scores["Birch 3"]):
            assert bool(found.select_one(f'[data-observation="{value.pk}"]')) is held
        compared = page(client, f"/compare/?m=birch-3&m=amber-4&{query}")
        assert bool(compared.select(f'[data-observation="{stored.scores["Birch 3"].pk}"]')) is held
        assert compared.select_one(".notice a[href='/compare/?m=birch-3&m=amber-4']")
        assert all(query in str(chip["href"]) for chip in compared.select(".chips a"))
        assert [field["value"] for field in compared.select("form [name=m]")][:2] == ["birch-3", "amber-4"]


def offered(stored: World, host: str, paid: str, answered: str) -> list[int]:
    """Both prices of one offer of Birch 3, as observations."""
    terms = {"provider": host, "per": "1M tokens", "currency": "USD", "tier": "standard"}
    sides = (("input", paid), ("output", answered))
    rows = [
        observe(
            stored, "models-dev", stored.models["Birch 3"], FactKind.PRICE,
            terms | {"unit": unit, "amount": amount}, name=host,
        )
        for unit, amount in sides
    ]  # fmt: skip
    CurrentObservation.objects.filter(pk=rows[1].pk).update(subject=rows[0].subject, key="output")
    return [row.pk for row in rows]


def test_the_numbers_of_every_list_lead_to_their_observations(client: Client, stored: World) -> None:
    AIModel.objects.filter(slug="birch-3").update(input_price="0.5", output_price="2")
    dear, counted = offered(stored, "dear", "9", "2"), offered(stored, "usual", "0.50", "2")
    lists = ("/", "/models/", "/releases/", "/organisations/invented-lab/", "/compare/?m=birch-3&m=amber-4")
    for address in (*lists, "/run/"):
        found = page(client, address)
        shown = {int(str(link["data-observation"])) for link in found.select("[data-observation]")}
        assert set(counted) <= shown, address
        assert not shown & set(dear), address
        level = found.select_one('main a.derived[href="/models/birch-3/#scores"]')
        assert level is not None, address
        assert text_of(level) == "141.0"
    model = page(client, "/models/birch-3/")
    facts = model.select(".facts [data-observation]")
    assert {int(str(link["data-observation"])) for link in facts} == set(counted)
    scored = model.select("section[aria-labelledby=scores] [data-observation]")
    assert {int(str(link["data-observation"])) for link in scored} == {stored.scores["Birch 3"].pk}


def test_a_level_that_a_source_states_leads_to_it_and_a_fitted_one_to_the_scores(
    client: Client, stored: World
) -> None:
    fitted = page(client, "/gap/").select_one("table:has(#open-steps-caption) td.number a")
    assert fitted is not None
    assert str(fitted["href"]).endswith("/#scores")
    Fit.objects.update(inputs=Inputs.EPOCH)
    cache.clear()
    published = page(client, "/gap/?inputs=epoch").select_one("table:has(#open-steps-caption) td.number a")
    assert published is not None
    assert int(str(published["data-observation"])) in {row.pk for row in stored.scores.values()}


def test_a_model_says_how_far_it_stands_from_the_best_of_either_side(client: Client, stored: World) -> None:
    facts = page(client, "/models/birch-2/").select_one("dl.facts")
    assert facts is not None
    assert [text_of(link) for link in facts.select('a[href="/gap/#steps"]')] == [
        "30.0 points below Amber 4, the highest closed model",
        "21.0 points below Birch 3, the highest open model",
    ]
    assert "below" not in text_of(page(client, "/models/amber-4/").select_one("dl.facts"))


def test_a_model_says_which_of_its_versions_has_the_level(client: Client, stored: World) -> None:
    fit = Fit.objects.get()
    for point in fit.points:
        if point["key"] == "birch-3":
            point["name"] = "Birch 3 (2025-11)"
    fit.save()
    facts = text_of(page(client, "/models/birch-3/").select_one(".facts"))
    assert "141.0 points 90 % interval 139.0–143.0 of its best version, Birch 3 (2025-11)" in facts
    assert "best version" not in text_of(page(client, "/models/birch-2/").main)


def test_a_model_that_anchors_the_scale_shows_no_interval(client: Client, stored: World) -> None:
    fit = Fit.objects.get()
    for point in fit.points:
        if point["key"] == "amber-4":
            point["low"] = point["high"] = point["level"]
    fit.save()
    assert "interval" not in text_of(page(client, "/models/amber-4/").select_one(".facts"))
    assert "150.0–150.0" not in text_of(page(client, "/gap/").main)


def test_a_date_is_labelled_as_the_day_it_is(client: Client, stored: World) -> None:
    model = stored.models["Birch 3"]
    listed = {"date": "2025-09-04", "date_kind": "listing"}
    observe(stored, "models-dev", model, FactKind.RELEASE, listed, name="host/birch-3")
    ending = {"provider": "host", "event": "retires", "date": "2027-01-31"}
    observe(stored, "models-dev", model, FactKind.LIFECYCLE, ending, name="host/birch")
    rows = [text_of(row) for row in page(client, "/models/birch-3/").select("tr")]
    assert any(row.startswith("Listed since 2025-09-04") for row in rows)
    assert any(row.startswith("Lifecycle host: retires 2027-01-31") for row in rows)
    assert not any(row.startswith("Release date") for row in rows)


def test_the_rule_behind_a_price_is_said_where_prices_are(client: Client, stored: World) -> None:
    AIModel.objects.filter(slug="birch-3").update(input_price="0.5", output_price="2")
    price = {"provider": "host", "unit": "input", "amount": "0.5", "per": "1M tokens", "currency": "USD"}
    observe(stored, "models-dev", stored.models["Birch 3"], FactKind.PRICE, price)
    model = page(client, "/models/birch-3/")
    assert "$0.50 in, $2.00 out per 1M tokens" in text_of(model.select_one(".facts"))
    for found in (model, page(client, "/models/")):
        assert "of three or more hosts, the second lowest" in text_of(found.main)
        assert "lowest listed" not in text_of(found.main)
    assert page(client, "/method/").select_one("#prices")


def test_disagreements_are_told_in_the_words_of_the_page(client: Client, stored: World) -> None:
    AIModel.objects.filter(slug="birch-3").update(
        conflicts=[
            "released 2026-07-27 (review, weights), but also 2026-02-31 (epoch, announced)",
            'graded open-weights-restricted, but Epoch AI states "Open weights (non-commercial)"',
            "graded open, but served only (models-dev)",
        ]
    )
    told = [text_of(item) for item in page(client, "/models/birch-3/").select(".notice li")]
    assert told == [
        "released 27 Jul 2026 (reviewed by Open Gap: weights), but also 2026-02-31 (Epoch AI: announced)",
        'graded “Open weights, restricted”, but Epoch AI states "Open weights (non-commercial)"',
        "graded open, but served only (models.dev)",
    ]


def test_a_model_without_facts_gives_a_reason_for_every_dash(client: Client, stored: World) -> None:
    AIModel.objects.create(slug="bare", name="Bare", access="unknown", tier="unknown")
    found = page(client, "/models/bare/")
    dashes = found.select(".missing")
    assert len(dashes) >= 6
    assert all(dash["title"] and text_of(dash).startswith("— ") for dash in dashes)
    assert "No source we read has scored this model." in text_of(found.main)


def test_a_month_is_not_shown_as_a_day(client: Client, stored: World) -> None:
    AIModel.objects.filter(slug="birch-3").update(released_precision="month")
    found = page(client, "/models/birch-3/")
    assert "released Sep 2025" in text_of(found.select_one(".terms"))


def test_evidence_shows_source_quote_times_licence_and_hash(client: Client, stored: World) -> None:
    row = stored.scores["Birch 3"]
    found = page(client, f"/evidence/{row.pk}/")
    said = text_of(found.main)
    for words in ("Birch 3", "61.20", "27 Feb 2026, 06:00 UTC", SHA256, "CC", "1 Sep 2025"):
        assert words in said
    assert text_of(found.blockquote) == "61.20"


@pytest.mark.parametrize(
    "address", ["/evidence/999999/", "/evidence/99999999999999999999/", "/models/none/", "/x"]
)
def test_what_does_not_exist_is_a_page_that_helps(client: Client, stored: World, address: str) -> None:
    found = page(client, address, status=404)
    assert heading(found) == "There is nothing at this address."
    assert found.select('main a[href="/models/"]')
    said = text_of(found.select_one(".terms"))
    assert said[0] in "/N"
    assert said.endswith(".")
    assert not said.endswith("..")


def test_a_broken_page_needs_nothing_that_broke(client: Client) -> None:
    from models_catalog.web.views.errors import server_error

    response = server_error(client.request().wsgi_request)
    assert response.status_code == 500
    assert "This page could not be made." in response.content.decode()


def test_the_method_page_has_an_anchor_for_every_headline_link(client: Client, stored: World) -> None:
    method = page(client, "/method/")
    for address in ("/", "/gap/", "/landscape/"):
        for link in page(client, address).select('a[href^="/method/#"]'):
            assert method.find(id=str(link["href"]).split("#")[1]), link


def test_robots_may_read_the_pages(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    assert "Disallow: /admin/" in response.content.decode()


@pytest.mark.parametrize("address", ["/", "/gap/", "/models/", "/evidence/1/"])
def test_pages_only_answer_reading(client: Client, stored: World, address: str) -> None:
    assert client.post(address).status_code == 405


def test_a_long_table_folds_its_rest(client: Client, stored: World) -> None:
    AIModel.objects.bulk_create(
        AIModel(
            slug=f"lab-model-{number}",
            name=f"Model {number}",
            organization=Organization.objects.create(slug=f"lab-{number}", name=f"Lab {number}"),
            access="closed",
            tier="closed",
        )
        for number in range(30)
    )
    found = page(client, "/landscape/")
    rest = found.select_one("details.rest")
    assert text_of(rest).startswith("15 more rows")
    assert len(found.select("#landscape-table-caption")) == 1
    assert len(found.select("main tbody tr")) == 31


@pytest.mark.parametrize("address", ["/landscape/", "/models/", "/models/birch-3/"])
def test_pages_name_the_sources_they_do_without(client: Client, stored: World, address: str) -> None:
    said = text_of(page(client, address).select_one(".uncleared"))
    assert "OpenRouter" in said
    assert "Hugging Face Hub" in said
    assert "Epoch" not in said
    without = [line for line in source_lines() if not line.export and not line.observations]
    assert f"and {len(without) - 3} other sources:" in said
