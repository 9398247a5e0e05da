"""robots.txt is asked for, and heeded, by sources that are pages."""

from __future__ import annotations

import pytest

from models_catalog.fetch.errors import GzipBomb, RobotsForbid, ServerFailure, TooLarge
from tests.fetch.conftest import HOST, World, invented_source
from tests.fetch.fault_server import redirect, response

HTML = {"Content-Type": "text/html"}
TEXT = {"Content-Type": "text/plain"}
PRICES = f"https://{HOST}/prices"
GOOD = response(b"<!doctype html><table></table>", headers=HTML)


@pytest.fixture
def pages(world: World) -> World:
    world.source = invented_source(media="html", api=False)
    world.server.on("/prices", GOOD)
    return world


def test_a_page_that_is_allowed_is_fetched_after_the_rules(pages: World) -> None:
    pages.server.on("/robots.txt", response(b"User-agent: *\nDisallow: /private\n", headers=TEXT))
    pages.fetch(PRICES)
    assert [request.path for request in pages.server.requests] == ["/robots.txt", "/prices"]


@pytest.mark.parametrize("agent", ["*", "OpenGap", "opengap"])
def test_a_page_that_is_not_allowed_is_not_fetched(pages: World, agent: str) -> None:
    pages.server.on(
        "/robots.txt", response(f"User-agent: {agent}\nDisallow: /prices\n".encode(), headers=TEXT)
    )
    error = pages.failure(PRICES)
    assert isinstance(error, RobotsForbid)
    assert str(error) == f"the robots.txt of {HOST} asks programs not to read '{PRICES}'"
    assert pages.server.asked("/prices") == []


def test_rules_for_others_do_not_bind_us(pages: World) -> None:
    pages.server.on("/robots.txt", response(b"User-agent: GPTBot\nDisallow: /\n", headers=TEXT))
    pages.fetch(PRICES)


def test_the_rules_are_read_once_per_run(pages: World) -> None:
    pages.server.on("/robots.txt", response(b"", headers=TEXT))
    with pages.door() as door:
        for _ in range(3):
            door("models", PRICES)
    assert len(pages.server.asked("/robots.txt")) == 1


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_site_without_rules_allows_everything(pages: World, status: int) -> None:
    pages.server.on("/robots.txt", response(b"", status))
    pages.fetch(PRICES)


def test_rules_that_cannot_be_read_forbid_for_now(pages: World) -> None:
    pages.server.on("/robots.txt", response(b"", 500))
    error = pages.failure(PRICES)
    assert isinstance(error, ServerFailure)
    assert error.retry
    assert pages.server.asked("/prices") == []


def test_a_crawl_delay_slows_the_door_down(pages: World) -> None:
    pages.server.on("/robots.txt", response(b"User-agent: *\nCrawl-delay: 12\n", headers=TEXT))
    with pages.door() as door:
        door("models", PRICES)
        door("models", PRICES)
    assert pages.pauses == [pytest.approx(12, abs=0.5)]


@pytest.mark.parametrize("delay", ["86400", "inf", "nan", "-1", "soon"])
def test_a_senseless_crawl_delay_does_not_stop_the_door(pages: World, delay: str) -> None:
    pages.server.on("/robots.txt", response(f"User-agent: *\nCrawl-delay: {delay}\n".encode(), headers=TEXT))
    with pages.door() as door:
        door("models", PRICES)
        door("models", PRICES)
    assert sum(pages.pauses) <= 30.5


def test_a_redirect_is_held_to_the_rules_too(pages: World) -> None:
    pages.server.on("/robots.txt", response(b"User-agent: *\nDisallow: /private\n", headers=TEXT))
    pages.server.on("/prices", redirect("/private/prices"))
    assert isinstance(pages.failure(PRICES), RobotsForbid)
    assert pages.server.asked("/private/prices") == []


def test_rules_of_any_size_are_bounded(pages: World) -> None:
    pages.server.on("/robots.txt", response(b"#" * 600 * 1024, headers=TEXT))
    error = pages.failure(PRICES)
    assert isinstance(error, TooLarge)
    assert not isinstance(error, GzipBomb)


def test_a_data_endpoint_is_fetched_without_asking(world: World) -> None:
    world.server.on("/models", response(b"[1]"))
    world.fetch()
    assert world.server.asked("/robots.txt") == []
