"""Validation on Epoch AI's recorded data: figures published by others, and our own prototype's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from models_catalog.analysis.bootstrap import bootstrap, draws_from_intervals
from models_catalog.analysis.index import EPOCH_ANCHORS, IndexFit, fit_index
from models_catalog.analysis.lag import catch_up_of_model, estimate, estimate_with_interval
from models_catalog.analysis.records import Point
from models_catalog.vocabulary import Access, Method
from tests.analysis.epoch import matrix, published, published_bounds

pytestmark = pytest.mark.recorded

VINTAGE = "2026-08-11"
NOW = date(2026, 8, 11)
OCTOBER = date(2025, 10, 30)


@pytest.fixture(scope="module")
def points() -> tuple[Point, ...]:
    return published(VINTAGE)


@pytest.fixture(scope="module")
def own() -> IndexFit:
    return fit_index(matrix(VINTAGE), anchors=EPOCH_ANCHORS)


@pytest.fixture(scope="module")
def parity() -> IndexFit:
    return fit_index(matrix(VINTAGE), anchors=EPOCH_ANCHORS, mode="epoch_parity")


def _compare(fit: IndexFit, points: tuple[Point, ...]) -> tuple[float, float]:
    """Correlation with the published index over all its models, and the mean absolute difference."""
    pairs = np.array([(fit.levels[point.model], point.level) for point in points])
    return float(np.corrcoef(pairs.T)[0, 1]), float(np.abs(pairs[:, 0] - pairs[:, 1]).mean())


def test_parity_mode_reproduces_the_published_index(parity: IndexFit, points: tuple[Point, ...]) -> None:
    correlation, difference = _compare(parity, points)
    assert len(parity.levels) == len(points) == 222
    assert correlation > 0.99999
    assert difference < 0.05


def test_the_own_objective_agrees_with_it(own: IndexFit, points: tuple[Point, ...]) -> None:
    correlation, difference = _compare(own, points)
    assert correlation > 0.999
    assert difference < 1.0


def test_the_bootstrap_reproduces_the_published_intervals(
    parity: IndexFit, points: tuple[Point, ...]
) -> None:
    draws = bootstrap(parity, seed=1, draws=100)
    bounds = published_bounds(VINTAGE)
    low, high = np.nanquantile(draws.columns(sorted(bounds)), [0.05, 0.95], axis=0)
    widths = np.array([bounds[model].high - bounds[model].low for model in sorted(bounds)])
    assert np.median((high - low) / widths) == pytest.approx(1.0, abs=0.1)


@pytest.mark.parametrize(
    ("method", "exact", "tolerant"),
    [
        (Method.CATCH_UP, 5.72, 4.27),
        (Method.LEVEL_MEAN, 5.62, 4.02),
        (Method.PARITY_AGE, 5.22, 3.61),
        (Method.BACKWARD_RECORD, 6.90, 3.88),
        (Method.POINT_GAP, 4.64, 4.64),
    ],
)
def test_the_figures_of_the_published_index(
    points: tuple[Point, ...], method: Method, exact: float, tolerant: float
) -> None:
    for delta, expected in ((0.0, exact), (2.0, tolerant)):
        assert estimate(method, points, as_of=NOW, delta=delta).value == pytest.approx(expected, abs=0.01)


def test_catch_up_and_its_interval_on_the_own_fit(own: IndexFit, points: tuple[Point, ...]) -> None:
    """The prototype had 5.7 [5.2–7.1] and 4.4 [3.8–5.2]."""
    fitted = tuple(replace(point, level=own.levels[point.model]) for point in points)
    draws = bootstrap(own, seed=1, draws=100).columns([point.model for point in fitted])
    for delta, value, low, high in ((0.0, 5.72, 5.2, 7.1), (2.0, 4.37, 3.8, 5.2)):
        result = estimate_with_interval(Method.CATCH_UP, fitted, draws, as_of=NOW, delta=delta)
        assert result.value == pytest.approx(value, abs=0.01)
        assert result.low == pytest.approx(low, abs=0.4)
        assert result.high == pytest.approx(high, abs=0.4)


def test_catch_up_and_its_interval_from_published_intervals(points: tuple[Point, ...]) -> None:
    drawn = draws_from_intervals(points, published_bounds(VINTAGE), seed=1, draws=400)
    draws = drawn.columns([point.model for point in points])
    result = estimate_with_interval(Method.CATCH_UP, points, draws, as_of=NOW)
    assert result.low == pytest.approx(5.1, abs=0.3)
    assert result.high == pytest.approx(7.1, abs=0.3)


def test_the_level_mean_of_october_2025_lies_in_epochs_published_interval(points: tuple[Point, ...]) -> None:
    """Epoch published 3.5 months [1.1–5.3] on 2025-10-30, from data that were not recorded."""
    for delta, expected in ((0.0, 4.45), (2.0, 3.45)):
        value = estimate(Method.LEVEL_MEAN, points, as_of=OCTOBER, delta=delta).value
        assert value == pytest.approx(expected, abs=0.01)
        assert 1.1 <= expected <= 5.3


@pytest.mark.parametrize(
    ("vintage", "delta", "unknown", "expected"),
    [
        ("2026-08-11", 0.0, Access.UNKNOWN, 4.45),
        ("2025-12-19", 0.0, Access.UNKNOWN, 4.28),  # an older vintage
        ("2025-12-19", 1.0, Access.UNKNOWN, 3.55),  # a tolerance of one point
        ("2025-12-19", 0.0, Access.OPEN, 3.39),  # models of unknown access counted as open
        ("2025-12-19", 0.0, Access.CLOSED, 4.28),
    ],
)
def test_vintage_tolerance_and_access_explain_the_distance_to_epochs_3_5(
    vintage: str, delta: float, unknown: Access, expected: float
) -> None:
    value = estimate(Method.LEVEL_MEAN, published(vintage, unknown=unknown), as_of=OCTOBER, delta=delta).value
    assert value == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize(
    ("model", "delta", "months"),
    [("GPT-4 (Mar 2023)", 0.0, 16.3), ("GPT-4 (Mar 2023)", 2.0, 13.8), ("GPT-4 (Jun 2023)", 0.0, 10.2)],
)
def test_the_level_of_gpt_4_took_more_than_a_year(
    points: tuple[Point, ...], model: str, delta: float, months: float
) -> None:
    result = catch_up_of_model(points, model, as_of=NOW, delta=delta)
    assert result.value == pytest.approx(months, abs=0.05)
    assert not result.at_least
