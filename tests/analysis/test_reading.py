"""The five methods, worked by hand on one small world.

Closed: day 0 at 100, 60 at 110, 90 at 115, 120 at 120, 180 at 130, 240 at 140.
Open:   day 0 at 95, 150 at 110, 300 at 125. Asked on day 400.

Levels      closed  open  wait          width
100–110     60      150    90           10
110–115     90      300   210            5
115–120     120     300   180            5
120–125     180     300   120            5
125–130     180     -     220 or more    5
130–140     240     -     160 or more   10
"""

from __future__ import annotations

import numpy as np
import pytest

from models_catalog.analysis import reading
from models_catalog.analysis.frontier import Frontiers, Roster
from models_catalog.analysis.lag import Reader
from models_catalog.analysis.reasons import NO_CLOSED, NO_OPEN, too_few_rises
from models_catalog.analysis.records import DAYS_PER_MONTH, Point
from tests.analysis.invented import closed, day, opened

CLOSED = ((0, 100.0), (60, 110.0), (90, 115.0), (120, 120.0), (180, 130.0), (240, 140.0))
OPEN = ((0, 95.0), (150, 110.0), (300, 125.0))


def _sides(
    closed_steps: tuple[tuple[int, float], ...] = CLOSED,
    open_steps: tuple[tuple[int, float], ...] = OPEN,
    today: int = 400,
) -> Frontiers:
    points: list[Point] = [closed(*step) for step in closed_steps]
    points += [opened(*step) for step in open_steps]
    return Roster.of(points, day(today)).frontiers(np.array([point.level for point in points]))


def _days(months: float) -> float:
    return months * DAYS_PER_MONTH


def test_catch_up_is_the_kaplan_meier_median_over_levels() -> None:
    # S: 30/40 at 90; x 25/30 at 120; 10 leave at 160; x 10/15 at 180: 0.417
    result = reading.catch_up(_sides(), 0.0)
    assert _days(result.least) == pytest.approx(180)
    assert result.least == result.most
    assert (result.n, result.n_unit) == (5, "closed frontier steps")
    assert result.censored_share == pytest.approx(15 / 40)


def test_catch_up_is_not_the_median_of_the_levels_already_matched() -> None:
    matched = np.repeat([90, 210, 180, 120], [2, 1, 1, 1])
    assert np.median(matched) < _days(reading.catch_up(_sides(), 0.0).least)


def test_catch_up_at_a_tolerance_credits_the_open_side() -> None:
    # open counts as 97, 112, 127. S: 38/40 at 60; x 28/38 at 90; x 21/28 at 120: 0.525;
    # 10 leave at 160; x 6/11 at 180
    result = reading.catch_up(_sides(), 2.0)
    assert _days(result.least) == pytest.approx(180)
    assert result.censored_share == pytest.approx(13 / 40)
    # 30 points make everything matched; the levels up to 125 were matched on day 0, before closed had them
    generous = reading.catch_up(_sides(), 30.0)
    assert generous.censored_share == 0
    assert _days(generous.least) == pytest.approx(-90)


def test_catch_up_over_too_few_steps_is_a_reason_and_no_number() -> None:
    result = reading.catch_up(_sides(CLOSED[:4]), 0.0)
    assert np.isnan(result.least)
    assert result.reason == too_few_rises("closed", 3, 4)
    assert result.n == 3


def test_catch_up_is_not_estimable_when_hardly_any_level_was_matched() -> None:
    result = reading.catch_up(_sides(open_steps=((0, 95.0), (150, 110.0))), 0.0)
    assert np.isnan(result.least)
    assert result.reason.startswith("open models have not reached 75 % of the levels of closed ones")


def test_a_median_that_is_not_reached_is_infinite_with_a_reason() -> None:
    # 16 of 40 points matched within 70 days, 24 waiting for longer than that: S stays at 0.6
    result = reading.catch_up(_sides(open_steps=((0, 95.0), (130, 116.0))), 0.0)
    assert result.least == result.most == np.inf
    assert result.reason


def test_level_mean_is_the_mean_distance_over_levels_both_reached() -> None:
    closed_steps = (*CLOSED[:5], (200, 124.0), (240, 140.0))  # no record: changes nothing
    assert reading.level_mean(_sides(closed_steps), 0.0) == reading.level_mean(_sides(), 0.0)
    result = reading.level_mean(_sides(), 0.0)
    assert _days(result.least) == pytest.approx((900 + 1050 + 900 + 600) / 25)
    assert result.n == 4
    assert result.censored_share == pytest.approx(15 / 40)


def test_level_mean_at_a_tolerance() -> None:
    result = reading.level_mean(_sides(), 2.0)
    assert _days(result.least) == pytest.approx((10 * 90 + 2 * 60 + 3 * 210 + 5 * 180 + 7 * 120) / 27)


def test_level_mean_starts_where_both_sides_have_a_record() -> None:
    # open starts at 105: nobody knows when it was at 100. 110–115 waits 210, 115–120 180, 120–125 120 days
    result = reading.level_mean(_sides(open_steps=((100, 105.0), (150, 110.0), (300, 125.0))), 0.0)
    assert _days(result.least) == pytest.approx((5 * 90 + 5 * 210 + 5 * 180 + 5 * 120) / 20)


