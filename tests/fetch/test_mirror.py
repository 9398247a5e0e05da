"""A source pointed at a local mirror or at a folder, by a setting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from models_catalog.fetch.door import LiveDoor, open_door
from models_catalog.fetch.errors import ForbiddenAddress, ForbiddenRedirect
from models_catalog.fetch.folder import FolderDoor
from models_catalog.fetch.route import Route
from models_catalog.sources.contract import SourceError
from tests.fetch.conftest import HOST, PAGE, World
from tests.fetch.fault_server import FaultServer, redirect, response

DATA = b'{"data": [1]}'
GOOD = response(DATA)


@pytest.fixture
def mirror() -> Iterator[FaultServer]:
    with FaultServer() as running:
        yield running


def pointed_at(world: World, mirror: str) -> World:
    world.settings = replace(world.settings, mirrors={"invented": mirror})
    return world


def test_a_mirror_replaces_scheme_and_host(world: World, mirror: FaultServer) -> None:
    pointed_at(world, f"{mirror.url}/copy/")
    mirror.on("/copy/models", GOOD)
    page = world.fetch(f"{PAGE}?page=2")
    assert page.url == f"{PAGE}?page=2"
    assert world.reports[0].final_url == f"{mirror.url}/copy/models?page=2"
    assert world.server.connections == 0


def test_a_mirror_is_not_paced(world: World, mirror: FaultServer) -> None:
    pointed_at(world, mirror.url).limit(pace=30.0)
    mirror.on("/models", GOOD)
    with world.door() as door:
        for _ in range(3):
            door("models", PAGE)
    assert world.pauses == []


@pytest.mark.parametrize(
    ("mirror", "own"),
    [
        ("http://127.0.0.1:9000", True),
        ("http://[::1]:9000/copy", True),
        ("http://10.1.2.3", True),
        ("http://localhost:9000", True),
        ("http://hub-mirror:9000", True),
        ("https://mirror.internal", True),
        ("https://hub.heron.example", False),
        ("https://93.184.215.14", False),
    ],
)
def test_only_a_mirror_of_our_own_is_asked_without_pause(world: World, mirror: str, own: bool) -> None:
    assert Route(world.source, mirror).own is own
    with pointed_at(world, mirror).door() as door:
        assert door.politeness.interval("any") == (0.0 if own else world.settings.limits.pace)


@pytest.mark.parametrize(
    "location", ["https://source.test/models", "http://127.0.0.1:1/models", "//10.0.0.1/"]
)
def test_a_mirror_may_redirect_to_itself_only(world: World, mirror: FaultServer, location: str) -> None:
    pointed_at(world, mirror.url)
    mirror.on("/models", redirect("/other"))
    mirror.on("/other", GOOD)
    assert world.fetch().body == DATA
    mirror.on("/models", redirect(location))
    with pytest.raises(ForbiddenRedirect, match="the mirror http://127"):
        world.fetch()
    assert set(world.dialled) == {"127.0.0.1"}


def test_a_mirror_with_a_link_local_address_is_refused(world: World) -> None:
    pointed_at(world, "http://169.254.169.254")
    assert isinstance(world.failure(), ForbiddenAddress)
    assert world.dialled == []


@pytest.mark.parametrize("mirror", ["ftp://127.0.0.1/", "http://", "http://a:b@127.0.0.1/"])
def test_a_mirror_that_is_no_address_is_refused_when_the_door_is_made(world: World, mirror: str) -> None:
    with pytest.raises(ValueError, match="mirror of invented needs an http:// or https:// address"):
        pointed_at(world, mirror).door()


def test_without_a_mirror_loopback_is_refused(world: World) -> None:
    world.names[HOST] = ["127.0.0.1"]
    assert isinstance(world.failure(), ForbiddenAddress)


def test_the_next_page_is_named_as_the_source_knows_it(world: World, mirror: FaultServer) -> None:
    pointed_at(world, f"{mirror.url}/copy")
    link = f'<{mirror.url}/copy/models?cursor=a%3D>; rel="next"'
    mirror.on("/copy/models", response(DATA, headers={"Link": link}))
    assert world.fetch().next_url == f"{PAGE}?cursor=a%3D"


@pytest.mark.parametrize(
    ("link", "following"),
    [
        (f'<{PAGE}?cursor=b>; rel="next"', f"{PAGE}?cursor=b"),
        ('</models?cursor=b>; rel="next", </models>; rel="first"', f"{PAGE}?cursor=b"),
        (f'<{PAGE}>; rel="prev"', None),
        ("nonsense", None),
        ("", None),
    ],
)
def test_the_next_page_is_read_from_the_link_header(world: World, link: str, following: str | None) -> None:
    world.server.on("/models", response(DATA, headers={"Link": link}))
    assert world.fetch().next_url == following


def test_the_settings_choose_the_door(world: World, mirror: FaultServer, tmp_path: Path) -> None:
    def door_for(value: str | None) -> LiveDoor | FolderDoor:
        settings = replace(world.settings, mirrors={"invented": value} if value else {"else": "http://x"})
        return open_door(world.source, settings, world.state, world.archive)

    with door_for(None) as live, door_for(mirror.url) as mirrored, door_for(str(tmp_path)) as folder:
        assert isinstance(live, LiveDoor)
        assert live.transport.adapter.reach.local is False
        assert isinstance(mirrored, LiveDoor)
        assert mirrored.transport.adapter.reach.local is True
        assert isinstance(folder, FolderDoor)


def test_a_failing_mirror_is_a_named_error_too(world: World, mirror: FaultServer) -> None:
    pointed_at(world, mirror.url)
    with pytest.raises(SourceError, match=r"127\.0\.0\.1 answered 404: the page is not there"):
        world.fetch()
