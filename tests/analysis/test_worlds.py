"""Worlds with a constant lag: what they keep, what they redraw, and what they give back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
import pytest

from models_catalog.analysis import reading
from models_catalog.analysis.bootstrap import bootstrap
from models_catalog.analysis.course import Course
from models_catalog.analysis.frontier import Staircase
from models_catalog.analysis.index import fit_index
from models_catalog.analysis.records import Insufficient, Point
from models_catalog.analysis.worlds import Blueprint
from models_catalog.vocabulary import Access
from tests.analysis.invented import World, world


@cache
def invented(lag: float = 6.0) -> tuple[World, Blueprint]:
    made = world(3, lag=lag)
    fit = fit_index(made.scores, anchors=made.anchors)
    points = made.judged(dict(fit.levels))
    draws = bootstrap(fit, seed=1, draws=20).columns([point.model for point in points])
    return made, Blueprint.of(points, draws, made.as_of)


@pytest.mark.parametrize("planted", [3.0, 9.0])
def test_worlds_give_the_planted_lag_back_on_average(planted: float) -> None:
    _, blueprint = invented()
    random = np.random.default_rng(1)
    settled = blueprint.settled(planted, random)
    found = [reading.catch_up(settled.world(planted, random), 0.0).least for _ in range(60)]
    assert np.mean(found) == pytest.approx(planted, abs=0.5)
    assert np.std(found) > 0.1


def test_the_same_seed_gives_the_same_world_and_another_seed_another() -> None:
    _, blueprint = invented()
    first, again, other = (blueprint.world(5.0, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert np.array_equal(first.open.levels, again.open.levels)
    assert not np.array_equal(first.open.levels, other.open.levels)


def test_releases_keep_their_days_and_their_sides() -> None:
    _, blueprint = invented()
    sides = blueprint.world(5.0, np.random.default_rng(1))
    assert set(sides.closed.days) <= set(blueprint.closed.days)
    assert set(sides.open.days) <= set(blueprint.open.days)


def test_a_planted_drift_widens_the_later_lag() -> None:
    _, blueprint = invented()
    still = blueprint.world(6.0, np.random.default_rng(1))
    widening = blueprint.world(6.0, np.random.default_rng(1), drift=6.0)
    assert widening.open.levels[-1] < still.open.levels[-1]


def test_errors_of_the_levels_are_those_of_one_draw_for_all_models_together() -> None:
    """Draws that lift every model by 1 or by 3 lift every world's records by as much."""
    made, blueprint = invented()
    lifted = Blueprint.of(
        made.points, np.array([[p.level + by for p in made.points] for by in (1, 3)]), made.as_of
    )
    assert lifted.errors[0] == pytest.approx(1.0)
    assert lifted.errors[1] == pytest.approx(3.0)
    still = replace(blueprint, errors=np.zeros((1, len(blueprint.levels))), lowest=-np.inf)
    one, other = (
        replace(still, errors=np.full((1, len(blueprint.levels)), by)).world(6.0, np.random.default_rng(1))
        for by in (0.0, 3.0)
    )
    assert other.closed.levels == pytest.approx(one.closed.levels + 3)
    assert other.open.levels == pytest.approx(one.open.levels + 3)


def test_levels_below_the_first_closed_record_are_not_read() -> None:
    _, blueprint = invented()
    lowest = blueprint.frontiers().closed.levels[0]
    assert blueprint.lowest == lowest
    for seed in range(20):
        assert blueprint.world(6.0, np.random.default_rng(seed)).closed.levels.min() >= lowest


def test_before_the_closed_side_began_the_open_side_keeps_its_own_course() -> None:
    _, blueprint = invented()
    began, own = blueprint.began, blueprint.open.course.at(blueprint.open.days)
    early = blueprint.followed(np.full_like(blueprint.open.days, began - 1000))
    assert np.all(early <= own)
    later = np.full_like(blueprint.open.days, began + 300)
    assert blueprint.followed(later) == pytest.approx(blueprint.closed.course.at(later))


def test_settled_worlds_have_their_records_where_the_course_is() -> None:
    _, blueprint = invented()
    too_low = replace(blueprint, closed=blueprint.closed.lowered(5.0), open=blueprint.open.lowered(5.0))
    settled = too_low.settled(6.0, np.random.default_rng(1))
    random = np.random.default_rng(2)
    above = [
        np.mean(sides.closed.levels - settled.closed.course.at(sides.closed.days))
        for sides in (settled.world(6.0, random) for _ in range(80))
    ]
    assert np.mean(above) == pytest.approx(0, abs=0.3)


def test_levels_without_errors_give_no_worlds() -> None:
    made, _ = invented()
    with pytest.raises(Insufficient, match="the levels come without errors"):
        Blueprint.of(made.points, np.empty((0, len(made.points))), made.as_of)


def test_a_course_follows_a_straight_climb_and_goes_on_straight() -> None:
    days = 738_000 + np.arange(0, 900, 60.0)
    course = Course.through(Staircase(days, 100 + 0.02 * (days - days[0])))
    assert course.at(days) == pytest.approx(100 + 0.02 * (days - days[0]))
    assert course.at(days[:1] - 300) == pytest.approx([94.0])
    assert course.at(days[-1:] + 300) == pytest.approx([100 + 0.02 * (days[-1] + 300 - days[0])])


def test_too_few_records_refuse_a_course_with_a_reason() -> None:
    points = [Point(f"m{n}", date(2024, 1, 1 + n), Access.CLOSED, float(n)) for n in range(3)]
    with pytest.raises(Insufficient, match="4 records are needed for a course, and there are 3"):
        Blueprint.of(points, np.zeros((1, 3)), date(2025, 1, 1))
