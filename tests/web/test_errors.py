"""Pages for what is refused say why, and where to go."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.test import Client, RequestFactory

from models_catalog.web.views.errors import forbidden, too_many
from tests.web.reading import heading, page, text_of
from tests.web.stored import World

pytestmark = pytest.mark.django_db


def read(response: HttpResponse | None) -> BeautifulSoup:
    assert response is not None
    return BeautifulSoup(response.content.decode(), "lxml")


def served(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def test_a_form_without_its_token_is_refused_with_what_to_do() -> None:
    refused = CsrfViewMiddleware(served).process_view(RequestFactory().post("/somewhere/"), served, (), {})
    assert refused is not None
    assert refused.status_code == 403
    found = read(refused)
    assert heading(found) == "This form could not be accepted."
    assert "load the page anew" in text_of(found.main)


def test_what_is_not_open_says_so() -> None:
    refused = forbidden(RequestFactory().get("/somewhere/"), PermissionDenied("for reviewers"))
    assert refused.status_code == 403
    assert text_of(read(refused).select_one(".terms")) == "for reviewers"


def test_too_many_requests_say_when_to_come_again() -> None:
    refused = too_many(RequestFactory().get("/somewhere/"), "Sixty were made.", 20)
    assert (refused.status_code, refused["Retry-After"]) == (429, "20")
    assert "in 20 seconds" in text_of(read(refused).main)


@pytest.mark.parametrize("address", ["/models/brich-3/", "/models/Birch%203.html"])
def test_a_mistyped_address_of_a_model_offers_what_may_have_been_meant(
    client: Client, stored: World, address: str
) -> None:
    found = page(client, address, status=404)
    assert "Birch 3" in [text_of(link.span) for link in found.select(".suggestions a")]
    assert page(client, "/nothing/birch-3/", status=404).select(".suggestions") == []


def test_a_misspelt_search_without_javascript_offers_what_may_have_been_meant(
    client: Client, stored: World
) -> None:
    found = page(client, "/models/?q=brich+3")
    assert text_of(found.h1) == "0 models match."
    assert text_of(found.select_one(".suggestions a span")) == "Birch 3"
