from __future__ import annotations

import numpy as np
import pytest

from models_catalog.analysis.frontier import Roster, first_date_at_or_above, running_maximum
from models_catalog.analysis.records import Point
from models_catalog.vocabulary import Access
from tests.analysis.invented import closed, day, opened

POINTS = (
    closed(0, 100.0, "first"),
    closed(50, 99.0, "weaker"),
    closed(50, 120.0, "second"),
    closed(50, 110.0, "same day, weaker"),
    closed(90, 120.0, "no better"),
    closed(100, 140.0, "third"),
    opened(20, 90.0, "open"),
    Point("nobody knows", day(10), Access.UNKNOWN, 500.0),
)


def test_only_records_are_steps_and_one_day_has_one() -> None:
    steps = running_maximum(POINTS, Access.CLOSED, as_of=day(200))
    assert [(step.released, step.level, step.model) for step in steps] == [
        (day(0), 100.0, "first"),
        (day(50), 120.0, "second"),
        (day(100), 140.0, "third"),
    ]


def test_models_released_after_the_day_asked_about_do_not_exist_yet() -> None:
    assert [step.model for step in running_maximum(POINTS, Access.CLOSED, as_of=day(99))] == [
        "first",
        "second",
    ]
    assert running_maximum(POINTS, Access.OPEN, as_of=day(19)) == ()


def test_a_release_counts_on_its_own_day() -> None:
    assert len(running_maximum(POINTS, Access.OPEN, as_of=day(20))) == 1


def test_unknown_access_is_in_neither_frontier() -> None:
    for access in (Access.OPEN, Access.CLOSED):
        models = {step.model for step in running_maximum(POINTS, access, as_of=day(200))}
        assert "nobody knows" not in models


def test_of_two_equal_models_on_one_day_the_name_decides() -> None:
    points = (closed(0, 100.0, "b"), closed(0, 100.0, "a"))
    assert running_maximum(points, Access.CLOSED, as_of=day(1))[0].model == "a"


@pytest.mark.parametrize(
    ("level", "number"), [(80.0, 0), (100.0, 0), (100.1, 50), (120.0, 50), (140.0, 100), (140.1, None)]
)
def test_a_level_is_reached_by_the_first_step_at_or_above_it(level: float, number: int | None) -> None:
    steps = running_maximum(POINTS, Access.CLOSED, as_of=day(200))
    assert first_date_at_or_above(steps, level) == (None if number is None else day(number))
    staircase = Roster.of(POINTS, day(200)).frontiers(np.array([p.level for p in POINTS])).closed
    expected = np.inf if number is None else day(number).toordinal()
    assert staircase.day_of(level) == expected


def test_the_fast_frontier_is_the_named_one() -> None:
    levels = np.array([point.level for point in POINTS])
    sides = Roster.of(POINTS, day(200)).frontiers(levels)
    for access, side in ((Access.CLOSED, sides.closed), (Access.OPEN, sides.open)):
        steps = running_maximum(POINTS, access, as_of=day(200))
        assert side.days.tolist() == [step.released.toordinal() for step in steps]
        assert side.levels.tolist() == [step.level for step in steps]


def test_a_level_that_a_draw_does_not_carry_is_no_step() -> None:
    levels = np.array([point.level for point in POINTS])
    levels[2] = np.nan
    sides = Roster.of(POINTS, day(200)).frontiers(levels)
    assert sides.closed.levels.tolist() == [100.0, 110.0, 120.0, 140.0]
    assert len(Roster.of(POINTS, day(200)).frontiers(np.full(len(POINTS), np.nan)).closed) == 0
