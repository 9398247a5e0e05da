"""How old and how healthy is every source?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from models_catalog.findings.records import SourceLine
from models_catalog.findings.status import credit, source_lines, worker_age
from models_catalog.ingest.identity import refresh_identity
from models_catalog.models import Heartbeat, Run, SourceState, SweepState
from models_catalog.sources import SOURCES, by_slug
from models_catalog.sources.contract import ReleaseSeen
from models_catalog.vocabulary import Outcome
from models_catalog.web.context import ended_badly, fresh
from tests.ingest.invented import on
from tests.ingest.stated import release, state
from tests.measure.invented import publish

pytestmark = pytest.mark.django_db


def line(slug: str) -> SourceLine:
    return next(line for line in source_lines() if line.slug == slug)


def ran(outcome: Outcome, trigger: Run.Trigger, hours_ago: float = 1, reason: str = "") -> None:
    ended = timezone.now() - timedelta(hours=hours_ago)
    Run.objects.create(
        source="epoch",
        trigger=trigger,
        started_at=ended - timedelta(minutes=1),
        finished_at=ended,
        outcome=outcome,
        reason=reason,
    )


def test_every_registered_source_has_a_line_before_anything_is_stored() -> None:
    lines = source_lines()
    assert [line.slug for line in lines] == [source.slug for source in SOURCES]
    for line in lines:
        assert (line.stale, line.newest_observed, line.last_run, line.files) == (True, None, None, 0)
        assert (line.verified, line.last_outcome) == (by_slug(line.slug).verified, "")


def test_a_source_without_its_key_says_so_and_is_neither_fresh_nor_failed(settings: Settings) -> None:
    together = line("together")
    assert together.off == "off: its owner asks for a key, and TOGETHER_API_KEY is not set"
    assert not ended_badly(together)
    assert not fresh(replace(together, newest_observed=timezone.now(), stale=True))
    settings.OPENGAP_KEYS = {"together": "a key"}
    assert (line("together").off, line("epoch").off) == ("", "")


def test_a_line_counts_names_values_and_pages(tmp_path: Path) -> None:
    state(tmp_path, release("Amber 1"), release("Amber 2"))
    odd = ReleaseSeen(model="elsewhere/nobody", name="Nobody")
    state(tmp_path, odd, source="openrouter", board="models")
    refresh_identity()
    epoch, openrouter = line("epoch"), line("openrouter")
    assert (epoch.files, epoch.subjects, epoch.resolved, epoch.observations) == (1, 2, 2, 2)
    assert (openrouter.subjects, openrouter.resolved) == (1, 0)
    assert epoch.newest_observed == on(1)


def test_age_counts_from_the_newest_capture_and_not_from_its_arrival(tmp_path: Path) -> None:
    now = timezone.now()
    publish(tmp_path, now - by_slug("epoch").stale_after - timedelta(hours=1))
    assert line("epoch").stale
    publish(tmp_path, now - by_slug("epoch").stale_after + timedelta(hours=1))
    assert not line("epoch").stale


def test_an_unchanged_page_makes_a_source_fresh_again(tmp_path: Path) -> None:
    publish(tmp_path, timezone.now() - timedelta(days=90))
    publish(tmp_path, timezone.now())
    assert not line("epoch").stale


def test_a_rejected_page_does_not(tmp_path: Path) -> None:
    publish(tmp_path, on(1))
    refused = state(tmp_path, release("A\x00"), observed_at=timezone.now())
    assert refused.outcome == Outcome.QUARANTINED
    assert line("epoch").newest_observed == on(1)
    assert (line("epoch").last_outcome, line("epoch").stale) == (Outcome.QUARANTINED, True)


@pytest.mark.parametrize(
    ("outcome", "trigger", "verified"),
    [
        (Outcome.ACCEPTED, Run.Trigger.LIVE, True),
        (Outcome.UNCHANGED, Run.Trigger.LIVE, True),
        (Outcome.FAILED, Run.Trigger.LIVE, False),
        (Outcome.QUARANTINED, Run.Trigger.LIVE, False),
        (Outcome.ACCEPTED, Run.Trigger.RECORDED, False),
        (Outcome.ACCEPTED, Run.Trigger.SHIPPED, False),
    ],
)
def test_only_a_live_run_that_delivered_verifies_a_source(
    outcome: Outcome, trigger: Run.Trigger, verified: bool
) -> None:
    ran(outcome, trigger)
    assert line("epoch").verified.startswith("accepted live on ") is verified


def test_the_first_live_delivery_is_what_verified_it() -> None:
    ran(Outcome.ACCEPTED, Run.Trigger.LIVE, hours_ago=24 * 40)
    ran(Outcome.ACCEPTED, Run.Trigger.LIVE, hours_ago=1)
    first = timezone.now() - timedelta(hours=24 * 40, minutes=1)
    assert line("epoch").verified == f"accepted live on {first:%Y-%m-%d}"


def test_the_newest_run_that_ended_is_told_with_its_reason() -> None:
    ran(Outcome.ACCEPTED, Run.Trigger.LIVE, hours_ago=5)
    ran(Outcome.FAILED, Run.Trigger.LIVE, reason="epoch.ai did not answer")
    Run.objects.create(source="epoch", trigger=Run.Trigger.LIVE, started_at=timezone.now())  # still going
    found = line("epoch")
    assert (found.last_outcome, found.last_reason) == (Outcome.FAILED, "epoch.ai did not answer")


def test_the_next_attempt_and_a_disabled_source_are_told() -> None:
    due = timezone.now() + timedelta(hours=2)
    SourceState.objects.create(slug="epoch", next_attempt_at=due, enabled=False)
    assert (line("epoch").next_attempt, line("epoch").enabled) == (due, False)
    assert line("aider").enabled


def test_trouble_is_told_until_the_board_delivers(tmp_path: Path) -> None:
    state(tmp_path, release("A\x00"))
    [incident] = line("epoch").incidents
    assert (incident.board, incident.times) == ("notable_ai_models", 1)
    assert "impossible" in incident.detail
    [waiting] = line("epoch").waiting
    assert waiting.page
    state(tmp_path, release("Amber 1"), observed_at=on(2))
    assert line("epoch").incidents == ()


def test_a_credit_names_owner_licence_and_newest_capture(tmp_path: Path) -> None:
    publish(tmp_path, on(5))
    publish(tmp_path, on(3))
    found = credit("epoch")
    assert (found.slug, found.data_licence, found.retrieved) == ("epoch", "CC-BY-4.0", on(5))
    assert "Epoch AI" in found.attribution
    assert credit("epoch", on(1)).retrieved == on(1)
    assert credit("aider").retrieved is None


def test_a_source_nobody_registered_is_a_named_error() -> None:
    with pytest.raises(KeyError, match="no source 'nosuch'"):
        credit("nosuch")


def test_the_age_of_the_youngest_heartbeat_is_the_workers() -> None:
    assert worker_age() is None
    now = timezone.now()
    Heartbeat.objects.create(worker="one", beat_at=now - timedelta(hours=3))
    Heartbeat.objects.create(worker="two", beat_at=now - timedelta(minutes=3))
    age = worker_age()
    assert age is not None
    assert timedelta(minutes=3) <= age < timedelta(hours=1)


def test_a_line_tells_how_far_each_sweep_has_come() -> None:
    now = timezone.now()
    SweepState.objects.create(
        source="huggingface", sweep="newest", due_at=now, finished_at=now, finished_rows=9
    )
    SweepState.objects.create(
        source="huggingface",
        sweep="of lab",
        due_at=now,
        next_url="https://huggingface.co/api/models?cursor=a",
        begun_at=now - timedelta(hours=2),
        moved_at=now - timedelta(minutes=3),
        pages=4,
        rows=2_000,
    )
    busy, resting = line("huggingface").sweeps
    assert (busy.sweep, busy.under_way, busy.pages, busy.rows) == ("of lab", True, 4, 2_000)
    assert (busy.cursor_moved, busy.finished) == (now - timedelta(minutes=3), None)
    assert (resting.under_way, resting.finished, resting.finished_rows) == (False, now, 9)
    assert line("epoch").sweeps == ()
