"""The lines of `manage.py validate_method`: kept, missed, or not computed with a reason; never silently passed."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from django.core.management import call_command

from models_catalog.analysis.calibration import Tried
from models_catalog.measure import checks as checks_module
from models_catalog.measure import lookups
from models_catalog.measure.checks import checks, correlation, ranks, simulated
from models_catalog.measure.lookups import Leader, leaders
from models_catalog.measure.standing import compute_standing
from models_catalog.normalise.frontier import FrontierRecord
from models_catalog.vocabulary import Inputs
from tests.ingest.invented import on
from tests.measure.invented import publish


@pytest.mark.django_db
def test_without_facts_every_line_is_missed_with_its_reason(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        call_command("validate_method", "--json", "--worlds", "0")
    assert ended.value.code == 1
    rows = json.loads(capsys.readouterr().out)
    missing = [row for row in rows if row["value"] is None]
    assert len(missing) == 6
    assert all(row["target"].startswith("not computed: ") and not row["passed"] for row in missing)
    assert {tuple(row) for row in rows} == {("check", "value", "low", "high", "target", "n", "passed")}


@pytest.mark.django_db
def test_a_figure_outside_its_target_is_missed(tmp_path: Path) -> None:
    publish(tmp_path, on(5))
    found = {check.check: check for check in checks(worlds=0)}
    level_mean = found["level mean as of 2025-10-30, months"]
    assert level_mean.value is not None
    assert level_mean.passed == (1.1 <= level_mean.value <= 5.3)
    assert not found["catch-up with GPT-4 of March 2023, months"].passed


@pytest.mark.django_db
def test_a_record_that_nobody_looked_up_is_missed_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path, on(5))
    compute_standing()
    led = sorted({leader for inputs in Inputs for leader in leaders(inputs)})
    table = [reviewed(leader) for leader in led]
    monkeypatch.setattr(lookups, "frontier_records", lambda: table)
    [kept] = checks_module.lookups()
    assert (kept.value, kept.n, kept.passed, kept.target) == (0, len(led), True, "0")
    last = table.pop()
    [missed] = checks_module.lookups()
    assert (missed.value, missed.passed) == (1, False)
    assert missed.target == f"0, and there are {last.model} ({last.access}, {last.released})"


def reviewed(leader: Leader) -> FrontierRecord:
    return FrontierRecord(
        model=leader.model,
        released=leader.released,
        access=leader.access,
        inputs=frozenset(Inputs),
        cite="https://lab.example/a",
        opened=False,
        recorded="Epoch AI states it",
    )


def test_a_correlation_carries_fishers_interval() -> None:
    found = correlation("r", 0.9, 103, 0.95)
    assert found.low == pytest.approx(0.8546, abs=1e-3)
    assert found.high == pytest.approx(0.9317, abs=1e-3)
    assert not found.passed


def test_ties_share_their_rank() -> None:
    assert ranks(np.array([3.0, 1.0, 3.0, 9.0])).tolist() == [2.5, 1.0, 2.5, 4.0]


def test_coverage_outside_its_range_is_a_miss_on_either_side() -> None:
    rows = tuple(
        Tried(
            6.0, 6.0, measured=number < 8, process=number < 18, verdicts=("narrowing", "no supported trend")
        )
        for number in range(20)
    )
    kept = {check.check: check.passed for check in simulated(rows)}
    assert kept == {
        "90 % interval of the lag as a process holds the planted lag": True,
        "90 % interval of measurement holds the planted lag": False,
        "trend rule, since 2023: false alarms": False,
        "trend rule, since July 2024: false alarms": True,
    }
    everything = (Tried(6.0, 6.0, True, True, ("no supported trend",) * 2),) * 20
    assert not next(simulated(everything)).passed  # too wide is a miss, too