def test_level_mean_without_common_levels_is_a_reason() -> None:
    result = reading.level_mean(_sides(open_steps=((0, 95.0), (50, 99.0))), 0.0)
    assert np.isnan(result.least)
    assert "both" in result.reason


@pytest.mark.parametrize(("delta", "days"), [(0.0, 220), (5.0, 220), (6.0, 160), (15.0, 160)])
def test_parity_age_is_the_age_of_the_closed_model_that_open_has_reached(delta: float, days: int) -> None:
    result = reading.parity_age(_sides(), delta)
    assert _days(result.least) == pytest.approx(days)
    assert result.least == result.most
    assert (result.n, result.n_unit) == (9, "frontier steps")


@pytest.mark.parametrize("level", [95.0, 100.0])
def test_parity_age_is_at_least_the_age_of_the_first_closed_record_below_it(level: float) -> None:
    result = reading.parity_age(_sides(open_steps=((0, level),)), 0.0)
    assert _days(result.least) == pytest.approx(400)
    assert result.most == np.inf


def test_parity_age_when_open_leads_is_no_age() -> None:
    result = reading.parity_age(_sides(open_steps=((0, 95.0), (300, 141.0))), 0.0)
    assert result.least == -np.inf
    assert result.most == 0.0
    assert "no closed model is ahead" in result.reason
    assert "by more than the tolerance," in reading.parity_age(_sides(), 16.0).reason


def test_point_gap_is_the_distance_of_the_two_best_models() -> None:
    assert reading.point_gap(_sides(), 0.0).least == 15
    assert reading.point_gap(_sides(open_steps=((0, 143.0),)), 0.0).least == -3


def test_backward_records_keep_open_leads_and_censor_old_levels() -> None:
    """Closed 100 on day 0, 120 on 50, 140 on 100; asked on day 300.

    Open records: 95 on 20 (20 or more), 110 on 80 (30), 121 on 120 (20), 121.3 (too small to count),
    135 on 200 (100), 150 on 260 (never reached: −40 or less). S: 4/5 at −40, x 3/4 at 20, x 1/2 at 30.
    """
    sides = _sides(
        ((0, 100.0), (50, 120.0), (100, 140.0)),
        ((10, 90.0), (20, 95.0), (80, 110.0), (120, 121.0), (130, 121.3), (200, 135.0), (260, 150.0)),
        today=300,
    )
    result = reading.backward_record(sides, 0.0)
    assert _days(result.least) == pytest.approx(30)
    assert (result.n, result.n_unit) == (5, "open records")
    assert result.censored_share == pytest.approx(1 / 5)


def test_a_record_at_the_first_closed_level_is_censored_too() -> None:
    records = ((10, 90.0), (20, 100.0), (80, 110.0), (120, 121.0), (200, 135.0))
    result = reading.backward_record(_sides(((0, 100.0), (50, 120.0), (100, 140.0)), records, today=300), 0.0)
    assert result.censored_share == pytest.approx(1 / 4)


def test_an_open_lead_on_most_records_is_a_bound_and_not_a_lag() -> None:
    """Two of four records were never reached: their lags are −200 or less and −100 or less."""
    records = ((10, 90.0), (80, 110.0), (120, 121.0), (200, 150.0), (300, 160.0))
    result = reading.backward_record(_sides(((0, 100.0), (50, 120.0), (100, 140.0)), records), 0.0)
    assert result.least == -np.inf
    assert _days(result.most) == pytest.approx(-100)
    assert "open models were first" in result.reason


def test_a_negative_backward_lag_is_kept() -> None:
    """Closed models reached all four open records, each 30 days after."""
    records = ((5, 90.0), (20, 110.0), (60, 120.0), (90, 130.0), (150, 140.0))
    later = ((0, 100.0), *((when + 30, level) for when, level in records[1:]))
    result = reading.backward_record(_sides(later, records), 0.0)
    assert _days(result.least) == pytest.approx(-30)
    assert result.least == result.most


def test_small_steps_add_up_to_a_record() -> None:
    sides = _sides(open_steps=((0, 101.0), *((10 * i, 101 + 0.25 * i) for i in range(1, 9))))
    assert reading.backward_record(sides, 0.0).n == 4


@pytest.mark.parametrize(
    ("level", "days", "known"),
    [
        (110.0, 90, True),
        (115.0, 210, True),
        (100.0, 150, True),  # the first closed record's own level: closed day 0, open day 150
        (99.0, 150, False),  # below it, closed models may have been there long before
        (126.0, 220, False),  # still waiting
    ],
)
def test_the_catch_up_of_one_level(level: float, days: int, known: bool) -> None:
    result = reading.level_catch_up(_sides(), 0.0, level)
    assert _days(result.least) == pytest.approx(days)
    assert (result.most == result.least) is known


def test_a_level_nobody_closed_has_reached_has_no_catch_up() -> None:
    assert "no closed model" in reading.level_catch_up(_sides(), 0.0, 141.0).reason


@pytest.mark.parametrize(
    "method", [reading.catch_up, reading.level_mean, reading.parity_age, reading.point_gap]
)
def test_a_missing_side_is_named(method: Reader) -> None:
    assert method(_sides(closed_steps=()), 0.0).reason == NO_CLOSED
    assert method(_sides(open_steps=()), 0.0).reason == NO_OPEN
