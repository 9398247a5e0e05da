"""Politeness: pauses that hosts ask for, pacing, the breaker (faults 6 to 8, 10, and 17's aftermath)."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from models_catalog.fetch.address import Outside
from models_catalog.fetch.door import LiveDoor
from models_catalog.fetch.errors import AskedToWait, OnHold, ServerFailure, next_attempt
from models_catalog.fetch.state import SourceStanding
from models_catalog.sources.contract import Challenge, SourceError, WrongShape
from tests.fetch.conftest import HOST, PAGE, World, invented_source
from tests.fetch.fault_server import raw, response

DATA = b'{"data": [1]}'
GOOD = response(DATA)


def seconds_until(error: SourceError) -> float:
    moment = next_attempt(error)
    assert moment is not None
    return (moment - datetime.now(UTC)).total_seconds()


# 6 to 8: 429 in its three forms


def test_fault_6_a_short_pause_is_slept_through(world: World) -> None:
    world.server.on("/models", response(b"", 429, {"Retry-After": "7"}), GOOD)
    assert world.fetch().body == DATA
    assert world.reports[0].tries == 2
    assert world.pauses == [pytest.approx(7, abs=0.5)]


def test_fault_6_a_long_pause_becomes_the_next_attempt(world: World) -> None:
    world.server.on("/models", response(b"", 429, {"Retry-After": "3600"}))
    error = world.failure()
    assert isinstance(error, AskedToWait)
    assert error.retry
    assert seconds_until(error) == pytest.approx(3600, abs=5)
    assert str(error).startswith("source.test answered 429 and asks to wait until 2")
    assert world.pauses == []
    assert world.reports[0].next_attempt_at == next_attempt(error)


def test_fault_6_nobody_asks_the_host_again_before_the_pause_is_over(world: World) -> None:
    world.server.on("/models", response(b"", 429, {"Retry-After": "3600"}))
    world.failure()
    world.state.sources.clear()  # another source on the same host knows nothing of this one
    error = world.failure()
    assert type(error) is OnHold
    assert "source.test is not asked before" in str(error)
    assert seconds_until(error) == pytest.approx(3600, abs=5)
    assert len(world.server.requests) == 1


def test_fault_7_a_date_is_counted_from_the_answers_own_date(world: World) -> None:
    wrong_clock = datetime(2031, 5, 1, 12, tzinfo=UTC)
    headers = {
        "Date": format_datetime(wrong_clock, usegmt=True),
        "Retry-After": format_datetime(wrong_clock + timedelta(seconds=9), usegmt=True),
    }
    world.server.on("/models", response(b"", 429, headers), GOOD)
    assert world.fetch().body == DATA
    assert world.pauses == [pytest.approx(9, abs=0.5)]


def test_fault_7_a_date_in_the_past_means_at_once(world: World) -> None:
    world.server.on("/models", response(b"", 429, {"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}), GOOD)
    assert world.fetch().body == DATA
    assert world.pauses == [0.0]


@pytest.mark.parametrize("value", [None, "", "soon", "-5", "1e9", "²"])
def test_fault_8_a_bare_or_unreadable_429_waits_five_minutes(world: World, value: str | None) -> None:
    headers = {} if value is None else {"Retry-After": value.encode().decode("latin-1")}
    world.server.on("/models", response(b"", 429, headers))
    error = world.failure()
    assert isinstance(error, AskedToWait)
    assert seconds_until(error) == pytest.approx(300, abs=5)
    assert len(world.server.requests) == 1


def test_a_pause_of_centuries_is_cut_to_a_week(world: World) -> None:
    world.server.on("/models", response(b"", 429, {"Retry-After": "9" * 40}))
    assert seconds_until(world.failure()) == pytest.approx(7 * 86_400, abs=5)


def test_a_host_that_keeps_asking_for_short_pauses_is_left_after_three_tries(world: World) -> None:
    world.server.on("/models", response(b"", 429, {"Retry-After": "1"}))
    assert isinstance(world.failure(), AskedToWait)
    assert len(world.server.requests) == 3
    assert len(world.pauses) == 2


def test_the_hubs_window_is_read_when_retry_after_is_missing(world: World) -> None:
    world.server.on("/models", response(b"", 429, {"RateLimit": '"api";r=0;t=120'}))
    assert seconds_until(world.failure()) == pytest.approx(120, abs=5)


def test_the_next_request_waits_when_an_announced_limit_is_nearly_used_up(world: World) -> None:
    world.server.on("/models", response(DATA, headers={"RateLimit": '"api";r=9;t=40'}), GOOD)
    with world.door() as door:
        door("models", PAGE)
        door("models", PAGE)
    assert world.pauses == [pytest.approx(40, abs=1)]


def test_a_comfortable_limit_delays_nothing(world: World) -> None:
    world.server.on("/models", response(DATA, headers={"RateLimit": '"api";r=10;t=40'}))
    with world.door() as door:
        door("models", PAGE)
        door("models", PAGE)
    assert world.pauses == []


# 10: a server that is down for a day


def test_fault_10_a_503_with_a_long_pause_is_left_alone(world: World) -> None:
    world.server.on("/models", response(b"", 503, {"Retry-After": "86400"}))
    error = world.failure()
    assert isinstance(error, AskedToWait)
    assert seconds_until(error) == pytest.approx(86_400, abs=5)
    assert len(world.server.requests) == 1


def test_fault_10_after_five_failed_runs_the_breaker_opens(world: World) -> None:
    world.limit(retries=0)
    world.server.on("/models", response(b"", 503))
    for _ in range(5):
        assert isinstance(world.failure(), ServerFailure)
    error = world.failure()
    assert type(error) is OnHold
    assert str(error).startswith("invented is paused until 2")
    assert str(error).endswith("source.test answered 503 (tried 1 times)")
    assert seconds_until(error) == pytest.approx(3600, abs=5)
    assert len(world.server.requests) == 5


def test_a_good_answer_closes_the_breaker(world: World) -> None:
    world.state.sources["invented"] = SourceStanding("invented", failures=4, challenges=2, reason="503")
    world.server.on("/models", GOOD)
    world.fetch()
    assert world.state.sources["invented"] == SourceStanding("invented")


def test_the_breaker_counts_runs_and_not_pages(world: World) -> None:
    world.limit(retries=0)
    world.server.on("/models", response(b"", 500))
    with world.door() as door:
        for _ in range(4):
            with pytest.raises(ServerFailure):
                door("models", PAGE)
    assert world.state.sources["invented"].failures == 1


def one_page_and_then(world: World, error: BaseException) -> None:
    world.server.on("/models", GOOD)
    with world.door() as door:
        door("models", PAGE)
        raise error


def test_a_run_that_is_interrupted_says_nothing_about_the_source(world: World) -> None:
    world.state.sources["invented"] = before = SourceStanding("invented", failures=3, reason="503")
    with pytest.raises(KeyboardInterrupt):
        one_page_and_then(world, KeyboardInterrupt())
    assert world.state.sources["invented"] == before


def test_a_page_that_cannot_be_parsed_still_shows_that_the_host_answers(world: World) -> None:
    world.state.sources["invented"] = SourceStanding("invented", failures=3, reason="503")
    with pytest.raises(WrongShape, match="no column"):
        one_page_and_then(world, WrongShape("no column of that name"))
    assert world.state.sources["invented"].failures == 0


def test_fault_17_a_challenge_pauses_for_a_day_and_three_disable(world: World) -> None:
    world.server.on("/models", response(b"no", 403))
    for met in (1, 2, 3):
        assert isinstance(world.failure(), Challenge)
        standing = world.state.sources["invented"]
        assert standing.challenges == met
        assert standing.held_until is not None
        assert (standing.held_until - datetime.now(UTC)) > timedelta(hours=23)
        world.state.sources["invented"] = SourceStanding(
            "invented", challenges=met, disabled=standing.disabled
        )
    error = world.failure()
    assert type(error) is OnHold
    assert "disabled until somebody enables it" in str(error)
    assert next_attempt(error) is None
    assert len(world.server.requests) == 3


def test_a_page_that_is_not_data_does_not_open_the_breaker(world: World) -> None:
    world.server.on("/models", response(b"<html>"))
    for _ in range(7):
        world.failure()
    assert len(world.server.requests) == 7


# Pacing


def test_requests_to_one_host_keep_their_distance(world: World) -> None:
    world.limit(pace=5.0)
    world.server.on("/models", GOOD)
    with world.door() as first, world.door() as second:
        first("models", PAGE)
        second("models", PAGE)
        first("models", PAGE)
    assert world.pauses == [pytest.approx(5, abs=0.5), pytest.approx(10, abs=0.5)]


def test_waiting_for_a_turn_is_not_counted_as_the_hosts_time(world: World) -> None:
    world.limit(pace=30.0, wall_clock=0.8)
    world.server.on("/models", GOOD)
    outside = Outside(world.resolve, world.dial, pause=lambda _seconds: time.sleep(1.0))
    with LiveDoor(world.source, world.settings, world.state, world.archive, outside) as door:
        for _ in range(2):
            assert door("models", PAGE).body == DATA


def test_a_queue_longer_than_a_pause_is_not_waited_for(world: World) -> None:
    world.limit(pace=40.0)
    world.server.on("/models", GOOD)
    with world.door() as door:
        for _ in range(2):
            door("models", PAGE)
        with pytest.raises(OnHold, match="many requests are waiting for their turn"):
            door("models", PAGE)


def test_a_second_host_is_not_paced_by_the_first(world: World) -> None:
    world.limit(pace=20.0)
    world.source = invented_source(hosts=(HOST, "other.test"))
    world.names["other.test"] = world.names[HOST]
    world.server.on("/models", raw(b"HTTP/1.1 302 F\r\nLocation: https://other.test/models\r\n\r\n"))
    with pytest.raises(SourceError, match=r"certificate of other\.test"):
        world.fetch()
    assert world.pauses == []
