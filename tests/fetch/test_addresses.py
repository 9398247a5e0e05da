"""Which addresses are connected to, and that no other one ever is (faults 14 to 16)."""

from __future__ import annotations

import pytest

from models_catalog.fetch.address import refusal, shortlist
from models_catalog.fetch.errors import ForbiddenAddress, ForbiddenRedirect
from tests.fetch.conftest import HOST, PAGE, PUBLIC, World, invented_source
from tests.fetch.fault_server import raw, redirect, response

DATA = b'{"data": [1]}'
GOOD = response(DATA)

FORBIDDEN = [
    "0.0.0.0",
    "10.0.0.1",
    "100.64.0.1",
    "100.100.100.200",  # a cloud's metadata service
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",  # most clouds' metadata service
    "172.16.0.1",
    "192.0.0.9",
    "192.0.2.1",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2001:db8::1",
    "2001::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "not an address",
    "0x7f.1",
]


@pytest.mark.parametrize("address", FORBIDDEN)
def test_an_address_outside_the_public_internet_is_refused(address: str) -> None:
    assert refusal(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.215.14", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_a_public_address_is_fine(address: str) -> None:
    assert refusal(address) == ""


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "10.1.2.3", "192.168.0.2", "fd00::1", "8.8.8.8"])
def test_a_configured_mirror_may_be_local(address: str) -> None:
    assert refusal(address, local=True) == ""


@pytest.mark.parametrize(
    "address", ["169.254.169.254", "fe80::1", "0.0.0.0", "224.0.0.1", "::ffff:169.254.1.1"]
)
def test_not_even_a_mirror_may_be_link_local(address: str) -> None:
    assert refusal(address, local=True)


def test_many_v6_addresses_leave_room_for_v4() -> None:
    v6 = [f"2606:4700::{number}" for number in range(1, 9)]
    assert shortlist([*v6, "8.8.8.8", "8.8.4.4", "1.1.1.1"]) == [*v6[:2], "8.8.8.8", "8.8.4.4"]


# 14: redirects to where nobody should go


@pytest.mark.parametrize(
    "location",
    [
        "https://169.254.169.254/latest/meta-data/",
        "http://source.test/models",
        "https://evil.test/models",
        "https://source.test:8443/models",
        "https://user:secret@source.test/models",
        "https://source.test@evil.test/models",
        "//evil.test/models",
        "file:///etc/passwd",
        "gopher://source.test/",
        "https://source.test:port/",
        "https://[::1/",
    ],
)
def test_fault_14_a_redirect_off_the_declared_hosts_is_refused(world: World, location: str) -> None:
    world.server.on("/models", redirect(location))
    assert isinstance(world.failure(), ForbiddenRedirect)
    assert world.dialled == [PUBLIC]
    assert len(world.server.requests) == 1


@pytest.mark.parametrize("address", ["169.254.169.254", "127.0.0.1", "::ffff:10.0.0.1"])
def test_fault_14_a_redirect_to_a_declared_host_with_a_local_address_is_refused(
    world: World, address: str
) -> None:
    world.source = invented_source(hosts=(HOST, "files.source.test"))
    world.names["files.source.test"] = [address]
    world.server.on("/models", redirect("https://files.source.test/models"))
    error = world.failure()
    assert isinstance(error, ForbiddenAddress)
    assert str(error).startswith(f"files.source.test resolves to {address}")
    assert world.dialled == [PUBLIC]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_on_the_same_host_is_followed(world: World, status: int) -> None:
    world.server.on("/models", redirect("../new/models?page=1#top", status))
    world.server.on("/new/models", GOOD)
    page = world.fetch()
    assert page.url == PAGE
    assert world.reports[0].final_url == f"https://{HOST}/new/models?page=1"


def test_a_redirect_may_be_written_in_utf_8(world: World) -> None:
    world.server.on("/models", raw("HTTP/1.1 302 F\r\nLocation: /modèles\r\n\r\n".encode()))
    world.server.on("/mod%C3%A8les", GOOD)
    assert world.fetch().body == DATA


def test_five_hops_are_followed_and_a_sixth_is_not(world: World) -> None:
    for number in range(6):
        world.server.on(f"/hop{number}", redirect(f"/hop{number + 1}"))
    world.server.on("/hop5", GOOD)
    assert world.fetch(f"https://{HOST}/hop0").body == DATA
    world.server.on("/hop5", redirect("/hop6"))
    with pytest.raises(ForbiddenRedirect, match="redirects more than 5 times"):
        world.fetch(f"https://{HOST}/hop0")


# 15: circles


def test_fault_15_a_redirect_loop_is_left_at_once(world: World) -> None:
    world.server.on("/models", redirect("/a"))
    world.server.on("/a", redirect("/models"))
    error = world.failure()
    assert isinstance(error, ForbiddenRedirect)
    assert str(error) == f"source.test redirects in a circle, back to '{PAGE}'"
    assert len(world.server.requests) == 2


# 16: DNS rebinding


def test_fault_16_the_checked_address_is_the_one_connected_to(world: World) -> None:
    world.server.on("/models", GOOD)
    with world.door() as door:
        door("models", PAGE)
        world.names[HOST] = ["127.0.0.1"]
        door("models", PAGE)  # over the connection that was checked
    assert world.resolved == [HOST]
    assert world.dialled == [PUBLIC]
    assert world.server.names == [HOST], "TLS must be asked for the host's name, not for its address"


def test_fault_16_a_name_that_turns_local_is_refused_at_the_next_connection(world: World) -> None:
    closing = {"Connection": "close"}
    world.server.on("/models", response(DATA, headers=closing))
    with world.door() as door:
        door("models", PAGE)
        world.names[HOST] = ["127.0.0.1"]
        with pytest.raises(ForbiddenAddress, match=r"resolves to 127\.0\.0\.1"):
            door("models", PAGE)
    assert world.dialled == [PUBLIC]


def test_fault_16_one_local_address_among_public_ones_condemns_the_name(world: World) -> None:
    world.names[HOST] = [PUBLIC, "10.0.0.1"]
    assert isinstance(world.failure(), ForbiddenAddress)
    assert world.dialled == []


# The page's own address is held to the same rules


@pytest.mark.parametrize(
    "url",
    ["http://source.test/models", "https://evil.test/", "https://source.test:80/", "ftp://source.test/", ""],
)
def test_a_page_outside_the_declaration_is_not_fetched(world: World, url: str) -> None:
    assert isinstance(world.failure(url), ForbiddenRedirect)
    assert world.resolved == []


def test_a_declared_literal_address_is_checked_too(world: World) -> None:
    world.source = invented_source(hosts=("127.0.0.1",))
    assert isinstance(world.failure("https://127.0.0.1/models"), ForbiddenAddress)
    assert world.dialled == []
