"""Kaplan–Meier against worked examples."""

from __future__ import annotations

import numpy as np
import pytest

from models_catalog.analysis.survival import survival

# Remission of acute leukaemia in weeks (Freireich et al. 1963), the textbook example; + is censored.
TREATED = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
PLACEBO = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"


def _read(text: str) -> tuple[np.ndarray, np.ndarray]:
    words = text.split()
    times = np.array([float(word.rstrip("+")) for word in words])
    return times, np.array([not word.endswith("+") for word in words])


def test_the_textbook_curve_is_reproduced() -> None:
    curve = survival(*_read(TREATED))
    assert curve.times.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert curve.share == pytest.approx([0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482], abs=5e-5)


@pytest.mark.parametrize(("text", "median"), [(TREATED, 23.0), (PLACEBO, 8.0)])
def test_the_textbook_medians_are_reproduced(text: str, median: float) -> None:
    assert survival(*_read(text)).median == median


def test_a_curve_that_stays_above_one_half_has_no_median() -> None:
    assert survival(*_read("1 2 3+ 4+ 5+")).median == np.inf


def test_a_share_of_exactly_one_half_is_the_median() -> None:
    times, observed = _read("1 2 3 4+ 4+ 4+")
    assert survival(times, observed).median == 3


def test_someone_censored_at_the_moment_of_an_event_was_still_at_risk() -> None:
    assert survival(*_read("5 5+")).share.tolist() == [0.5]


def test_a_weight_of_two_is_the_same_as_two_equal_rows() -> None:
    times, observed = _read("1 2 3+ 4")
    weighted = survival(times, observed, np.array([1.0, 2.0, 1.0, 3.0]))
    repeated = survival(*_read("1 2 2 3+ 4 4 4"))
    assert weighted.share == pytest.approx(repeated.share)


def test_negative_durations_count_like_any_other() -> None:
    assert survival(*_read("-2 -1 3")).median == -1


def test_nobody_waiting_means_no_median() -> None:
    assert survival(np.empty(0), np.empty(0, dtype=bool)).median == np.inf
