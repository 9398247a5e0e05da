"""Incidents, quarantine, replay: what a person sees and can do when a source misbehaves."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from models_catalog.fetch.archive import Archive
from models_catalog.ingest import replay as replay_module
from models_catalog.ingest import review
from models_catalog.models import Decision, Fetch, Incident, Observation
from models_catalog.sources.contract import Bounds
from models_catalog.vocabulary import Outcome
from tests.ingest.invented import BOARD, SOURCE, Row, on, take

STRICT = replace(SOURCE, boards=(replace(BOARD, bounds=Bounds()),))
MANY: list[Row] = [{"name": f"model {number}", "price": "5"} for number in range(20)]

pytestmark = pytest.mark.django_db


@pytest.fixture
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(review, "by_slug", lambda _slug: STRICT)


def test_a_shrunken_page_waits_and_the_last_good_data_stays(tmp_path: Path) -> None:
    take(tmp_path, MANY, on(1), STRICT)
    stored = Observation.objects.count()
    fetch = take(tmp_path, MANY[:8], on(1, 6), STRICT)
    assert fetch.outcome == Outcome.QUARANTINED
    assert "shrunken: 16 rows, 40 were accepted last" in fetch.reason
    assert Observation.objects.count() == stored
    assert all(row.present for row in Observation.objects.all())


def test_trouble_is_one_open_incident_per_board_and_a_good_page_closes_it(tmp_path: Path) -> None:
    take(tmp_path, MANY, on(1), STRICT)
    take(tmp_path, b"<html>", on(1, 3), STRICT)
    take(tmp_path, MANY[:8], on(1, 6), STRICT)
    incident = Incident.objects.get(closed_at=None)
    assert (incident.source, incident.cause, incident.times) == ("invented", "implausible", 2)
    assert "shrunken" in incident.detail
    take(tmp_path, MANY, on(3), STRICT)
    assert Incident.objects.get().closed_at is not None


@pytest.mark.usefixtures("_registered")
def test_a_reviewer_takes_a_quarantined_page_with_a_reason(tmp_path: Path) -> None:
    take(tmp_path, MANY, on(1), STRICT)
    fetch = take(tmp_path, MANY[:8], on(1, 6), STRICT)
    assert review.waiting() == [fetch]
    stored = review.accept(fetch, "they closed a region", "Alice", Archive(tmp_path, keep_free=0.0))
    fetch.refresh_from_db()
    assert (fetch.outcome, fetch.reason) == ("accepted", "accepted by Alice: they closed a region")
    assert stored.withdrawn == 24
    assert Decision.objects.get().verdict == "accepted"
    assert review.waiting() == []
    assert Incident.objects.get().closed_at is not None
    with pytest.raises(review.NotWaiting, match="it is accepted"):
        review.reject(fetch, "no", "Bob")


@pytest.mark.usefixtures("_registered")
def test_a_decision_needs_a_reason(tmp_path: Path) -> None:
    take(tmp_path, MANY, on(1), STRICT)
    fetch = take(tmp_path, MANY[:8], on(1, 6), STRICT)
    with pytest.raises(review.NotWaiting, match="needs a reason"):
        review.reject(fetch, " ", "Bob")
    review.reject(fetch, "a broken page", "Bob")
    assert Fetch.objects.get(pk=fetch.pk).outcome == Outcome.REJECTED


def test_replaying_the_archive_gives_byte_identical_facts_and_stores_nothing(tmp_path: Path) -> None:
    for day, price in enumerate(("5", "4", "5"), start=1):
        take(tmp_path, [{"name": "alpha", "price": price}], on(day))
    stored = Observation.objects.count()
    first = replay_module.replay(SOURCE, None, Archive(tmp_path, keep_free=0.0))
    second = replay_module.replay(SOURCE, on(2), Archive(tmp_path, keep_free=0.0))
    assert [item.changed for item in first] == [0, 0, 0]
    assert [item.digest for item in second] == [item.digest for item in first[1:]]
    assert Observation.objects.count() == stored


def test_a_mended_parser_appends_its_reading_beside_the_old_one(tmp_path: Path) -> None:
    take(tmp_path, [{"name": "alpha", "price": "5"}], on(1))
    before = Observation.objects.get(kind="price").recorded_at

    def mended(page: object) -> object:
        for record in SOURCE.parse(page):  # type: ignore[arg-type]  # the contract's page
            amount = getattr(record, "amount", None)
            yield record if amount is None else replace(record, amount=amount * 2)  # type: ignore[call-arg]

    better = replace(SOURCE, parse=mended, parser_version=2)  # type: ignore[arg-type]
    [done] = replay_module.replay(better, None, Archive(tmp_path, keep_free=0.0))
    assert done.changed == 1
    rows = Observation.objects.filter(kind="price").order_by("id")
    assert [(row.value["amount"], row.observed_at) for row in rows] == [("5", on(1)), ("10", on(1))]
    assert Observation.objects.known(before).newest().get(kind="price").value["amount"] == "5"
    assert Observation.objects.newest().get(kind="price").value["amount"] == "10"


def test_a_payload_that_is_gone_or_damaged_is_named_and_the_rest_is_replayed(tmp_path: Path) -> None:
    archive = Archive(tmp_path, keep_free=0.0)
    lost = take(tmp_path, [{"name": "alpha", "price": "5"}], on(1))
    torn = take(tmp_path, [{"name": "alpha", "price": "6"}], on(2))
    take(tmp_path, [{"name": "alpha", "price": "7"}], on(3))
    archive.path(lost.sha256).unlink()
    archive.path(torn.sha256).write_bytes(b"torn")
    problems = [item.problem for item in replay_module.replay(SOURCE, None, archive)]
    assert lost.sha256 in problems[0]
    assert torn.sha256 in problems[1]
    assert problems[2] == ""
