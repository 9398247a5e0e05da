"""A token goes to its own host, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from models_catalog.fetch.limits import DoorSettings
from tests.fetch.certificates import Authority, written
from tests.fetch.conftest import HOST, World, invented_source
from tests.fetch.fault_server import FaultServer, redirect, response

FILES = "files.test"
GOOD = response(b'{"data": [1]}')


@pytest.fixture
def with_token(world: World) -> World:
    world.settings = replace(world.settings, tokens={HOST: "hf_secret"})
    return world


def test_a_token_is_sent_to_its_host(with_token: World) -> None:
    with_token.server.on("/models", GOOD)
    with_token.fetch()
    assert with_token.server.requests[0].headers["authorization"] == "Bearer hf_secret"


def test_a_key_is_sent_in_the_header_its_owner_asks_for(with_token: World) -> None:
    with_token.source = replace(invented_source(), key_header="x-api-key")
    with_token.server.on("/models", GOOD)
    with_token.fetch()
    assert with_token.server.requests[0].headers["x-api-key"] == "hf_secret"
    assert "authorization" not in with_token.server.requests[0].headers


def test_a_token_does_not_follow_a_redirect_to_another_host(
    with_token: World, tmp_path: Path, authority: Authority
) -> None:
    certificate = written(tmp_path, "files.pem", authority.server(FILES))
    with FaultServer(certificate) as files:
        files.on("/models", GOOD)
        with_token.source = invented_source(hosts=(HOST, FILES))
        with_token.names[FILES] = ["93.184.215.15"]
        with_token.ports["93.184.215.15"] = files.port
        with_token.server.on("/models", redirect(f"https://{FILES}/models"))
        with_token.fetch()
    assert "authorization" in with_token.server.requests[0].headers
    assert "authorization" not in files.requests[0].headers


def test_a_token_is_not_sent_to_a_mirror(with_token: World) -> None:
    with FaultServer() as mirror:
        mirror.on("/models", GOOD)
        tokens = {HOST: "hf_secret", "127.0.0.1": "hf_secret"}
        with_token.settings = replace(with_token.settings, mirrors={"invented": mirror.url}, tokens=tokens)
        with_token.fetch()
    assert "authorization" not in mirror.requests[0].headers


def test_a_token_is_not_shown() -> None:
    assert "hf_secret" not in repr(DoorSettings("test@example.org", tokens={HOST: "hf_secret"}))


@pytest.mark.parametrize("contact", ["", "a@b.c\r\nX-Evil: 1", "naïve@example.org"])
def test_a_contact_that_cannot_be_sent_is_refused_at_once(contact: str) -> None:
    with pytest.raises(ValueError, match=r"contact|CONTACT"):
        DoorSettings(contact)
