"""Text from outside stays text: on every page that can show it."""

import pytest
from django.test import Client

from models_catalog.models import AIModel, Observation
from models_catalog.vocabulary import FactKind
from tests.web.reading import page, text_of
from tests.web.stored import World, observe

pytestmark = pytest.mark.django_db

HOSTILE = (
    "<script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "'><img src=x onerror=alert(1)>",
    "{{ 7*7 }}{% debug %}",
    "</title></svg><script>alert(1)</script>",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_model_name_is_shown_as_it_is(client: Client, stored: World, name: str) -> None:
    AIModel.objects.filter(slug="birch-3").update(
        name=name, search=name.lower(), licence=name, tier_reason=name
    )
    Observation.objects.filter(pk=stored.scores["Birch 3"].pk).update(
        value={
            "quote": name,
            "benchmark": name,
            "metric": "x",
            "value": "1",
            "unit": "percent",
            "settings": name,
        }
    )
    for address in (
        "/",
        "/models/",
        "/models/birch-3/",
        "/landscape/",
        f"/evidence/{stored.scores['Birch 3'].pk}/",
    ):
        found = page(client, address)
        assert all(script.get("src") for script in found.select("script")), address
        assert not [tag for tag in found.find_all() if {"onmouseover", "onerror"} & set(tag.attrs)], address
        assert name in text_of(found) or address in ("/landscape/",), address


def test_a_hostile_name_in_a_chart_stays_text(client: Client, stored: World) -> None:
    from models_catalog.models import Fit

    fit = Fit.objects.get()
    for point in fit.points:
        if point["key"] == "birch-3":
            point["name"] = HOSTILE[0]
    fit.save()
    for address in ("/", "/gap/"):
        found = page(client, address)
        assert all(script.get("src") for script in found.select("script")), address
        assert found.select("svg text")


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "http://licence.example/", "data:text/html,x", "//x.example/"]
)
def test_only_https_licence_links_are_links(client: Client, stored: World, link: str) -> None:
    AIModel.objects.filter(slug="birch-3").update(licence_link=link)
    found = page(client, "/models/birch-3/")
    assert not found.select(f'a[href="{link}"]')
    assert "invented-1.0" in text_of(found.main)


def test_an_https_licence_link_is_a_link(client: Client, stored: World) -> None:
    found = page(client, "/models/birch-3/")
    assert found.select_one('a[href="https://licence.example/1.0"]')


@pytest.mark.parametrize(
    ("raw", "shown"), [("Bi\u202erch", "Bi\\u202erch"), ("Birch\u200b3", "Birch\\u200b3")]
)
def test_characters_that_deceive_the_eye_are_spelled_out(
    client: Client, stored: World, raw: str, shown: str
) -> None:
    AIModel.objects.filter(slug="birch-3").update(name=raw)
    for address in ("/models/", "/models/birch-3/"):
        response = client.get(address).content.decode()
        assert raw not in response, address
        assert shown in response, address


def test_a_long_name_is_cut(client: Client, stored: World) -> None:
    AIModel.objects.filter(slug="birch-3").update(name="x" * 200)
    observe(stored, "epoch", stored.models["Birch 3"], FactKind.RELEASE, {"status": "y" * 5000}, name="long")
    response = client.get("/models/birch-3/").content.decode()
    assert "x" * 200 in response
    assert "y" * 201 not in response


def test_a_hostile_search_is_shown_as_text(client: Client, stored: World) -> None:
    found = page(client, "/models/?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&country=%3Cb%3E")
    assert all(script.get("src") for script in found.select("script"))
    field = found.select_one("#filter-q")
    assert field is not None
    assert field["value"] == '"><script>alert(1)</script>'


def test_a_hostile_address_is_shown_as_text(client: Client, stored: World) -> None:
    found = page(client, "/%3Cscript%3Ealert(1)%3C/script%3E", status=404)
    assert all(script.get("src") for script in found.select("script"))
