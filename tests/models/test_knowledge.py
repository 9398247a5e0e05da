"""What was known: the same question at the same state of knowledge has the same answer for ever."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from models_catalog.models import Fetch
from models_catalog.models.knowledge import Knowledge, claims, now_known, scores
from tests.ingest.invented import on, take

pytestmark = pytest.mark.django_db


def values(knowledge: Knowledge) -> dict[str, str]:
    return {row.subject: str(row.value["value"]) for row in scores(knowledge)}


def test_a_vintage_sees_only_what_was_captured_by_then(tmp_path: Path) -> None:
    take(tmp_path, [{"name": "alpha", "score": 40}], on(1))
    take(tmp_path, [{"name": "alpha", "score": 60}, {"name": "beta", "score": 70}], on(10))
    assert values(Knowledge(vintage=on(9))) == {"alpha": "40"}
    assert values(Knowledge(vintage=on(10))) == {"alpha": "60", "beta": "70"}


def test_what_was_known_does_not_change_when_an_older_capture_arrives_late(tmp_path: Path) -> None:
    take(tmp_path, [{"name": "alpha", "score": 60}], on(10))
    then = now_known()
    take(tmp_path, [{"name": "alpha", "score": 40}, {"name": "gone", "score": 5}], on(1))
    assert values(Knowledge(known_at=then, vintage=on(5))) == {}
    assert values(Knowledge(vintage=on(5))) == {"alpha": "40", "gone": "5"}
    assert values(Knowledge(known_at=then)) == {"alpha": "60"}


def test_a_withdrawn_score_counts_no_more_and_a_withdrawn_release_still_happened(tmp_path: Path) -> None:
    take(tmp_path, [{"name": "alpha", "score": 40}, {"name": "beta", "score": 50}], on(1))
    take(tmp_path, [{"name": "beta", "score": 50}], on(2))
    assert values(Knowledge()) == {"beta": "50"}
    assert sorted(claim.model for claim in claims(Knowledge())) == ["alpha", "beta"]


def test_commit_stamps_grow_whatever_the_capture_times(tmp_path: Path) -> None:
    for day in (9, 3, 6):
        take(tmp_path, [{"name": "alpha", "score": day}], on(day))
    stamps = list(Fetch.objects.order_by("id").values_list("recorded_at", flat=True))
    assert stamps == sorted(stamps)
    assert now_known() == stamps[-1]
    assert stamps[-1] > on(9) + timedelta(days=1)
