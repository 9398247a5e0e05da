"""A real broker and a real worker: killed in the middle of an ingest, nothing is half-stored or lost."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from models_catalog import tasks
from models_catalog.models import Fetch, Heartbeat, Observation, Run, SourceState
from models_catalog.vocabulary import Outcome
from tests.services import celery_worker

EXAMPLES = Path(__file__).parent.parent / "examples"


def wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.05)


def waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        return bool(cursor.fetchone()[0])


def mirror(folder: Path) -> str:
    """A recorded folder of one source, made of our own example."""
    source = folder / "aider"
    source.mkdir()
    example = EXAMPLES / "aider" / "polyglot.yml"
    (source / "polyglot_leaderboard.yml").write_bytes(example.read_bytes())
    return f"aider={folder}"


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_of_an_ingest_leaves_nothing_half_stored(tmp_path: Path) -> None:
    settings = {"OPENGAP_MIRRORS": mirror(tmp_path), "OPENGAP_LEASE_SECONDS": "2"}
    later = timezone.now() + timedelta(days=1)
    others = ("models-dev", "openrouter", "epoch", "huggingface")
    SourceState.objects.bulk_create(SourceState(slug=slug, next_attempt_at=later) for slug in others)
    blocker = connection.copy()
    with celery_worker(tmp_path, **settings) as worker, blocker.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("LOCK TABLE models_catalog_currentobservation IN SHARE MODE")
        tasks.collect_due.delay()
        wait_until(waits_for_a_lock)  # observations are written, the transaction is open
        worker.process.kill()
        worker.process.wait(10)
        cursor.execute("ROLLBACK")
    blocker.close()
    wait_until(lambda: not waits_for_a_lock())
    assert not Observation.objects.exists()
    assert not Fetch.objects.exists()

    with celery_worker(tmp_path, **settings):
        wait_until(lambda: bool(tasks.collect_due.delay()) and Fetch.objects.exists())
        wait_until(lambda: SourceState.objects.get(slug="aider").last_success_at is not None)
    done = Run.objects.filter(outcome=Outcome.ACCEPTED)
    assert [run.source for run in done] == ["aider"]
    assert Fetch.objects.get().outcome == Outcome.ACCEPTED
    assert Observation.objects.exists()


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_a_consuming_worker_leaves_a_heartbeat(tmp_path: Path) -> None:
    with celery_worker(tmp_path):
        tasks.heartbeat.delay()
        wait_until(Heartbeat.objects.exists)
