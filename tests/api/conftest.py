from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker

from tests.kept_rows import KeptRows, kept_rows

EXAMPLES = Path(__file__).parent.parent / "examples"
ROOT = "/api/v1"


@pytest.fixture(scope="session")
def world(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> KeptRows:
    """Rows as the pipeline makes them, made once a process."""
    folder = tmp_path_factory.mktemp("collected")
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(OPENGAP_DATA=folder / "data", OPENGAP_BOOTSTRAP_DRAWS=20):
            collect(folder)
        kept = kept_rows()
        transaction.set_rollback(True)
    cache.clear()
    return kept


@pytest.fixture(scope="module")
def collected_once(world: KeptRows, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Those rows; tests of the module work in transactions inside this one."""
    with django_db_blocker.unblock(), transaction.atomic():
        world.give_back()
        cache.clear()
        with django_db_blocker.block():
            yield
        cache.clear()
        transaction.set_rollback(True)


def collect(folder: Path) -> None:
    """Our own examples, an invented scale of Epoch's, and two hosts that offer one of its models."""
    from tests.api.computing import compute_everything
    from tests.ingest.invented import on
    from tests.ingest.stated import offer, state
    from tests.measure.invented import measure, publish

    for name, example in (
        ("aider/polyglot_leaderboard.yml", "aider/polyglot.yml"),
        ("openrouter/models-2026-01-02.json", "openrouter/models.json"),
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(EXAMPLES / example, folder / name)
    call_command("collect", "--from", str(folder))
    publish(folder, on(5))
    measure(folder, on(6))
    prices = [
        *offer("one", "1", "4", name="Birch 6"),
        *offer("two", "0.000002", "0.000008", name="Birch 6", per="token"),
    ]
    state(folder, *prices, source="models-dev", board="api", observed_at=on(6))
    compute_everything()


@pytest.fixture
def collected(collected_once: None, db: None) -> None:
    """The collected rows, in a transaction of the test's own."""


@pytest.fixture
def get(client: Client) -> Callable[..., Any]:
    """The JSON of one address below the API's root, which must answer with the status."""

    def answer(path: str, status: int = 200, **query: str | int) -> Any:
        response = client.get(f"{ROOT}{path}", query)
        assert response.status_code == status, response.content[:500]
        if status >= 400:
            assert response["Content-Type"] == "application/problem+json"
        return response.json()

    return answer
