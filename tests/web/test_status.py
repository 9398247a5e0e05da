"""The status page: how every source goes, what is wrong, what waits, and what may be done with its data."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from bs4 import Tag
from django.test import Client

from models_catalog.findings.status import source_lines
from models_catalog.models import Decision, Fetch, Heartbeat, Incident, Run, SourceState
from models_catalog.sources import SOURCES
from models_catalog.vocabulary import Outcome
from models_catalog.web.templatetags.figures import next_try, span
from models_catalog.web.views.status import headline, troubles
from tests.web.reading import page, text_of
from tests.web.stored import CAPTURED, World

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 2, 28, 6, tzinfo=UTC)  # a day after the invented captures


def article(client: Client, slug: str) -> Tag:
    found = page(client, "/status/").select_one(f"article:has(#{slug})")
    assert found is not None
    return found


def facts(found: Tag) -> dict[str, str]:
    return {text_of(item.dt): text_of(item.dd) for item in found.select("dl > div")}


def held_back(made: World, reason: str, outcome: Outcome = Outcome.QUARANTINED) -> Fetch:
    row = made.fetches["epoch"]
    row.pk, row.board, row.outcome, row.reason, row.records = None, "eci_scores", outcome, reason, 12
    row.save()
    return row


def test_every_source_has_a_line_and_an_article(client: Client, stored: World) -> None:
    found = page(client, "/status/")
    slugs = [source.slug for source in SOURCES]
    assert [item["id"] for item in found.select("article.source dl")] == slugs
    assert [link["href"] for link in found.select("tbody th a")] == [f"#{slug}" for slug in slugs]


def test_an_article_tells_age_rights_and_their_basis(client: Client, stored: World) -> None:
    with time_machine.travel(NOW, tick=False):
        told = facts(article(client, "epoch"))
    epoch = next(source for source in SOURCES if source.slug == "epoch")
    assert told["Newest data"] == f"1 day ago stale after {span(epoch.stale_after.total_seconds() / 3600)}"
    assert told["Owner"] == epoch.rights.owner
    assert told["May be handed on"] == "yes"
    assert told["Why it may"] == " ".join(epoch.rights.basis.split())
    assert told["Last success"] == "none yet no live run has delivered"
    assert told["Address verified"] == "not yet no live run has been accepted"
    assert told["Held here"].startswith("9 values")


def test_what_may_not_be_handed_on_says_why(client: Client, stored: World) -> None:
    told = facts(article(client, "openrouter"))
    assert told["May be handed on"] == "no : quoted values are left out of every file"
    router = next(source for source in SOURCES if source.slug == "openrouter")
    assert told["Why it may not"] == " ".join(router.rights.basis.split())
    notice = page(client, "/status/").select_one(".notice")
    assert "do not allow handing the data on" in text_of(notice)
    assert notice is not None
    assert notice.select_one('a[href="#rights"]')
    assert "OpenRouter" not in text_of(notice)  # every source is named once a list, and the lists follow
    assert not notice.select_one('a[href="#epoch"]')


def test_a_live_success_verifies_and_is_dated(client: Client, stored: World) -> None:
    Run.objects.create(
        source="epoch",
        trigger=Run.Trigger.LIVE,
        started_at=CAPTURED,
        finished_at=CAPTURED,
        outcome=Outcome.ACCEPTED,
    )
    due = NOW + timedelta(hours=5)
    SourceState.objects.create(slug="epoch", last_success_at=CAPTURED, next_attempt_at=due)
    with time_machine.travel(NOW, tick=False):
        told = facts(article(client, "epoch"))
    assert told["Last success"] == "1 day ago"
    assert told["Address verified"] == "accepted live on 2026-02-27"
    assert told["Next try"].startswith("in 5 hours")
    assert told["Last run"] == "accepted, 1 day ago"


def test_an_open_incident_is_told_with_cause_times_and_next_try(client: Client, stored: World) -> None:
    Incident.objects.create(
        source="epoch",
        board="eci_scores",
        cause="Throttled",
        detail="the host asks to be left alone",
        opened_at=CAPTURED,
        last_at=NOW - timedelta(hours=2),
        times=4,
        next_try_at=NOW + timedelta(hours=3),
        fetch=stored.fetches["epoch"],
    )
    with time_machine.travel(NOW, tick=False):
        told = text_of(page(client, "/status/").select_one("section[aria-labelledby=incidents]"))
    assert told == (
        "What is wrong now Epoch AI, capability index Throttled: the host asks to be left alone "
        "Since 27 Feb 2026, 06:00 UTC · met 4 times, last 2 hours ago · next try in 3 hours"
    )


def test_a_closed_incident_is_not_shown(client: Client, stored: World) -> None:
    Incident.objects.create(
        source="epoch",
        board="eci_scores",
        cause="Throttled",
        detail="over",
        opened_at=CAPTURED,
        last_at=CAPTURED,
        closed_at=NOW,
        fetch=stored.fetches["epoch"],
    )
    assert not page(client, "/status/").select("#incidents")


def test_a_page_in_quarantine_waits_until_it_is_decided(client: Client, stored: World) -> None:
    row = held_back(stored, "41 % of the values changed at once")
    told = text_of(page(client, "/status/").select_one("section[aria-labelledby=waiting]"))
    assert "Epoch AI, capability index , captured 27 Feb 2026 41 % of the values changed at once" in told
    assert f"Page {row.pk} · 12 records · waiting since 27 Feb 2026, 06:00 UTC" in told
    verdict = Decision.Verdict.REJECTED
    Decision.objects.create(fetch=row, verdict=verdict, reason="no", decided_by="me", decided_at=NOW)
    assert not page(client, "/status/").select("#waiting")


def test_many_waiting_pages_are_counted_not_listed(client: Client, stored: World) -> None:
    for number in range(23):
        held_back(stored, f"reason {number}")
    told = page(client, "/status/").select_one("section[aria-labelledby=waiting]")
    assert told is not None
    assert len(told.select("li")) == 20
    assert "3 more: manage.py gate lists them." in text_of(told)


def test_hostile_words_of_a_source_stay_words(client: Client, stored: World) -> None:
    held_back(stored, "<script>alert(1)</script>")
    found = page(client, "/status/")
    assert all(script.get("src") for script in found.select("script"))
    assert "<script>alert(1)</script>" in text_of(found.main)


def test_a_silent_worker_is_told(client: Client, stored: World) -> None:
    assert "No worker has reported yet" in text_of(page(client, "/status/").select_one(".terms"))
    Heartbeat.objects.create(worker="one", beat_at=NOW - timedelta(minutes=2))
    with time_machine.travel(NOW, tick=False):
        assert "last reported 2 minutes ago" in text_of(page(client, "/status/").select_one(".terms"))


def test_the_headline_counts_what_is_fresh_and_what_is_not() -> None:
    line = replace(source_lines()[0], stale=False, newest_observed=CAPTURED, last_outcome="accepted")
    stale, empty = replace(line, stale=True), replace(line, stale=True, newest_observed=None)
    failed = replace(line, last_outcome="failed")
    off = replace(empty, off="needs a key")
    assert headline([line, line]) == "All 2 sources are fresh."
    assert headline([line, stale, failed]) == "1 of 3 sources is fresh."
    assert headline([stale, empty, off]) == "None of 3 sources is fresh."
    assert troubles([line]) == ""
    assert troubles([stale, stale, empty, failed]) == (
        "1 holds nothing yet, 2 have data older than they should be, 1 ended its last run badly."
    )


def test_the_next_try_is_said_in_words() -> None:
    line = replace(source_lines()[0], next_attempt=None)
    with time_machine.travel(NOW, tick=False):
        assert next_try(line) == "due now"
        assert next_try(replace(line, next_attempt=NOW - timedelta(hours=3))) == "due now"
        assert "in 3 hours" in next_try(line, NOW + timedelta(hours=3))
        assert next_try(replace(line, enabled=False)) == "none before somebody enables the source"


@pytest.mark.parametrize(
    ("hours", "words"), [(36.0, "36 hours"), (1.0, "1 hour"), (168.0, "7 days"), (48.0, "2 days")]
)
def test_spans_are_told_in_the_unit_that_fits(hours: float, words: str) -> None:
    assert span(hours) == words
