"""What all workers' doors agree on, as Postgres rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from models_catalog.fetch.state import HostStanding, SourceStanding, Validator
from models_catalog.ingest.door_state import StoredState
from models_catalog.models import Fetch, HostState, Run, SourceState
from models_catalog.vocabulary import Outcome
from tests.ingest.invented import on

pytestmark = pytest.mark.django_db

URL = "https://invented.example/list.json"


def fetched(day: int, outcome: Outcome = Outcome.ACCEPTED, **fields: object) -> None:
    """One answer of the host's, as it was stored."""
    run, _ = Run.objects.get_or_create(source="invented", trigger=Run.Trigger.LIVE, started_at=on(1))
    stated: dict[str, object] = {
        "run": run,
        "source": "invented",
        "board": "list",
        "url": URL,
        "final_url": f"{URL}?final",
        "status": 200,
        "sha256": f"{day:064d}",
        "observed_at": on(day),
        "recorded_at": on(day),
        "outcome": outcome,
    }
    Fetch.objects.create(**(stated | fields))


def test_a_host_starts_blank_and_keeps_what_a_change_makes_of_it() -> None:
    state, later = StoredState(), timezone.now() + timedelta(minutes=3)
    seen: list[HostStanding] = []

    def hold(standing: HostStanding) -> HostStanding:
        seen.append(standing)
        return replace(standing, held_until=later, reason="asked to wait")

    assert state.change_host("invented.example", hold).held_until == later
    assert seen == [HostStanding("invented.example")]
    assert state.change_host("invented.example", lambda current: current).reason == "asked to wait"
    assert HostState.objects.count() == 1


def test_a_source_starts_blank_and_keeps_what_a_change_makes_of_it() -> None:
    state, later = StoredState(), timezone.now() + timedelta(hours=3)
    changed = SourceStanding(
        "invented", failures=2, challenges=1, held_until=later, disabled=True, reason="x"
    )
    assert state.change_source("invented", lambda _current: changed) == changed
    assert state.change_source("invented", lambda current: current) == changed
    row = SourceState.objects.get()
    assert (row.enabled, row.transport_failures, row.failures) == (False, 2, 0)


def test_the_schedule_of_a_source_is_not_the_doors_to_change() -> None:
    due = timezone.now()
    SourceState.objects.create(slug="invented", next_attempt_at=due, failures=4)
    StoredState().change_source("invented", lambda current: replace(current, failures=1))
    row = SourceState.objects.get()
    assert (row.next_attempt_at, row.failures, row.transport_failures) == (due, 4, 1)


def test_a_page_never_fetched_has_no_validator() -> None:
    assert StoredState().validator(URL) is None


def test_the_validator_is_that_of_the_newest_accepted_answer() -> None:
    fetched(1, etag='"one"')
    fetched(2, etag='"two"', last_modified="Fri, 02 Jan 2026 00:00:00 GMT")
    fetched(3, Outcome.QUARANTINED, etag='"three"')
    fetched(4, Outcome.REJECTED, etag='"four"')
    assert StoredState().validator(URL) == Validator(
        URL, f"{URL}?final", f"{2:064d}", on(2), '"two"', "Fri, 02 Jan 2026 00:00:00 GMT"
    )


def test_a_confirmation_is_not_a_whole_page() -> None:
    fetched(1, etag='"one"')
    fetched(2, Outcome.UNCHANGED, etag='"one"', status=304, sha256=f"{1:064d}")
    found = StoredState().validator(URL)
    assert found is not None
    assert (found.full_at, found.sha256, found.etag) == (on(1), f"{1:064d}", '"one"')


def test_a_confirmation_that_names_nothing_leaves_the_validator_as_it_was() -> None:
    fetched(1, etag='"one"')
    fetched(2, Outcome.UNCHANGED, status=304, sha256=f"{1:064d}")
    found = StoredState().validator(URL)
    assert found is not None
    assert found.etag == '"one"'


def test_a_replayed_file_says_nothing_about_the_host() -> None:
    fetched(1, final_url="", status=None)
    assert StoredState().validator(URL) is None


def test_another_pages_validator_is_not_used() -> None:
    fetched(1, etag='"one"')
    assert StoredState().validator(f"{URL}?page=2") is None
