"""Estimates as others receive them: the value, its interval, and honesty about what is not known."""

from __future__ import annotations

import numpy as np
import pytest

from models_catalog.analysis.lag import (
    catch_up_of_level,
    catch_up_of_model,
    estimate,
    estimate_with_interval,
)
from models_catalog.analysis.reasons import NO_CLOSED, open_ends, too_few_rises
from models_catalog.analysis.records import DAYS_PER_MONTH, Estimate, Floats, Point
from models_catalog.vocabulary import Access, Method
from tests.analysis.invented import closed, day, opened

# The world of test_reading.py, with one model of unknown access that must not matter.
POINTS = (
    closed(0, 100.0, "A"),
    closed(60, 110.0, "B"),
    closed(90, 115.0, "C"),
    closed(120, 120.0, "D"),
    closed(180, 130.0, "E"),
    closed(240, 140.0, "F"),
    opened(0, 95.0, "p"),
    opened(150, 110.0, "q"),
    opened(300, 125.0, "r"),
    Point("?", day(5), Access.UNKNOWN, 200.0),
)
LEVELS = np.array([point.level for point in POINTS])
TODAY = day(400)


def _draws(**columns: list[float]) -> Floats:
    """Draws in which only the named models move."""
    count = len(next(iter(columns.values())))
    draws = np.tile(LEVELS, (count, 1))
    for model, levels in columns.items():
        draws[:, [point.model for point in POINTS].index(model)] = levels
    return draws


@pytest.mark.parametrize(
    ("method", "value", "unit", "n", "n_unit"),
    [
        (Method.CATCH_UP, 180 / DAYS_PER_MONTH, "months", 5, "closed frontier steps"),
        (Method.LEVEL_MEAN, 138 / DAYS_PER_MONTH, "months", 4, "closed frontier steps"),
        (Method.PARITY_AGE, 220 / DAYS_PER_MONTH, "months", 9, "frontier steps"),
        (Method.POINT_GAP, 15.0, "points", 9, "frontier steps"),
    ],
)
def test_every_method_states_value_unit_and_evidence(
    method: Method, value: float, unit: str, n: int, n_unit: str
) -> None:
    result = estimate(method, POINTS, as_of=TODAY)
    assert result.value == pytest.approx(value)
    assert (result.method, result.unit, result.n, result.n_unit) == (method, unit, n, n_unit)
    assert (result.low, result.high, result.reason, result.at_least) == (None, None, "", False)


def test_too_little_evidence_is_a_reason_and_never_a_number() -> None:
    result = estimate_with_interval(Method.BACKWARD_RECORD, POINTS, _draws(r=[125.0] * 9), as_of=TODAY)
    assert (result.value, result.low, result.high) == (None, None, None)
    assert result.reason == too_few_rises("open", 2, 4)


def test_before_the_first_models_every_method_says_so() -> None:
    for method in Method:
        result = estimate(method, POINTS, as_of=day(-1))
        assert result.value is None
        assert result.reason == NO_CLOSED


def test_the_interval_is_the_central_range_of_the_draws() -> None:
    draws = _draws(F=[140.0 + 0.1 * step for step in range(201)])  # the gap runs from 15 to 35
    result = estimate_with_interval(Method.POINT_GAP, POINTS, draws, as_of=TODAY)
    assert result.value == 15.0
    assert result.low == pytest.approx(16.0)
    assert result.high == pytest.approx(34.0)
    half = estimate_with_interval(Method.POINT_GAP, POINTS, draws, as_of=TODAY, level=0.5)
    assert half.low == pytest.approx(20.0)
    assert half.high == pytest.approx(30.0)


def test_the_ends_of_an_interval_are_rounded_outwards() -> None:
    draws = _draws(F=[140.0, 141.0, 142.0, 143.0, 144.0])
    result = estimate_with_interval(Method.POINT_GAP, POINTS, draws, as_of=TODAY)
    assert (result.low, result.high) == (15.0, 19.0)


