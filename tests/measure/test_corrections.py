"""A correction seen through `known_at` on both sides: the old answer stays what it was."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from models_catalog.findings.gap import gap_of
from models_catalog.findings.records import FrontierPoint
from models_catalog.ingest.corrections import append_correction
from models_catalog.ingest.projections import refresh_projections
from models_catalog.measure.issue import Question, issue
from models_catalog.models.knowledge import now_known
from models_catalog.normalise.corrections import Correction
from models_catalog.vocabulary import Access, Inputs
from tests.ingest.invented import on
from tests.measure.invented import ENTRIES, measure, publish

pytestmark = pytest.mark.django_db


def best_open(**limits: object) -> FrontierPoint:
    found = gap_of(issue(Question(Inputs.ALL, **limits))).frontier.best_open  # type: ignore[arg-type]  # known_at only
    assert found is not None
    return found


def test_the_gap_as_known_before_a_correction_is_the_old_one(tmp_path: Path) -> None:
    publish(tmp_path, on(5))
    measure(tmp_path, on(6))
    refresh_projections()
    before = now_known()
    assert before is not None
    assert best_open().name == "Birch 6"
    birch = next(item for item in ENTRIES if item.name == "Birch 6")
    closed = Correction(
        *("epoch", "Birch 6", "access_claim", birch.access[0], "API access"),
        *("Never published.", "Birch Lab's page", date(2026, 2, 1)),
    )
    append_correction(closed)
    refresh_projections()
    assert best_open().name == "Birch 5"
    assert best_open(known_at=before).name == "Birch 6"
    point = gap_of(issue(Question(Inputs.ALL))).frontier.points[-1]
    assert (point.name, point.access) == ("Birch 6", Access.CLOSED)
    assert best_open(known_at=before + timedelta(microseconds=1)).name == "Birch 6"
