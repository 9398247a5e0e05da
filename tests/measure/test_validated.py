"""The rates on /method/: counted for this method, by the lines `manage.py validate_method` prints."""

from __future__ import annotations

from dataclasses import replace

from models_catalog.analysis.calibration import Tried
from models_catalog.analysis.trend import RULE
from models_catalog.measure.checks import WORLDS, simulated
from models_catalog.measure.validated import validated
from models_catalog.measure.version import METHOD_VERSION


def test_every_rate_of_a_full_run_is_recorded_and_nothing_else() -> None:
    printed = [check.check for check in simulated((Tried(6.0, 6.0, True, True, ("narrowing",) * 2),))]
    assert list(validated().checks.values()) == printed
    assert validated().rates.keys() == validated().checks.keys()
    assert f"--worlds {WORLDS} " in validated().command


def test_every_rate_counts_the_worlds_the_command_tried() -> None:
    assert all(0 <= rate.happened <= rate.n == WORLDS for rate in validated().rates.values())


def test_counts_of_another_method_or_rule_are_of_the_past() -> None:
    now = replace(validated(), method_version=METHOD_VERSION, rule_version=RULE.version)
    assert now.is_current
    assert not replace(now, method_version="0").is_current
    assert not replace(now, rule_version="0").is_current
