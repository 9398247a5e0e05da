"""The trend rule: fixed before looking, silent when the lag is constant, and heard when it is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from models_catalog.analysis.records import Insufficient
from models_catalog.analysis.trend import (
    RULE,
    Simulated,
    find_trend,
    judge,
    require_return,
    simulate,
)
from models_catalog.analysis.worlds import Blueprint
from tests.analysis.test_worlds import invented

QUICK = replace(RULE, worlds=99, windows=(date(2023, 1, 1),))


@pytest.fixture(scope="module")
def constant() -> tuple[Blueprint, Simulated]:
    _, blueprint = invented()
    return blueprint, simulate(blueprint, 6.0, worlds=199, seed=1, rule=QUICK)


def test_the_rule_is_the_one_that_was_fixed() -> None:
    """Method.md: four estimators, three of them at p < .05 two-sided. A change needs a new version."""
    assert (RULE.version, RULE.fixed_on, RULE.significance, RULE.agreeing) == (
        "2",
        date(2026, 11, 24),
        0.05,
        3,
    )
    assert RULE.windows == (date(2023, 1, 1), date(2024, 7, 1))


@pytest.mark.parametrize(("drift", "verdict"), [(-4.0, "narrowing"), (4.0, "widening")])
def test_a_lag_that_changes_by_four_months_a_year_is_heard(
    constant: tuple[Blueprint, Simulated], drift: float, verdict: str
) -> None:
    blueprint, simulated = constant
    heard = [
        judge(blueprint.world(6.0, np.random.default_rng(seed), drift), simulated, QUICK).verdict
        for seed in range(100, 112)
    ]
    assert sum(said == verdict for said in heard) >= 9
    assert set(heard) <= {verdict, "no supported trend"}


def test_a_constant_lag_is_seldom_called_a_trend(constant: tuple[Blueprint, Simulated]) -> None:
    blueprint, simulated = constant
    random = np.random.default_rng(500)
    heard = [judge(blueprint.world(6.0, random), simulated, QUICK).verdict for _ in range(60)]
    assert heard.count("no supported trend") >= 54


def test_two_of_four_estimators_are_not_enough(constant: tuple[Blueprint, Simulated]) -> None:
    blueprint, simulated = constant
    sides = blueprint.world(6.0, np.random.default_rng(100), -4.0)
    before = judge(sides, simulated, QUICK)
    assert before.verdict == "narrowing"
    hushed = {
        key: np.concatenate([[-99.0] * 20, slopes]) if key[1] in ("catch_up", "parity_age") else slopes
        for key, slopes in simulated.slopes.items()
    }
    after = judge(sides, simulated._replace(slopes=hushed), QUICK)
    assert after.verdict == "no supported trend"


def test_every_estimator_states_its_lean_and_its_change(constant: tuple[Blueprint, Simulated]) -> None:
    blueprint, simulated = constant
    found = judge(blueprint.world(6.0, np.random.default_rng(7)), simulated, QUICK)
    for test in found.windows[0].tests:
        assert test.observed is not None
        assert test.expected is not None
        assert test.change == pytest.approx(test.observed - test.expected)
        assert test.low is not None
        assert test.high is not None
        assert test.low < (test.change or 0) < test.high
        assert 0 < (test.p or 0) <= 1


def test_estimators_without_values_leave_the_trend_not_estimable(
    constant: tuple[Blueprint, Simulated],
) -> None:
    blueprint, simulated = constant
    mute = {key: np.full_like(slopes, np.nan) for key, slopes in simulated.slopes.items()}
    found = judge(blueprint.world(6.0, np.random.default_rng(7)), simulated._replace(slopes=mute), QUICK)
    assert found.verdict == "not estimable"
    assert {test.reason for test in found.windows[0].tests} == {"0 of 199 simulated worlds carry a value"}


def test_the_same_inputs_give_the_same_trend() -> None:
    _, blueprint = invented()
    quick = replace(QUICK, worlds=20)
    assert find_trend(blueprint, rule=quick)[0] == find_trend(blueprint, rule=quick)[0]


def test_without_a_median_there_is_nothing_to_plant() -> None:
    _, blueprint = invented()
    levels = blueprint.levels.copy()
    levels[blueprint.open.positions] -= 1000
    far_behind = replace(blueprint, levels=levels)
    with pytest.raises(Insufficient, match="open models have not reached any of the levels"):
        find_trend(far_behind, rule=QUICK)


def test_worlds_that_do_not_give_back_what_was_planted_judge_nothing(
    constant: tuple[Blueprint, Simulated],
) -> None:
    _, simulated = constant
    require_return(simulated)
    with pytest.raises(Insufficient, match=r"a constant lag of 9\.0 months come out at \d\.\d"):
        require_return(simulated._replace(planted=9.0))
    with pytest.raises(Insufficient, match=r"6\.0 months come out at none"):
        require_return(simulated._replace(catch_up=np.full(9, np.nan)))
