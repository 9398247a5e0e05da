"""The tasks: Postgres says what is to do, a message only says "look", and a lost message loses nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from queue import Empty
from uuid import uuid4

import pytest
from celery import current_app
from django.utils import timezone
from pytest_django import Settings

from models_catalog import tasks
from models_catalog.ingest import schedule
from models_catalog.ingest.projections import is_projected, refresh_projections
from models_catalog.measure.standing import is_computed, is_detailed
from models_catalog.models import (
    AIModel,
    Fetch,
    Heartbeat,
    History,
    Issue,
    Observation,
    Resolution,
    Run,
    SourceState,
)
from models_catalog.sources import SOURCES
from models_catalog.vocabulary import Outcome
from tests.ingest.invented import on
from tests.ingest.stated import release, state
from tests.measure.invented import measure, publish

pytestmark = pytest.mark.django_db

EXAMPLES = Path(__file__).parent / "examples"


@pytest.fixture(autouse=True)
def aside(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """OpenRouter lives in a folder of ours, payloads are kept aside, and no bell rings on after the test."""
    (tmp_path / "openrouter").mkdir()
    shutil.copy(EXAMPLES / "openrouter" / "models.json", tmp_path / "openrouter" / "models-2026-01-02.json")
    settings.OPENGAP_MIRRORS = {"openrouter": str(tmp_path)}
    settings.OPENGAP_DATA = tmp_path / "data"
    settings.OPENGAP_BOOTSTRAP_DRAWS = 20
    current_app.control.purge()
    yield
    current_app.control.purge()


def rung() -> list[str]:
    """The bells that have rung, oldest first: names of the tasks in the broker's queue."""
    found: list[str] = []
    with suppress(Empty), current_app.connection_for_read() as connection:
        queue = connection.SimpleQueue("celery")
        while True:
            message = queue.get_nowait()
            found.append(message.headers["task"].removeprefix("models_catalog.tasks."))
            message.ack()
    return found


def rest(*slugs: str) -> None:
    """These sources are not due."""
    schedule.known_states()
    later = timezone.now() + timedelta(days=1)
    SourceState.objects.filter(slug__in=slugs).update(next_attempt_at=later)


def test_a_tick_rings_once_for_every_due_source_and_not_again() -> None:
    rest(*(source.slug for source in SOURCES[2:]))
    assert tasks.collect_due() == 2
    assert rung() == ["collect_source", "collect_source"]
    assert tasks.collect_due() == 0
    assert rung() == []


def test_a_source_is_collected_under_its_lease_and_the_gap_is_rung_for() -> None:
    token = dict(schedule.claim_due())["openrouter"]
    assert tasks.collect_source("openrouter", str(token)) == Outcome.ACCEPTED
    assert rung() == ["compute"]
    assert Run.objects.get().outcome == Outcome.ACCEPTED
    state_row = SourceState.objects.get(slug="openrouter")
    assert (state_row.lease_token, state_row.failures) == (None, 0)


def test_a_second_delivery_and_a_stranger_find_nothing_to_do() -> None:
    token = dict(schedule.claim_due())["openrouter"]
    tasks.collect_source("openrouter", str(token))
    assert tasks.collect_source("openrouter", str(token)) == "not ours"
    assert tasks.collect_source("openrouter", str(uuid4())) == "not ours"
    assert Fetch.objects.count() == 1


def test_what_did_not_change_rings_for_nothing() -> None:
    for _ in range(2):
        SourceState.objects.update(next_attempt_at=None)
        token = dict(schedule.claim_due())["openrouter"]
        tasks.collect_source("openrouter", str(token))
    assert rung() == ["compute"]


def test_compute_brings_names_offers_and_answers_up_to_date(tmp_path: Path) -> None:
    publish(tmp_path, on(5))
    measure(tmp_path, on(6))
    assert not AIModel.objects.exists()
    assert tasks.compute() == 2
    assert Resolution.objects.exclude(model=None).count() == 14
    assert AIModel.objects.get(slug="amber-3").level == pytest.approx(138.0, abs=0.1)
    assert Issue.objects.filter(standing=True).count() == 2
    assert (is_projected(), is_computed()) == (True, True)


def test_compute_without_news_does_nothing(tmp_path: Path) -> None:
    publish(tmp_path, on(5))
    tasks.compute()
    issued = Issue.objects.count()
    assert tasks.compute() == 0
    assert Issue.objects.count() == issued


def test_a_tick_makes_good_what_a_killed_worker_left_undone(tmp_path: Path) -> None:
    rest(*(source.slug for source in SOURCES))
    state(tmp_path, release("Amber 1"))  # stored, and then the worker was killed, or its message lost
    assert tasks.collect_due() == 0
    assert rung() == ["compute"]
    tasks.compute()
    assert AIModel.objects.filter(slug="amber-1").exists()
    assert rung() == ["detail"]
    tasks.collect_due()
    assert rung() == ["compute"]  # the details are still to be made
    tasks.detail()
    tasks.collect_due()
    assert rung() == []


def test_the_details_follow_the_headlines(tmp_path: Path) -> None:
    publish(tmp_path, on(5))
    tasks.compute()
    assert (is_computed(), is_detailed()) == (True, False)
    tasks.detail()
    assert is_detailed()
    assert History.objects.count() == 1
    assert tasks.detail() == 0


def test_identity_alone_is_not_the_whole(tmp_path: Path) -> None:
    publish(tmp_path, on(5))
    refresh_projections()
    assert (is_projected(), is_computed()) == (True, False)


def test_an_empty_installation_waits_for_nothing() -> None:
    assert (is_projected(), is_computed()) == (True, True)
    assert tasks.compute() == 0
    assert not Observation.objects.exists()


def test_a_heartbeat_is_one_row_a_worker() -> None:
    tasks.heartbeat()
    first = Heartbeat.objects.get().beat_at
    tasks.heartbeat()
    assert Heartbeat.objects.get().beat_at > first
