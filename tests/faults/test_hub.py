"""Faults 25 to 28: lists in many pages, refused cursors, renamed repositories, counts that fall."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from models_catalog.models import (
    Change,
    DownloadSample,
    Fetch,
    HostState,
    Incident,
    Observation,
    Subject,
    SweepState,
    Visibility,
)
from models_catalog.sources.contract import Sweep
from models_catalog.sources.huggingface_sweeps import API, old_enough, seen
from models_catalog.vocabulary import ChangeKind, FactKind, Outcome
from tests.faults.fake_hub import FakeHub, Query, Repository
from tests.faults.offers import repository
from tests.faults.world import AGE, World, extended, snapshot
from tests.fetch.fault_server import Reply, response

PAGES, ROWS = 5, 3
EVERYTHING = Sweep("everything", "models", f"{API}?sort=createdAt", timedelta(days=7), seen=seen)
BROKEN = [response(b"", 500)] * 3
ADDRESSES = ("/landscape/", "/models/", "/adoption/")


def rows(*found: dict[str, Any], **headers: str) -> Reply:
    return response(json.dumps(found).encode(), headers=headers)


@pytest.fixture
def fake(hub: World) -> FakeHub:
    """Five pages of three repositories; the source sweeps this one list."""
    hub.source = replace(hub.source, sweeps=(EVERYTHING,))
    return FakeHub(hub.server, PAGES, ROWS)


def go_on(world: World) -> Any:
    """The next run, with the pause after a failure over."""
    SweepState.objects.update(due_at=timezone.now())
    return world.collect()


def held(source: str = "huggingface") -> tuple[int, int, int]:
    """Repositories, what was said of them, and counts."""
    return (
        Subject.objects.filter(source=source).count(),
        Observation.objects.filter(subject__source=source).count(),
        DownloadSample.objects.count(),
    )


WHOLE = (PAGES * ROWS, 2 * PAGES * ROWS, 2 * PAGES * ROWS)


def test_a_sweep_follows_opaque_cursors_to_the_end_and_rests_until_its_cadence(
    hub: World, fake: FakeHub
) -> None:
    run = hub.collect()
    assert (run.outcome, fake.served, held()) == (Outcome.ACCEPTED, list(range(PAGES)), WHOLE)
    state = SweepState.objects.get()
    assert (state.next_url, state.pages, state.finished_rows) == ("", PAGES, PAGES * ROWS)
    assert state.begun_at is not None
    assert state.due_at == state.begun_at + timedelta(days=7)
    assert hub.state.next_attempt_at == state.due_at


def test_fault_25_pages_before_the_one_that_dies_stay_and_the_rest_is_named(
    hub: World, fake: FakeHub
) -> None:
    fake.bad = {3: list(BROKEN)}
    run = hub.collect()
    assert (run.outcome, run.inserted) == (Outcome.FAILED, 3 * ROWS * 4)
    ends = [fetch.outcome for fetch in Fetch.objects.filter(run=run).order_by("id")]
    assert ends == 3 * ["accepted"] + ["failed"]
    incident = hub.incident()
    assert incident.detail == "ServerFailure: huggingface.co answered 500 (tried 3 times)"
    assert incident.fetch is not None
    assert "cursor=" in incident.fetch.url
    assert incident.next_try_at is not None
    assert incident.detail in hub.text("/status/")


def test_fault_25_the_pages_show_the_age_of_the_pages_that_came(hub: World, fake: FakeHub) -> None:
    fake.bad = {3: 2 * BROKEN}
    with time_machine.travel(timezone.now() - AGE):
        hub.collect()
    assert go_on(hub).outcome == Outcome.FAILED
    check_pages(hub)
    status = hub.text("/status/")
    assert "under way since 1 day ago" in status
    assert "3 pages, 9 rows, last page 1 day ago" in status


def check_pages(hub: World) -> None:
    """They answer 200, with the age of the last good data and not of the vain attempt."""
    home, status, incident = hub.text("/"), hub.text("/status/"), hub.incident()
    assert "as of 1 Mar 2026" in home
    assert "Newest data: 1 day ago" in home
    assert f"What is wrong now {incident_board(hub)} {incident.detail}" in status
    assert "next try in" in status
    assert "Hugging Face Hub 1 day ago" in status
    for address in ADDRESSES:
        hub.text(address)


def incident_board(hub: World) -> str:
    return hub.source.board(hub.incident().board).title


def test_fault_25_the_next_run_goes_on_with_the_page_that_died(hub: World, fake: FakeHub) -> None:
    fake.bad = {3: list(BROKEN)}
    hub.collect()
    before = snapshot()
    run = go_on(hub)
    assert (run.outcome, fake.served) == (Outcome.ACCEPTED, list(range(PAGES)))
    assert (extended(before), held()) == (True, WHOLE)
    assert (hub.state.failures, Incident.objects.filter(closed_at=None).exists()) == (0, False)


def test_fault_25_a_sweep_that_failed_lets_the_others_have_their_turn(hub: World, fake: FakeHub) -> None:
    other = replace(EVERYTHING, slug="other", url=f"{API}?author=other", cadence=timedelta(days=8))
    hub.source = replace(hub.source, sweeps=(EVERYTHING, other))
    fake.bad = {3: list(BROKEN)}
    hub.collect()
    assert hub.collect().outcome in (Outcome.ACCEPTED, Outcome.UNCHANGED)
    assert [query.get("author") for query in fake.asked[-PAGES:]] == ["other"] * PAGES
    assert hub.incident().cause == "ServerFailure"  # its own next try has not come yet


def test_fault_26_a_refused_cursor_restarts_the_sweep_and_doubles_nothing(hub: World, fake: FakeHub) -> None:
    fake.bad = {2: list(BROKEN)}
    with time_machine.travel(timezone.now() - AGE):
        hub.collect()
    fake.forget_cursors()
    before = snapshot()
    refused = go_on(hub)
    assert (refused.outcome, refused.inserted) == (Outcome.REJECTED, 0)
    assert refused.reason == "RequestRefused: huggingface.co answered 400: it refuses this request"
    incident = hub.incident()
    assert (incident.cause, incident.next_try_at is not None) == ("RequestRefused", True)
    check_pages(hub)
    assert go_on(hub).outcome == Outcome.ACCEPTED
    assert fake.served == [*range(2), *range(PAGES)]
    assert (extended(before), held()[:2]) == (True, WHOLE[:2])  # counts have a new day
    assert not Incident.objects.filter(closed_at=None).exists()


def test_an_announced_limit_ends_the_run_in_good_order_and_nothing_is_asked_before(
    hub: World, fake: FakeHub
) -> None:
    fake.left = 12
    run = hub.collect()
    assert (run.outcome, len(fake.served)) == (Outcome.ACCEPTED, 3)  # nine are left after the third
    standing = HostState.objects.get(host="huggingface.co")
    assert (standing.reason, hub.pauses) == ("its announced limit is nearly used up", [])
    assert standing.held_until is not None
    assert hub.state.next_attempt_at == standing.held_until
    assert not Incident.objects.filter(closed_at=None).exists()
    fake.left = 500
    with time_machine.travel(standing.held_until + timedelta(seconds=1)):
        assert hub.collect().outcome == Outcome.ACCEPTED
    assert (fake.served, held()[0]) == (list(range(PAGES)), PAGES * ROWS)


def test_a_limit_that_was_reached_is_trouble_with_the_time_the_host_names(hub: World, fake: FakeHub) -> None:
    fake.left = 0
    assert hub.collect().outcome == Outcome.FAILED
    incident = hub.incident()
    assert incident.cause == "AskedToWait"
    assert incident.next_try_at is not None
    assert incident.next_try_at >= incident.opened_at + timedelta(seconds=fake.window - 1)


def test_a_run_ends_with_its_slice_of_time_and_the_next_goes_on(
    hub: World, fake: FakeHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models_catalog.ingest.sweep.LONGEST_SLICE", 0.0)
    for _ in range(3):
        hub.collect()
    assert fake.served == []  # no time at all: nothing is begun
    monkeypatch.undo()
    hub.collect()
    assert held() == WHOLE


def test_a_page_that_names_itself_as_the_next_never_ends_and_is_refused(hub: World, fake: FakeHub) -> None:
    hub.server.on("/api/models", rows(repository("lab/Amber"), Link=f'<{EVERYTHING.url}>; rel="next"'))
    assert hub.collect().outcome == Outcome.REJECTED
    assert hub.incident().cause == "WrongShape"
    assert held()[0] == 0


def test_an_empty_page_ends_a_list_but_never_begins_one(hub: World, fake: FakeHub) -> None:
    fake.bad = {3: [rows()]}
    assert hub.collect().outcome == Outcome.ACCEPTED
    assert SweepState.objects.get().next_url == ""
    fake.bad = {0: [rows()]}
    assert go_on(hub).outcome == Outcome.REJECTED
    assert hub.incident().cause == "EmptyPayload"


def test_a_list_that_lost_two_fifths_is_doubted_twice_and_believed_the_third_time(
    hub: World, fake: FakeHub
) -> None:
    hub.collect()
    fake.pages = 3
    for restarts in (1, 2):
        go_on(hub)
        assert SweepState.objects.get().restarts == restarts
        assert hub.incident().detail == "the list 'everything' ended after 9 rows, 15 came last"
    go_on(hub)
    assert SweepState.objects.get().finished_rows == 9
    assert not Incident.objects.filter(closed_at=None).exists()


def test_the_newest_are_followed_back_to_two_days_ago(hub: World, fake: FakeHub) -> None:
    now = timezone.now()

    def of_the_hour(number: int) -> Repository:
        made = now - timedelta(hours=number * 8)
        return repository(f"lab/model-{number}", number + 1, createdAt=made.isoformat())

    fake.repository = of_the_hour
    hub.source = replace(hub.source, sweeps=(replace(EVERYTHING, enough=old_enough),))
    hub.collect()
    assert fake.served == [0, 1, 2]  # three rows a page, eight hours a row


def test_what_existed_before_we_looked_is_no_news_and_what_was_made_since_is(
    hub: World, fake: FakeHub
) -> None:
    fake.pages = 2
    hub.collect()
    assert not Change.objects.exists()
    fake.pages = 3
    today = f"{timezone.now():%Y-%m-%dT%H:%M:%S}.000Z"
    fake.repository = lambda number: repository(f"lab/new-{number}", number + 1, createdAt=today)
    go_on(hub)
    assert {change.kind for change in Change.objects.all()} == {ChangeKind.RELEASED}
    assert Change.objects.count() == ROWS


def test_the_long_tail_is_swept_only_where_it_is_wished_for(
    hub: World, fake: FakeHub, settings: Settings
) -> None:
    hub.source = replace(hub.source, sweeps=(replace(EVERYTHING, optional=True),))
    hub.collect()
    assert fake.served == []
    settings.OPENGAP_HUB_TAIL = True
    hub.collect()
    assert fake.served == list(range(PAGES))


LAB = Sweep("of lab", "models", f"{API}?author=lab", timedelta(hours=6), seen=seen, whole=True)


def labs_list(hub: World, fake: FakeHub, *names: str) -> None:
    def listing(_query: Query) -> list[Repository]:
        return [repository(f"lab/{name}", ord(name)) for name in names]

    fake.listing = listing
    go_on(hub)


def test_what_is_missed_three_times_in_two_days_is_not_visible_and_keeps_its_values(
    hub: World, fake: FakeHub
) -> None:
    hub.source = replace(hub.source, sweeps=(LAB,))
    start = timezone.now()
    labs_list(hub, fake, *"abcdefgh")
    before = snapshot()
    hidden = []
    for hours in (6, 12, 18, 60):
        with time_machine.travel(start + timedelta(hours=hours)):
            labs_list(hub, fake, *"abcdefg")
        hidden.append(Visibility.objects.get(subject__name="lab/h").hidden)
    assert hidden == [False, False, False, True]
    assert extended(before)
    [change] = Change.objects.all()
    assert (change.kind, change.subject.name) == (ChangeKind.NO_LONGER_LISTED, "lab/h")
    newest = Observation.objects.filter(subject=change.subject, kind=FactKind.RELEASE).latest("id")
    assert (newest.present, newest.value["hub_repository"]) == (False, "lab/h")
    with time_machine.travel(start + timedelta(hours=66)):
        labs_list(hub, fake, *"abcdefgh")
    assert not Visibility.objects.filter(hidden=True).exists()
    assert Observation.objects.filter(subject=change.subject, kind=FactKind.RELEASE).latest("id").present


def test_a_list_cut_in_half_makes_nothing_invisible(hub: World, fake: FakeHub) -> None:
    hub.source = replace(hub.source, sweeps=(LAB,))
    labs_list(hub, fake, *"abcdefgh")
    labs_list(hub, fake, *"abcd")
    assert set(Visibility.objects.values_list("misses", flat=True)) == {0}
    assert hub.incident().cause == "ShrunkenSweep"


@pytest.fixture
def amber(hub: World) -> World:
    """One repository, collected once."""
    hub.source = replace(
        hub.source, sweeps=(), pages=lambda get: iter((get("models", hub.source.boards[0].url),))
    )
    hub.serve(rows(repository("lab/Amber")))
    assert hub.collect().outcome == Outcome.ACCEPTED
    return hub


def test_fault_27_a_renamed_repository_is_the_same_subject_under_its_new_name(amber: World) -> None:
    before = Subject.objects.get(source="huggingface")
    amber.serve(rows(repository("lab/Amber-1", downloads=1_200)))
    assert amber.collect().outcome == Outcome.ACCEPTED
    after = Subject.objects.get(source="huggingface")
    assert (after.pk, before.name, after.name) == (before.pk, "lab/Amber", "lab/Amber-1")
    names = Observation.objects.filter(subject=after, kind=FactKind.RELEASE).order_by("id")
    assert [row.value["hub_repository"] for row in names] == ["lab/Amber", "lab/Amber-1"]
    check_quiet(amber)


def check_quiet(hub: World) -> None:
    """Nothing is wrong: every page answers 200, and no incident is shown."""
    for address in ADDRESSES:
        hub.text(address)
    assert "What is wrong now" not in hub.text("/status/")
    assert "Hugging Face Hub less than a minute ago" in hub.text("/status/")


def test_fault_28_a_total_that_falls_is_stored_and_said_to_have_fallen(amber: World) -> None:
    before = snapshot()
    amber.serve(rows(repository("lab/Amber", downloadsAllTime=30_000)))
    run = amber.collect()
    assert (run.outcome, run.reason) == (Outcome.ACCEPTED, "1 count(s) fell")
    assert extended(before)
    counts = DownloadSample.objects.filter(window="all-time").order_by("observed_at")
    assert [sample.count for sample in counts] == [50_000, 30_000]
    [problem] = Fetch.objects.latest("id").problems
    assert problem["reason"] == "all-time downloads fell from 50000 to 30000: corrected there"
    check_quiet(amber)


def test_fault_28_a_trailing_count_may_fall_without_a_word(amber: World) -> None:
    amber.serve(rows(repository("lab/Amber", downloads=10)))
    run = amber.collect()
    assert (run.outcome, run.reason) == (Outcome.ACCEPTED, "")


def test_a_window_that_was_zeroed_is_stored_and_said_to_be(amber: World) -> None:
    amber.serve(rows(repository("lab/Amber", downloads=0)))
    run = amber.collect()
    assert (run.outcome, run.reason) == (Outcome.ACCEPTED, "1 count(s) fell")
    [problem] = Fetch.objects.latest("id").problems
    assert problem["reason"] == "downloads of 30 days fell from 1000 to 0: zeroed there"


def test_the_same_count_twice_on_one_day_is_one_sample(amber: World) -> None:
    amber.serve(rows(repository("lab/Amber", likes=4)))
    amber.collect()
    assert DownloadSample.objects.count() == 2