@pytest.mark.parametrize(("unreached", "bounded"), [(8, False), (2, True)])
def test_a_draw_without_a_median_counts_as_infinite(unreached: int, bounded: bool) -> None:
    """In some of 100 draws r only reaches 116: by day 400 that is 16 of 40 points, too few for a median."""
    draws = _draws(q=[116.0] * 100, r=[125.0] * (100 - unreached) + [116.0] * unreached)
    result = estimate_with_interval(Method.CATCH_UP, POINTS, draws, as_of=TODAY)
    assert result.value is not None
    assert result.low is not None
    assert (result.high is not None) is bounded
    assert result.reason == ("" if bounded else open_ends(["high"]))


def test_draws_that_mostly_say_nothing_give_no_interval() -> None:
    draws = _draws(p=[np.nan] * 10, q=[np.nan] * 10, r=[np.nan] * 6 + [125.0] * 4)
    result = estimate_with_interval(Method.POINT_GAP, POINTS, draws, as_of=TODAY)
    assert result.value == 15.0
    assert (result.low, result.high) == (None, None)
    assert result.reason == "no interval: when the scores are shaken, only 4 of 10 draws carry a figure"


def test_a_left_censored_age_is_a_lower_bound() -> None:
    result = estimate_with_interval(Method.PARITY_AGE, POINTS, _draws(A=[100.0] * 5), as_of=day(140))
    assert result.at_least
    assert result.value == pytest.approx(140 / DAYS_PER_MONTH)
    assert result.low == pytest.approx(140 / DAYS_PER_MONTH)
    assert result.high is None


def test_an_open_lead_is_a_reason_and_not_an_age_of_zero() -> None:
    result = estimate(Method.PARITY_AGE, POINTS, as_of=TODAY, delta=16.0)
    assert result.value is None
    assert "ahead of the best open one by more than the tolerance" in result.reason


def test_draws_in_which_open_leads_leave_the_low_end_open() -> None:
    draws = _draws(r=[125.0] * 15 + [141.0] * 5)
    result = estimate_with_interval(Method.PARITY_AGE, POINTS, draws, as_of=TODAY)
    assert result.value == pytest.approx(220 / DAYS_PER_MONTH)
    assert result.low is None
    assert result.high == pytest.approx(220 / DAYS_PER_MONTH)
    assert "no low end" in result.reason


def test_the_level_of_a_model_is_timed_from_its_own_release() -> None:
    late = (*POINTS, closed(200, 110.0, "G"))  # B had reached 110 on day 60
    assert _days(catch_up_of_model(late, "B", as_of=TODAY)) == pytest.approx(90)
    assert _days(catch_up_of_model(late, "G", as_of=TODAY)) == pytest.approx(-50)
    assert _days(catch_up_of_level(late, 110.0, as_of=TODAY)) == pytest.approx(90)


def test_a_level_not_yet_reached_is_the_wait_so_far() -> None:
    result = catch_up_of_model(POINTS, "F", as_of=TODAY)
    assert result.at_least
    assert _days(result) == pytest.approx(160)
    assert catch_up_of_level(POINTS, 126.0, as_of=TODAY).at_least
    assert catch_up_of_level(POINTS, 141.0, as_of=TODAY).value is None


def test_the_level_moves_with_its_draws() -> None:
    """C is matched on day 150 in draws that place it at 110 or lower, on day 300 in the others."""
    draws = _draws(C=[109.0] * 10 + [115.0] * 80 + [126.0] * 10)
    result = catch_up_of_model(POINTS, "C", draws, as_of=TODAY)
    assert _days(result) == pytest.approx(210)
    assert result.low == pytest.approx(60 / DAYS_PER_MONTH)
    assert result.high is None


def test_an_unknown_model_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="nobody"):
        catch_up_of_model(POINTS, "nobody", as_of=TODAY)


def test_a_model_not_yet_released_has_no_catch_up() -> None:
    assert catch_up_of_model(POINTS, "F", as_of=day(239)).value is None


@pytest.mark.parametrize("value", [None, float("nan"), float("inf")])
def test_an_estimate_cannot_be_empty_without_a_reason_nor_infinite(value: float | None) -> None:
    with pytest.raises(ValueError, match="catch_up"):
        Estimate(Method.CATCH_UP, value, None, None, "months", 0, "steps", None, "")


def _days(result: Estimate) -> float:
    assert result.value is not None
    return result.value * DAYS_PER_MONTH
