"""Intervals and the trend rule against truths that were planted, and how sure a rate is."""

from __future__ import annotations

import pytest

from models_catalog.analysis.calibration import held, recovered, try_world
from models_catalog.analysis.rates import Rate, rate


@pytest.mark.parametrize(
    ("happened", "n", "low", "high"),
    [(0, 20, 0.0, 0.1611), (10, 20, 0.2993, 0.7007), (380, 400, 0.9241, 0.9673), (20, 20, 0.8389, 1.0)],
)
def test_a_rate_has_its_wilson_interval(happened: int, n: int, low: float, high: float) -> None:
    """Values of the closed form, as printed in Newcombe (1998) for 0 and 10 of 20."""
    bounds = Rate(happened, n).bounds
    assert bounds.low == pytest.approx(low, abs=1e-3)
    assert bounds.high == pytest.approx(high, abs=1e-3)


def test_a_rate_counts_those_that_answered() -> None:
    assert rate([True, None, False, True]) == Rate(2, 3)
    assert Rate(0, 0).bounds == (0.0, 1.0)


def test_an_open_end_holds_everything_on_its_side_and_no_interval_holds_nothing() -> None:
    assert held(None, 5.0, 4.0) is True
    assert held(None, 5.0, 6.0) is False
    assert held(4.5, None, 4.0) is False
    assert held(None, None, 4.0) is None


def test_a_world_is_tried_from_its_scores_to_its_verdict_and_the_same_again() -> None:
    tried = try_world(5, inner=39, lag=6.0)
    assert tried == try_world(5, inner=39, lag=6.0)
    assert tried.planted == 6.0
    assert tried.found == pytest.approx(6.0, abs=1.5)
    assert len(tried.verdicts) == 2


@pytest.mark.parametrize("lag", [4.0, 8.0])
def test_a_planted_lag_is_recovered_within_a_month_and_a_half(lag: float) -> None:
    assert all(abs(found - lag) <= 1.5 for found in recovered(lag, 8))
