"""An installation of real processes that is hurt while it works: nothing is lost, nothing is doubled."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest

from tests.schedule.installation import SLUG, Installation, installation, wait_until

pytestmark = [pytest.mark.processes, pytest.mark.timeout(400)]
MANY = 3_000


@pytest.fixture(scope="module")
def whole() -> Iterator[Installation]:
    """A worker of two processes, and two beats that tick every second, for as long as this module runs."""
    with installation() as made:
        made.start_worker()
        made.start_beat("beat-1")
        made.start_beat("beat-2")
        yield made


@pytest.fixture
def running(whole: Installation) -> Installation:
    """The same with nothing stored; the source is not due yet."""
    whole.empty()
    whole.serve()
    return whole


def count(running: Installation, name: str, words: str) -> int:
    return len(re.findall(words, (running.folder / f"{name}.log").read_text(encoding="utf-8")))


def ticks(running: Installation) -> int:
    return count(running, "worker", r"collect_due\[[^]]*\] succeeded")


def check_collected_once(running: Installation, models: int = 40) -> None:
    wait_until(running.collected, "the source was collected")
    before = ticks(running)
    wait_until(lambda: ticks(running) >= before + 2, "further ticks came")
    assert running.lost_and_doubled(models) == (0, 0)
    assert running.accepted_runs() == 1


def test_two_beats_collect_a_due_source_once(running: Installation) -> None:
    before = [count(running, name, "Sending due task collect") for name in ("beat-1", "beat-2")]
    running.make_due()
    check_collected_once(running)
    after = [count(running, name, "Sending due task collect") for name in ("beat-1", "beat-2")]
    assert all(later > earlier for earlier, later in zip(before, after, strict=True))
    assert running.value("SELECT count(*) FROM models_catalog_run") == 1


def test_a_task_delivered_twice_runs_once_and_a_late_one_not_at_all(running: Installation) -> None:
    token = str(running.lease(60))
    refused = count(running, "worker", "succeeded in .*: 'not ours'")
    for _ in range(2):
        running.ring("collect_source", SLUG, token)
    wait_until(running.collected, "the source was collected")
    running.ring("collect_source", SLUG, token)
    wait_until(
        lambda: count(running, "worker", "succeeded in .*: 'not ours'") == refused + 2, "both were refused"
    )
    check_collected_once(running)
    assert running.value("SELECT count(*) FROM models_catalog_run") == 1


def test_an_emptied_broker_loses_no_work(running: Installation) -> None:
    running.lease(2)  # claimed, and the message that said so is among those that are lost
    for _ in range(5):
        running.redis.flushall()
        time.sleep(0.2)
    check_collected_once(running)


def test_a_broker_that_was_away_is_found_again(running: Installation) -> None:
    running.stop_valkey()
    running.make_due()
    time.sleep(2)
    assert not running.collected()
    running.start_valkey()
    check_collected_once(running)
    newest = running.value("SELECT now() - max(beat_at) < interval '1 minute' FROM models_catalog_heartbeat")
    assert newest is True


def test_a_postgres_that_restarts_in_the_middle_of_a_copy_loses_and_doubles_nothing(
    running: Installation,
) -> None:
    running.serve(MANY)
    running.make_due()
    running.wait_for_copy()
    running.crash_postgres()
    time.sleep(0.5)
    running.start_postgres()
    assert running.lost_and_doubled(MANY) == (3 * MANY, 0)  # nothing of the page: all or none
    check_collected_once(running, MANY)
