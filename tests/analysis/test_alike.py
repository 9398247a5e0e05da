"""A part of the benchmarks, counted in points like those of the whole."""

from __future__ import annotations

import numpy as np
import pytest

from models_catalog.analysis.bootstrap import bootstrap
from models_catalog.analysis.index import fit_alike, fit_index
from models_catalog.analysis.lag import estimate
from models_catalog.analysis.records import Insufficient, Score
from models_catalog.analysis.scaling import Alike
from models_catalog.vocabulary import Method
from tests.analysis.invented import world

WORLD = world(3, lag=6.0)
WHOLE = fit_index(WORLD.scores, anchors=WORLD.anchors)
HALF = tuple(score for score in WORLD.scores if int(score.benchmark.split("-")[1]) % 2)
PART = fit_alike(HALF, like=WHOLE.levels)


def test_mean_and_spread_over_the_common_models_are_those_of_the_index() -> None:
    common = sorted(PART.levels.keys() & WHOLE.levels.keys())
    part, whole = (np.array([fit.levels[model] for model in common]) for fit in (PART, WHOLE))
    assert part.mean() == pytest.approx(whole.mean())
    assert part.std() == pytest.approx(whole.std())
    assert np.corrcoef(part, whole)[0, 1] > 0.98


def test_the_planted_lag_is_recovered_from_half_the_benchmarks() -> None:
    found = estimate(Method.CATCH_UP, WORLD.judged(dict(PART.levels)), as_of=WORLD.as_of).value
    assert found == pytest.approx(6.0, abs=2.0)


def test_stretching_the_index_stretches_the_part_and_leaves_its_months_alone() -> None:
    stretched = fit_alike(HALF, like={model: 10 + 3 * level for model, level in WHOLE.levels.items()})
    for model, level in PART.levels.items():
        assert stretched.levels[model] == pytest.approx(10 + 3 * level)
    months = [
        estimate(Method.CATCH_UP, WORLD.judged(dict(fit.levels)), as_of=WORLD.as_of).value
        for fit in (PART, stretched)
    ]
    assert months[0] == pytest.approx(months[1])


def test_the_order_of_rows_does_not_matter() -> None:
    assert fit_alike(HALF[::-1], like=WHOLE.levels).levels == PART.levels


def test_random_weights_lose_no_model_and_scatter_around_the_fit() -> None:
    drawn = bootstrap(PART, seed=5, draws=30, resample="bayesian")
    assert np.isfinite(drawn.levels).all()
    centre = np.array(list(PART.levels.values()))
    assert np.abs(np.median(drawn.levels, axis=0) - centre).mean() < 1.5
    assert np.array_equal(bootstrap(PART, seed=5, draws=30, resample="bayesian").levels, drawn.levels)


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        ([], "a scale needs 3 benchmarks .* this part has none"),
        ([s for s in HALF if s.benchmark in ("benchmark-1", "benchmark-3")], "this part has"),
    ],
)
def test_too_few_benchmarks_are_refused_with_their_number(scores: list[Score], said: str) -> None:
    with pytest.raises(Insufficient, match=said):
        fit_alike(scores, like=WHOLE.levels)


def test_a_part_without_common_models_has_no_scale() -> None:
    with pytest.raises(Insufficient, match="only 0 of its models are on the whole index, and 8 are needed"):
        fit_alike(HALF, like={"nobody": 100.0})


def test_models_that_are_all_alike_define_no_scale() -> None:
    like = Alike({str(number): 100.0 + number for number in range(9)})
    with pytest.raises(Insufficient, match="all models alike"):
        like.scale([str(number) for number in range(9)], np.zeros(9))
