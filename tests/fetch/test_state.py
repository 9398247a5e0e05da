"""The shared rules as pure functions: slots, holds, the breaker."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest

from models_catalog.fetch.errors import AskedToWait, OnHold, ServerFailure
from models_catalog.fetch.state import (
    HostStanding,
    MemoryState,
    SourceStanding,
    host_held,
    slot_taken,
    source_answered,
    source_failed,
)
from models_catalog.sources.contract import Challenge, SourceError, WrongShape

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_slots_follow_one_another() -> None:
    standing = HostStanding("a.test")
    for number in range(1, 4):
        standing = slot_taken(standing, NOW, SECOND)
        assert standing.next_slot == NOW + number * SECOND


def test_a_slot_that_was_not_used_is_not_saved_up() -> None:
    standing = slot_taken(HostStanding("a.test", next_slot=NOW - timedelta(hours=1)), NOW, SECOND)
    assert standing.next_slot == NOW + SECOND


def test_slots_begin_after_a_hold() -> None:
    standing = HostStanding("a.test", held_until=NOW + 10 * SECOND)
    assert slot_taken(standing, NOW, SECOND).next_slot == NOW + 11 * SECOND


def test_a_shorter_hold_does_not_replace_a_longer_one() -> None:
    long = host_held(HostStanding("a.test"), NOW + timedelta(hours=1), "long")
    assert host_held(long, NOW + SECOND, "short") == long
    assert host_held(long, NOW + timedelta(hours=2), "longer").reason == "longer"


@pytest.mark.parametrize(
    ("failures", "hours"), [(3, None), (4, 1), (5, 2), (6, 4), (7, 8), (8, 16), (9, 24), (500, 24)]
)
def test_the_breaker_opens_at_the_fifth_failure_and_doubles_to_a_day(
    failures: int, hours: int | None
) -> None:
    after = source_failed(SourceStanding("a", failures=failures), ServerFailure("503"), NOW)
    assert after.failures == failures + 1
    assert after.held_until == (None if hours is None else NOW + timedelta(hours=hours))
    assert after.reason == "503"


@pytest.mark.parametrize("error", [WrongShape("x"), SourceError("x")])
def test_what_is_not_the_networks_fault_does_not_count(error: SourceError) -> None:
    before = SourceStanding("a", failures=2)
    assert source_failed(before, error, NOW) == before


def test_being_told_to_wait_is_not_a_failure() -> None:
    until = NOW + timedelta(hours=3)
    after = source_failed(SourceStanding("a", failures=4), AskedToWait("429", until, "a.test"), NOW)
    assert (after.failures, after.held_until) == (4, until)


def test_meeting_the_breaker_does_not_wind_it_up() -> None:
    until = NOW + timedelta(hours=1)
    before = SourceStanding("a", failures=5, held_until=until, reason="503")
    after = source_failed(before, OnHold("paused: 503", until), NOW)
    assert after == before


def test_the_third_challenge_in_a_row_disables() -> None:
    standing = SourceStanding("a")
    disabled = []
    for _ in range(3):
        standing = source_failed(standing, Challenge("wall"), NOW)
        disabled.append(standing.disabled)
    assert disabled == [False, False, True]
    assert standing.held_until == NOW + timedelta(hours=24)


def test_an_answer_clears_everything_but_a_human_decision() -> None:
    busy = SourceStanding("a", failures=7, challenges=2, held_until=NOW, reason="503")
    assert source_answered(busy) == SourceStanding("a")
    assert source_answered(SourceStanding("a", disabled=True)).disabled


def test_threads_of_one_process_never_get_the_same_slot() -> None:
    state = MemoryState()
    slots: list[datetime | None] = []

    def take() -> None:
        for _ in range(50):
            taken = state.change_host("a.test", lambda standing: slot_taken(standing, NOW, SECOND))
            slots.append(taken.next_slot)

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(slots)) == 200
