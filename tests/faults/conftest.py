"""The worlds in which faults happen: accepted data a day old, an answer on the home page, a misbehaving host."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.fetch.certificates import Authority, written
from tests.fetch.fault_server import FaultServer

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import Settings

    from tests.faults.world import World


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an authority's certificate, one for each host, and one that expired."""
    folder, authority = tmp_path_factory.mktemp("certificates"), Authority.new()
    written(folder, "ca.pem", authority.certificate())
    for host in ("openrouter.ai", "huggingface.co"):
        written(folder, f"{host}.pem", authority.server(host))
    written(folder, "expired.pem", authority.server("openrouter.ai", valid_for=timedelta(days=-1)))
    return folder


@pytest.fixture
def answers(db: None, settings: Settings, tmp_path: Path) -> Iterator[None]:
    """The invented world's answer on the home page, and an archive of this test's own."""
    from django.core.cache import cache  # Django is not set up yet when this module is read

    from tests.web.stored import world

    settings.OPENGAP_DATA = tmp_path
    cache.clear()
    world()
    yield
    cache.clear()


@pytest.fixture
def world(answers: None, certificates: Path, client: Client) -> Iterator[World]:
    """OpenRouter, whose list was accepted 26 hours ago."""
    from tests.faults.world import accepted_before, world_of

    with FaultServer(certificates / "openrouter.ai.pem") as server:
        made = world_of("openrouter", server, certificates, client)
        accepted_before(made)
        yield made


@pytest.fixture
def hub(answers: None, certificates: Path, client: Client) -> Iterator[World]:
    """The Hugging Face Hub; nothing of it is collected yet."""
    from tests.faults.world import world_of

    with FaultServer(certificates / "huggingface.co.pem") as server:
        yield world_of("huggingface", server, certificates, client)


@pytest.fixture
def aider(answers: None, certificates: Path, client: Client) -> Iterator[World]:
    """The first board of Aider, by a local mirror; nothing of it is collected yet."""
    from tests.faults.world import only_first_board, world_of

    with FaultServer() as server:
        made = world_of("aider", server, certificates, client)
        only_first_board(made, server.url)
        yield made
