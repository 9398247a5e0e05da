"""Conditional requests: only what the gate accepted, only while we hold the bytes (fault 24)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from models_catalog.fetch.state import Validator
from models_catalog.sources.contract import WrongShape
from tests.fetch.conftest import HOST, PAGE, World
from tests.fetch.fault_server import Connection, Reply, Request, redirect, response

OLD, NEW = b'{"data": ["old"]}', b'{"data": ["new"]}'
TAG, DATE = '"v1"', "Mon, 02 Nov 2026 10:00:00 GMT"
UNCHANGED = response(b"", 304, {"ETag": TAG})


def only_if_changed(fresh: Reply) -> Reply:
    """As a well-behaved server: 304 to a request that carries our tag, else the whole page."""

    def reply(connection: Connection, request: Request) -> bool:
        conditional = request.headers.get("if-none-match") == TAG
        return (UNCHANGED if conditional else fresh)(connection, request)

    return reply


def accepted_before(world: World, *, days_ago: float = 1, **changes: str) -> Validator:
    """As ingest leaves things after the gate accepted a page."""
    known = Validator(
        url=PAGE,
        final_url=PAGE,
        sha256=world.archive.put(OLD),
        full_at=datetime.now(UTC) - timedelta(days=days_ago),
        etag=TAG,
        last_modified=DATE,
    )
    world.state.validators[PAGE] = replace(known, **changes)  # type: ignore[arg-type]  # text fields only
    return world.state.validators[PAGE]


def test_a_confirmed_page_comes_from_the_archive(world: World) -> None:
    known = accepted_before(world)
    world.server.on("/models", only_if_changed(response(NEW)))
    before = datetime.now(UTC)
    page = world.fetch()
    report = world.reports[0]
    assert page.body == OLD
    assert page.observed_at >= before
    assert (report.status, report.confirmed, report.sha256, report.size) == (
        304,
        True,
        known.sha256,
        len(OLD),
    )
    assert report.wire == 0
    sent = world.server.requests[0].headers
    assert (sent["if-none-match"], sent["if-modified-since"]) == (TAG, DATE)


def test_a_confirmation_that_repeats_nothing_keeps_what_is_known(world: World) -> None:
    accepted_before(world)
    world.server.on("/models", response(b"", 304))
    world.fetch()
    assert (world.reports[0].etag, world.reports[0].last_modified) == (TAG, DATE)


def test_a_changed_page_is_fetched_whole(world: World) -> None:
    accepted_before(world)
    world.server.on("/models", response(NEW, headers={"ETag": '"v2"'}))
    assert world.fetch().body == NEW
    assert (world.reports[0].confirmed, world.reports[0].etag) == (False, '"v2"')


def test_a_page_that_was_fetched_but_not_accepted_is_asked_for_whole(world: World) -> None:
    world.server.on("/models", only_if_changed(response(OLD, headers={"ETag": TAG})))
    world.fetch()
    assert world.fetch().body == OLD
    assert "if-none-match" not in world.server.requests[1].headers


def test_fault_24_no_condition_is_sent_when_the_raw_bytes_are_missing(world: World) -> None:
    known = accepted_before(world)
    world.archive.path(known.sha256).unlink()
    world.server.on("/models", only_if_changed(response(OLD, headers={"ETag": TAG})))
    assert world.fetch().body == OLD
    assert [("if-none-match" in request.headers) for request in world.server.requests] == [False]
    assert world.archive.get(known.sha256) == OLD


def test_fault_24_damaged_raw_bytes_are_fetched_again_and_healed(world: World) -> None:
    known = accepted_before(world)
    path = world.archive.path(known.sha256)
    path.write_bytes(path.read_bytes()[:-8])
    world.server.on("/models", only_if_changed(response(OLD, headers={"ETag": TAG})))
    assert world.fetch().body == OLD
    assert [("if-none-match" in request.headers) for request in world.server.requests] == [True, False]
    assert (world.reports[0].confirmed, world.reports[0].status) == (False, 200)
    assert world.archive.get(known.sha256) == OLD


def test_once_a_week_the_page_is_fetched_whole(world: World) -> None:
    accepted_before(world, days_ago=7.01)
    world.server.on("/models", only_if_changed(response(NEW)))
    assert world.fetch().body == NEW


def test_a_validator_without_a_value_asks_for_the_whole_page(world: World) -> None:
    accepted_before(world, etag="", last_modified="")
    world.server.on("/models", response(NEW))
    assert world.fetch().body == NEW
    assert "if-none-match" not in world.server.requests[0].headers
    assert "if-modified-since" not in world.server.requests[0].headers


def test_a_condition_is_sent_only_to_the_address_it_came_from(world: World) -> None:
    accepted_before(world, final_url=f"https://{HOST}/new")
    world.server.on("/models", redirect("/new"))
    world.server.on("/new", only_if_changed(response(NEW)))
    assert world.fetch().body == OLD
    asked = {request.path: "if-none-match" in request.headers for request in world.server.requests}
    assert asked == {"/models": False, "/new": True}


def test_a_304_that_nobody_asked_for_is_named(world: World) -> None:
    accepted_before(world, final_url=f"https://{HOST}/new")
    world.server.on("/models", UNCHANGED)
    with pytest.raises(WrongShape, match="answered 304 to a request without a condition"):
        world.fetch()
