"""Faults 10 and 24: a host that is away for a day, and a host that says "as before" of bytes we lost."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import time_machine
from django.conf import settings
from django.utils import timezone

from models_catalog.fetch.archive import Archive
from models_catalog.ingest import live, schedule
from models_catalog.models import Fetch, Incident, Run
from models_catalog.vocabulary import Outcome
from tests.faults.offers import listed, offers
from tests.faults.world import World, extended, snapshot
from tests.fetch.fault_server import Connection, Reply, Request, response

GOOD = listed(offers())
CONFIRMED = response(b"", 304, {"ETag": '"good"'})


def runs_until(world: World, end: datetime) -> list[datetime]:
    """What the minute tick would do until then: every run at the moment the source is due again."""
    started = []
    while (moment := world.state.next_attempt_at or timezone.now()) < end:
        with time_machine.travel(moment):
            lease = dict(schedule.claim_due())["openrouter"]
            assert schedule.take_up("openrouter", lease)
            live.collect(world.source, lease, through=world.through, outside=world.outside)
        started.append(moment)
    return started


def test_fault_10_a_host_that_is_away_for_a_day_is_asked_ever_more_seldom(world: World) -> None:
    before, begin = snapshot(), timezone.now()
    world.serve(response(b"", 503))
    world.server.requests.clear()
    world.collect()
    runs = runs_until(world, begin + timedelta(hours=24))
    assert extended(before)
    assert snapshot().keys() == before.keys()
    assert len(runs) <= 10
    assert world.asked() == 3 * (len(runs) + 1)
    pauses = [later - earlier for earlier, later in pairwise(runs)]
    assert pauses[-1] >= timedelta(hours=8)
    incident = world.incident()
    assert (incident.cause, incident.times) == ("ServerFailure", len(runs) + 1)
    assert incident.next_try_at == world.state.next_attempt_at
    with time_machine.travel(begin + timedelta(hours=25)):
        status = world.text("/status/")
    assert "openrouter.ai answered 503 (tried 3 times)" in status
    assert f"met {len(runs) + 1} times" in status
    assert "2 days ago" in status


def test_fault_10_when_the_host_is_back_the_next_run_finds_it_so(world: World) -> None:
    begin = timezone.now()
    world.serve(response(b"", 503))
    runs_until(world, begin + timedelta(hours=12))
    world.serve(response(GOOD))
    [moment] = runs_until(world, (world.state.next_attempt_at or begin) + timedelta(minutes=1))
    assert Run.objects.latest("id").outcome == Outcome.UNCHANGED
    assert not Incident.objects.filter(closed_at=None).exists()
    state = world.state
    assert (state.failures, state.transport_failures, state.held_until) == (0, 0, None)
    assert state.next_attempt_at is not None
    assert state.next_attempt_at - moment >= world.source.cadence


def test_fault_10_nobody_is_asked_during_the_pause_and_the_cause_stays_named(world: World) -> None:
    world.serve(response(b"", 503))
    for _ in range(5):
        world.collect()
    world.server.requests.clear()
    for _ in range(3):
        run = world.collect()
    assert world.asked() == 0
    assert run.reason.startswith("OnHold: openrouter is paused until")
    assert run.reason.endswith("UTC: openrouter.ai answered 503 (tried 3 times)")


def if_changed(whole: Reply) -> Reply:
    def reply(connection: Connection, request: Request) -> bool:
        known = request.headers.get("if-none-match") == '"good"'
        return (CONFIRMED if known else whole)(connection, request)

    return reply


def archive() -> Archive:
    return Archive(settings.OPENGAP_DATA)


def stored_payload() -> str:
    return Fetch.objects.filter(source="openrouter").latest("id").sha256


def test_fault_24_bytes_that_are_gone_are_fetched_whole(world: World) -> None:
    before, sha256 = snapshot(), stored_payload()
    archive().path(sha256).unlink()
    world.serve(if_changed(response(GOOD, headers={"ETag": '"good"'})))
    run = world.collect()
    assert "if-none-match" not in world.server.requests[-1].headers
    assert (run.outcome, run.inserted) == (Outcome.UNCHANGED, 0)
    assert archive().get(sha256) == GOOD
    assert snapshot() == before


def test_fault_24_bytes_that_are_damaged_are_fetched_whole_after_the_304(world: World) -> None:
    before, sha256 = snapshot(), stored_payload()
    path = archive().path(sha256)
    path.write_bytes(path.read_bytes()[:-9] + b"flipped!!")
    world.serve(if_changed(response(GOOD, headers={"ETag": '"good"'})))
    assert world.collect().outcome == Outcome.UNCHANGED
    assert [("if-none-match" in request.headers) for request in world.server.requests[-2:]] == [True, False]
    assert archive().get(sha256) == GOOD
    assert snapshot() == before


def test_fault_24_a_host_that_insists_on_304_is_named_and_nothing_is_confirmed(world: World) -> None:
    before = snapshot()
    archive().path(stored_payload()).unlink()
    world.serve(CONFIRMED)
    run = world.collect()
    assert run.outcome == Outcome.REJECTED
    assert "openrouter.ai answered 304 to a request without a condition" in run.reason
    assert world.incident().cause == "WrongShape"
    assert snapshot() == before
    assert "Newest data: 1 day ago" in world.text("/")
