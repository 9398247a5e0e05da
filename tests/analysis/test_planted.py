"""Invented worlds with a planted lag: score sheets in, months out."""

from __future__ import annotations

import numpy as np
import pytest

from models_catalog.analysis.bootstrap import bootstrap
from models_catalog.analysis.index import fit_index
from models_catalog.analysis.lag import estimate, estimate_with_interval
from models_catalog.vocabulary import Method
from tests.analysis.invented import world

SEEDS = range(12)


def _recovered(method: Method, seed: int, lag: float) -> float:
    invented = world(seed, lag=lag)
    fit = fit_index(invented.scores, anchors=invented.anchors)
    result = estimate(method, invented.judged(dict(fit.levels)), as_of=invented.as_of)
    assert result.value is not None
    return result.value


@pytest.mark.parametrize("lag", [4.0, 8.0])
def test_catch_up_recovers_the_planted_lag_in_every_world(lag: float) -> None:
    found = [_recovered(Method.CATCH_UP, seed, lag) for seed in SEEDS]
    assert np.abs(np.array(found) - lag).max() <= 1.5
    assert np.mean(found) == pytest.approx(lag, abs=0.5)


@pytest.mark.parametrize("lag", [4.0, 8.0])
@pytest.mark.parametrize(
    ("method", "within"), [(Method.LEVEL_MEAN, 0.5), (Method.PARITY_AGE, 1.5), (Method.BACKWARD_RECORD, 1.5)]
)
def test_the_other_methods_recover_it_on_average(method: Method, within: float, lag: float) -> None:
    """Backward records come out about a month short: a record is the moment at which open is closest."""
    found = [_recovered(method, seed, lag) for seed in SEEDS]
    assert np.mean(found) == pytest.approx(lag, abs=within)


def test_the_interval_holds_what_scores_without_noise_would_have_said() -> None:
    """It covers measurement, not which models happened to be released: the figure of the true abilities of
    these same models, which is not exactly the planted lag."""
    held = 0
    for seed in SEEDS:
        invented = world(seed, lag=6.0)
        fit = fit_index(invented.scores, anchors=invented.anchors)
        points = invented.judged(dict(fit.levels))
        draws = bootstrap(fit, seed=seed, draws=40).columns([point.model for point in points])
        result = estimate_with_interval(Method.CATCH_UP, points, draws, as_of=invented.as_of)
        truth = estimate(Method.CATCH_UP, invented.points, as_of=invented.as_of).value
        assert result.low is not None
        assert result.high is not None
        assert truth is not None
        assert result.high - result.low < 4.0
        held += result.low <= truth <= result.high
    assert held >= 10
