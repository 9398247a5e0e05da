"""Studies beside the gap: worked out once, kept with their inputs, read back as they were found."""

from __future__ import annotations

from pathlib import Path

import pytest

from models_catalog.findings.prices import prices
from models_catalog.findings.shares import shares
from models_catalog.findings.trend import standing_trend
from models_catalog.ingest.identity import refresh_identity
from models_catalog.measure.standing import compute_standing
from models_catalog.measure.studies import compute_studies, is_studied
from models_catalog.models import Generation, Study
from models_catalog.vocabulary import Inputs
from tests.ingest.invented import on
from tests.measure.invented import measure, publish

pytestmark = pytest.mark.django_db


def collect(folder: Path, day: int = 5) -> None:
    publish(folder, on(day))
    measure(folder, on(day + 1))
    refresh_identity()


def test_nothing_collected_leaves_nothing_to_study() -> None:
    assert is_studied()
    assert compute_studies() == 0
    assert standing_trend() is None
    assert prices() is None
    assert shares() is None


def test_every_standing_answer_is_studied_once(tmp_path: Path) -> None:
    collect(tmp_path)
    compute_standing()
    assert not is_studied()
    before = Generation.objects.get(pk=1).number
    made = compute_studies()
    kept = {(study.subject, study.inputs) for study in Study.objects.all()}
    assert kept == {("prices", "all"), ("shares", "all"), ("trend", "all"), ("trend", "epoch")}
    assert made == len(kept)
    assert is_studied()
    assert Generation.objects.get(pk=1).number == before + made
    assert compute_studies() == 0


def test_the_trend_is_read_back_as_it_was_found(tmp_path: Path) -> None:
    collect(tmp_path)
    compute_standing()
    compute_studies()
    found = standing_trend(Inputs.EPOCH)
    assert found is not None
    assert found.trend is not None
    assert found.trend.rule.fixed_on.isoformat() == "2026-11-24"
    assert found.trend.worlds == 19  # as many as draws, but for one
    assert found.trend.verdict in ("no supported trend", "not estimable")
    assert found.process is not None
    assert found.process.observed == found.trend.planted
    assert [forecast.method for forecast in found.forecasts] == ["parity_age", "point_gap"]
    assert found.words


def test_no_prices_and_no_downloads_are_said_and_not_invented(tmp_path: Path) -> None:
    collect(tmp_path)
    compute_standing()
    compute_studies()
    offered, counted = prices(), shares()
    assert offered is not None
    assert offered.models == ()
    assert all(saving.saving is None and saving.reason for saving in offered.savings)
    assert counted is not None
    assert counted.families == ()
    assert counted.newest_families() == ()
