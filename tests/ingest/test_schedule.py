"""Who collects what next: claims, leases, retries."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from models_catalog.ingest.schedule import claim_due, pause_after, release, take_up
from models_catalog.models import Run, SourceState
from models_catalog.sources import SOURCES, by_slug
from models_catalog.vocabulary import Outcome

SLUGS = {source.slug for source in SOURCES if not source.key}  # no key is set in tests


def run_of(outcome: Outcome) -> Run:
    return Run(source="aider", trigger=Run.Trigger.LIVE, started_at=timezone.now(), outcome=outcome)


@pytest.mark.django_db
def test_every_source_is_due_at_first_and_claimed_once() -> None:
    assert {slug for slug, _ in claim_due()} == SLUGS
    assert claim_due() == []


@pytest.mark.django_db
def test_a_source_whose_owner_asks_for_a_key_is_off_without_one(settings: Settings) -> None:
    assert "together" not in dict(claim_due())
    settings.OPENGAP_KEYS = {"together": "a key"}
    assert set(dict(claim_due())) == {"together"}


@pytest.mark.django_db
def test_a_mirror_stands_in_for_a_host_that_asks_for_a_key(settings: Settings) -> None:
    settings.OPENGAP_MIRRORS = {"together": "/recorded"}
    assert "together" in dict(claim_due())


@pytest.mark.django_db
def test_a_lease_that_ran_out_is_claimed_again_under_a_new_token() -> None:
    first = dict(claim_due())
    later = dict(claim_due(timezone.now() + timedelta(days=1)))
    assert set(later) == SLUGS
    assert first["aider"] != later["aider"]
    assert not take_up("aider", first["aider"])


@pytest.mark.django_db
def test_a_task_delivered_twice_is_taken_up_once() -> None:
    token = dict(claim_due())["aider"]
    assert [take_up("aider", token), take_up("aider", token)] == [True, False]


@pytest.mark.django_db
def test_success_waits_for_the_cadence_and_failure_for_a_growing_pause() -> None:
    source = by_slug("aider")
    for outcome, pause in ((Outcome.FAILED, 5), (Outcome.FAILED, 10), (Outcome.ACCEPTED, None)):
        SourceState.objects.update(next_attempt_at=None)
        token = dict(claim_due())["aider"]
        before = timezone.now()
        release(source, token, run_of(outcome))
        state = SourceState.objects.get(slug="aider")
        due = timedelta(minutes=pause) if pause else source.cadence
        assert state.next_attempt_at is not None
        assert state.next_attempt_at - before == pytest.approx(due, abs=timedelta(minutes=1))
        assert state.lease_token is None
    assert SourceState.objects.get(slug="aider").failures == 0


@pytest.mark.django_db
def test_a_lease_taken_over_is_not_released_by_its_old_holder() -> None:
    token = dict(claim_due())["aider"]
    SourceState.objects.filter(slug="aider").update(lease_token=uuid4())
    release(by_slug("aider"), token, run_of(Outcome.ACCEPTED))
    assert SourceState.objects.get(slug="aider").next_attempt_at is None


@pytest.mark.django_db
def test_a_disabled_source_is_never_claimed() -> None:
    SourceState.objects.create(slug="aider", enabled=False)
    assert "aider" not in dict(claim_due())


@pytest.mark.django_db(transaction=True)
def test_a_row_locked_by_another_claim_is_skipped_not_waited_for() -> None:
    claim_due()
    SourceState.objects.update(lease_until=None)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT 1 FROM models_catalog_sourcestate WHERE slug = 'aider' FOR UPDATE")
            assert {slug for slug, _ in claim_due()} == SLUGS - {"aider"}
    finally:
        other.close()


def test_the_pause_grows_to_the_cadence_and_no_further() -> None:
    minutes = [pause_after(failures, timedelta(hours=6)).total_seconds() / 60 for failures in (1, 2, 3, 9)]
    assert minutes == [5, 10, 20, 360]
