"""Worlds with a constant lag: what they keep, what they redraw, and what they give back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
import pytest

from models_catalog.analysis import reading
from models_catalog.analysis.frontier import Staircase
from models_catalog.analysis.index import fit_index
from models_catalog.analysis.records import Insufficient, Point
from models_catalog.analysis.worlds import Blueprint, Course, Sheet, sheet_of_fit
from models_catalog.vocabulary import Access
from tests.analysis.invented import World, world


@cache
def invented(lag: float = 6.0) -> tuple[World, Blueprint]:
    made = world(3, lag=lag)
    fit = fit_index(made.scores, anchors=made.anchors)
    sheet, points = sheet_of_fit(fit, made.judged(dict(fit.levels)))
    return made, Blueprint.of(points, sheet, made.as_of)


@pytest.mark.parametrize("planted", [3.0, 9.0])
def test_worlds_give_the_planted_lag_back_on_average(planted: float) -> None:
    _, blueprint = invented()
    random = np.random.default_rng(1)
    found = [reading.catch_up(blueprint.world(planted, random), 0.0).least for _ in range(60)]
    assert np.mean(found) == pytest.approx(planted, abs=0.75)
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


def test_published_levels_are_measured_with_their_own_error() -> None:
    made, _ = invented()
    levels = np.array([point.level for point in made.points])
    exact = Sheet(levels, below=np.zeros(len(levels)), above=np.zeros(len(levels)))
    assert np.array_equal(exact.measured(levels, np.random.default_rng(1)), levels)
    loose = replace(exact, above=np.full(len(levels), 0.5))
    found = loose.measured(levels, np.random.default_rng(1))
    assert np.all(found >= levels)
    assert np.any(found > levels)


def test_a_course_follows_a_straight_climb_and_goes_on_straight() -> None:
    days = 738_000 + np.arange(0, 900, 60.0)
    course = Course.through(Staircase(days, 100 + 0.02 * (days - days[0])))
    assert course.at(days) == pytest.approx(100 + 0.02 * (days - days[0]))
    assert course.at(days[:1] - 300) == pytest.approx([94.0])
    assert course.at(days[-1:] + 300) == pytest.approx([100 + 0.02 * (days[-1] + 300 - days[0])])


def test_too_few_records_refuse_a_course_with_a_reason() -> None:
    points = [Point(f"m{n}", date(2024, 1, 1 + n), Access.CLOSED, float(n)) for n in range(3)]
    sheet = Sheet(np.array([point.level for point in points]), below=np.zeros(3), above=np.zeros(3))
    with pytest.raises(Insufficient, match="4 records are needed for a course, and there are 3"):
        Blueprint.of(points, sheet, date(2025, 1, 1))
