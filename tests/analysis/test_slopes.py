"""Four slopes of the lag, on staircases whose lag is known."""

from __future__ import annotations

import numpy as np
import pytest

from models_catalog.analysis.frontier import Frontiers, Staircase
from models_catalog.analysis.records import DAYS_PER_MONTH
from models_catalog.analysis.slopes import SLOPES, level_on, parity_ages

SINCE = 730_000.0
MONTHS = np.arange(0, 36, 1.5)


def frontiers(lag: float, per_year: float = 0.0) -> Frontiers:
    """A closed step of 2 points every six weeks, and the open side at the same levels so many months later."""
    waits = lag + per_year * MONTHS / 12
    levels = 100 + 2 * np.arange(len(MONTHS), dtype=np.float64)
    closed = Staircase(SINCE + MONTHS * DAYS_PER_MONTH, levels)
    opened = Staircase(SINCE + (MONTHS + waits) * DAYS_PER_MONTH, levels)
    return Frontiers(closed, opened, float(opened.days[-1]))


@pytest.mark.parametrize("name", ["catch_up", "backward_record", "parity_age"])
@pytest.mark.parametrize("per_year", [-1.5, 0.0, 2.0])
def test_a_lag_that_changes_steadily_is_read_as_it_changes(name: str, per_year: float) -> None:
    """Age of parity is read against the day of reading, which runs slower or faster than the closed clock."""
    expected = per_year if name == "catch_up" else per_year / (1 + per_year / 12)
    assert SLOPES[name](frontiers(6.0, per_year), SINCE) == pytest.approx(expected, abs=0.25)


@pytest.mark.parametrize("per_year", [-1.5, 2.0])
def test_the_gap_in_points_moves_the_same_way(per_year: float) -> None:
    sides = frontiers(6.0, per_year)
    while_closed_climbs = Frontiers(sides.closed, sides.open, float(sides.closed.days[-1]))
    assert np.sign(SLOPES["point_gap"](while_closed_climbs, SINCE + 300)) == np.sign(per_year)


@pytest.mark.parametrize("name", list(SLOPES))
def test_stretching_the_scale_leaves_months_unchanged(name: str) -> None:
    sides = frontiers(6.0, 1.0)
    stretched = Frontiers(
        Staircase(sides.closed.days, 7 * sides.closed.levels),
        Staircase(sides.open.days, 7 * sides.open.levels),
        sides.today,
    )
    assert SLOPES[name](stretched, SINCE) == pytest.approx(SLOPES[name](sides, SINCE))


@pytest.mark.parametrize("name", list(SLOPES))
def test_too_few_values_give_no_slope(name: str) -> None:
    sides = frontiers(6.0)
    short = Frontiers(
        Staircase(sides.closed.days[:2], sides.closed.levels[:2]),
        Staircase(sides.open.days[:2], sides.open.levels[:2]),
        float(sides.open.days[1]),
    )
    assert np.isnan(SLOPES[name](short, float(short.today) - 40))
    assert np.isnan(SLOPES[name](Frontiers(sides.closed, Staircase(np.empty(0), np.empty(0)), 0.0), SINCE))


def test_a_level_on_a_day_is_the_last_step_before_it() -> None:
    side = Staircase(np.array([10.0, 20.0]), np.array([1.0, 2.0]))
    assert level_on(side, np.array([9.0, 10.0, 19.0, 20.0, 99.0])) == pytest.approx(
        [np.nan, 1, 1, 2, 2], nan_ok=True
    )


def test_parity_is_unknown_below_the_first_closed_record_and_zero_when_open_leads() -> None:
    closed = Staircase(np.array([0.0, 100.0]), np.array([10.0, 12.0]))
    opened = Staircase(np.array([50.0, 80.0, 200.0]), np.array([9.0, 11.0, 13.0]))
    ages = parity_ages(Frontiers(closed, opened, 300.0), np.array([60.0, 90.0, 130.4375, 250.0]))
    assert ages == pytest.approx([np.nan, 0.0, 1.0, 0.0], nan_ok=True)
