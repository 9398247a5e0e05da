"""The lag as a process: observed minus the error that worlds with a planted lag showed."""

from __future__ import annotations

import numpy as np
import pytest

from models_catalog.analysis.process import process_interval
from models_catalog.analysis.records import Insufficient


def test_the_interval_corrects_the_bias_of_the_estimate() -> None:
    """Estimates that fall between 1 below and 3 above what was planted: the truth lies 3 below to 1 above."""
    found = process_interval(6.0, np.linspace(5.0, 9.0, 1001))
    assert found.low == pytest.approx(3.2, abs=0.01)
    assert found.high == pytest.approx(6.8, abs=0.01)
    assert found.lean == pytest.approx(1.0, abs=0.01)


def test_what_was_planted_need_not_be_what_was_observed() -> None:
    found = process_interval(10.0, np.linspace(5.0, 7.0, 1001), planted=6.0)
    assert found.low == pytest.approx(9.1, abs=0.01)
    assert found.high == pytest.approx(10.9, abs=0.01)


def test_of_nineteen_worlds_the_outermost_bound_the_interval() -> None:
    """The 20 · 5 %-th smallest is the smallest: one more world falls outside on either side once in twenty."""
    found = process_interval(6.0, 6.0 + np.arange(-9.0, 10.0))
    assert (found.low, found.high) == (-3.0, 15.0)


def test_worlds_without_a_median_leave_an_end_open_and_say_so() -> None:
    found = process_interval(6.0, np.array([5.0, 6.0, 7.0, np.inf]))
    assert found.low is None
    assert found.high == pytest.approx(7.0)
    assert "not bounded" in found.reason


def test_too_few_worlds_with_a_reading_give_no_interval() -> None:
    with pytest.raises(Insufficient, match="1 of 4 simulated worlds carry a lag"):
        process_interval(6.0, np.array([5.0, np.nan, np.nan, np.nan]))
