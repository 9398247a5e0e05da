"""Half the last value, half the twelve-month mean, with the errors the same rule made before."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from models_catalog.analysis.forecast import AHEAD, expected, forecast, line, monthly
from models_catalog.analysis.frontier import Frontiers, Staircase
from models_catalog.vocabulary import Method


def test_the_rule_is_half_the_last_value_and_half_the_mean_of_twelve_months() -> None:
    assert expected(np.array([100.0, *[4.0] * 11, 8.0])) == pytest.approx(0.5 * 8 + 0.5 * (52 / 12))


def test_a_straight_line_goes_on() -> None:
    assert line(np.arange(20.0), ahead=6) == pytest.approx(25.0)


def test_a_steady_series_stays_where_it_is_without_error() -> None:
    found = forecast(Method.CATCH_UP, np.full(40, 5.0))
    assert [step.months for step in found.steps] == [1, 2, 3, 4, 5, 6]
    assert {(step.value, step.low, step.high) for step in found.steps} == {(5.0, 5.0, 5.0)}
    assert found.error == 0
    assert found.unit == "months"


def test_the_band_holds_most_of_what_the_same_rule_missed_before() -> None:
    random = np.random.default_rng(4)
    series = 5 + random.normal(0, 1, 120)
    found = forecast(Method.POINT_GAP, series)
    assert found.unit == "points"
    assert found.steps[0].trials == 108
    assert found.steps[0].high - found.steps[0].low == pytest.approx(2 * 1.28 * 1.16, rel=0.25)
    assert found.error_line is not None
    assert found.error is not None
    assert found.error < found.error_line


def test_where_staying_as_it_is_was_closer_nothing_is_forecast_and_the_errors_say_why() -> None:
    """A steady climb: the mean of twelve months lags behind it, and the last value does so less."""
    found = forecast(Method.PARITY_AGE, np.arange(40.0))
    assert found.steps == ()
    assert found.error_unchanged == pytest.approx(3.0)
    assert found.error == pytest.approx(3.0 + 5.5 / 2)
    assert found.reason == (
        "no forecast is supported: three months ahead the rule missed by 5.75 months on average, "
        'and "it stays as it is" by 3.00'
    )


def test_bands_made_from_the_past_hold_four_of_five_of_what_came() -> None:
    """The bands' own backtest: series that return to a level, forecast from their first two thirds."""
    random, held, tried = np.random.default_rng(8), 0, 0
    for _ in range(80):
        series = 5 + np.convolve(random.normal(0, 1, 95), [0.25] * 6, "valid")
        for step in forecast(Method.POINT_GAP, series[:80]).steps:
            came = series[80 + step.months - 1]
            held, tried = held + (step.low <= came <= step.high), tried + 1
    assert tried >= 300
    assert 0.68 <= held / tried <= 0.9


def test_a_band_always_holds_its_own_forecast() -> None:
    random = np.random.default_rng(4)
    found = forecast(Method.PARITY_AGE, 5 + random.normal(0, 1, 60))
    assert all(step.low <= step.value <= step.high for step in found.steps)
    assert len(found.steps) == AHEAD


def test_too_short_a_history_says_so() -> None:
    found = forecast(Method.CATCH_UP, np.full(20, 5.0))
    assert found.steps == ()
    assert found.reason == "25 months of history are needed, and there are 20"


def test_only_the_months_since_the_last_hole_count() -> None:
    series = np.full(60, 5.0)
    series[40] = np.nan
    assert forecast(Method.CATCH_UP, series).months == 19
    series[-1] = np.nan
    assert forecast(Method.CATCH_UP, series).reason == "there is no figure now to start from"


def test_the_monthly_series_ends_on_the_day_asked_and_sees_no_later_release() -> None:
    start = date(2024, 1, 1)
    days = start.toordinal() + np.array([0.0, 100.0, 200.0, 300.0])
    closed = Staircase(days, np.array([10.0, 12.0, 14.0, 16.0]))
    opened = Staircase(days + 50, np.array([9.0, 11.0, 13.0, 15.0]))
    series = monthly(Method.POINT_GAP, Frontiers(closed, opened, float(days[-1] + 60)), start)
    assert len(series) == 12
    assert series[-1] == pytest.approx(1.0)
    assert np.isnan(series[0])  # nothing open yet
    assert set(series[np.isfinite(series)]) == {1.0, 3.0}
