"""A real broker and a real worker: killed in the middle of an ingest, nothing is half-stored or lost."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from celery import current_app
from django.db import connection
from django.utils import timezone

from models_catalog import tasks
from models_catalog.ingest.projections import is_projected
from models_catalog.measure.standing import is_computed
from models_catalog.models import Fetch, Heartbeat, Observation, Run, SourceState
from models_catalog.sources import SOURCES
from models_catalog.vocabulary import Outcome
from tests.services import celery_worker

pytestmark = [pytest.mark.processes, pytest.mark.timeout(300), pytest.mark.django_db(transaction=True)]

EXAMPLES = Path(__file__).parent.parent / "examples"


@pytest.fixture(autouse=True)
def quiet_broker() -> Iterator[None]:
    """No bell of another test rings in this one, and none of this one afterwards."""
    current_app.control.purge()
    yield
    current_app.control.purge()


def wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 120
    while not holds():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.05)


def waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        return bool(cursor.fetchone()[0])


def lease_has_run_out() -> bool:
    until = SourceState.objects.get(slug="openrouter").lease_until
    assert until is not None
    return until < timezone.now()


def mirror(folder: Path) -> str:
    """A recorded folder of one source, made of our own example."""
    source = folder / "openrouter"
    source.mkdir()
    example = EXAMPLES / "openrouter" / "models.json"
    (source / "models-2026-01-02.json").write_bytes(example.read_bytes())
    return f"openrouter={folder}"


def test_a_worker_killed_in_the_middle_of_an_ingest_leaves_nothing_half_stored(tmp_path: Path) -> None:
    settings = {"OPENGAP_MIRRORS": mirror(tmp_path), "OPENGAP_LEASE_SECONDS": "2"}
    later = timezone.now() + timedelta(days=1)
    others = [source.slug for source in SOURCES if source.slug != "openrouter"]
    SourceState.objects.bulk_create(SourceState(slug=slug, next_attempt_at=later) for slug in others)
    blocker = connection.copy()
    with celery_worker(tmp_path, **settings) as worker, blocker.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("LOCK TABLE models_catalog_currentobservation IN SHARE MODE")
        tasks.collect_due.delay()
        wait_until(waits_for_a_lock)  # observations are written, the transaction is open
        worker.process.kill()
        worker.process.wait(120)
        cursor.execute("ROLLBACK")
    blocker.close()
    wait_until(lambda: not waits_for_a_lock())
    assert not Observation.objects.exists()
    assert not Fetch.objects.exists()

    wait_until(lease_has_run_out)
    with celery_worker(tmp_path, **settings):
        tasks.heartbeat.delay()
        tasks.collect_due.delay()
        wait_until(lambda: SourceState.objects.get(slug="openrouter").last_success_at is not None)
        wait_until(lambda: is_projected() and is_computed())
        wait_until(Heartbeat.objects.exists)  # what the health page asks for
    done = Run.objects.filter(outcome=Outcome.ACCEPTED)
    assert [run.source for run in done] == ["openrouter"]
    assert Fetch.objects.get().outcome == Outcome.ACCEPTED
    assert Observation.objects.exists()
