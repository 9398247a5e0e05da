from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from models_catalog.analysis.bootstrap import Draws, Resample, bootstrap, cell_counts, draws_from_intervals
from models_catalog.analysis.evidence import Minimum
from models_catalog.analysis.index import IndexFit, fit_index
from models_catalog.analysis.records import Bounds, Score
from models_catalog.analysis.scaling import Anchors
from tests.analysis.invented import World, closed, opened, world


@pytest.fixture(scope="module")
def invented() -> World:
    return world(2, lag=6.0, each=25, benchmarks=20)


@pytest.fixture(scope="module")
def fitted(invented: World) -> IndexFit:
    return fit_index(invented.scores, anchors=invented.anchors)


@pytest.mark.parametrize("resample", ["within_model", "two_way"])
def test_the_anchors_do_not_move_and_the_others_do(fitted: IndexFit, resample: Resample) -> None:
    drawn = bootstrap(fitted, seed=1, draws=40, resample=resample)
    assert drawn.levels.shape == (40, len(fitted.models))
    ends = fitted.scaling
    assert isinstance(ends, Anchors)
    for anchor, level in ((ends.low, 130.0), (ends.high, 150.0)):
        column = drawn.columns([anchor])[:, 0]
        assert column[~np.isnan(column)] == pytest.approx(level)
    others = [model for model in fitted.models if model not in (ends.low, ends.high)]
    spread = np.nanstd(drawn.columns(others), axis=0)
    assert (spread > 0.01).all()


def test_a_seed_gives_the_same_draws_again_and_another_seed_others(fitted: IndexFit) -> None:
    first, again, other = (bootstrap(fitted, seed=seed, draws=3).levels for seed in (1, 1, 2))
    assert np.array_equal(first, again, equal_nan=True)
    assert not np.array_equal(first, other, equal_nan=True)


@pytest.mark.parametrize("resample", ["within_model", "two_way"])
def test_a_draw_is_a_full_fit_of_the_resampled_scores(
    invented: World, fitted: IndexFit, resample: Resample
) -> None:
    drawn = bootstrap(fitted, seed=3, draws=2, resample=resample)
    for counts, levels in zip(
        cell_counts(fitted, seed=3, draws=2, resample=resample), drawn.levels, strict=True
    ):
        weighted = [
            replace(score, weight=float(count))
            for score, count in zip(_scores_in_cell_order(invented, fitted), counts, strict=True)
            if count > 0
        ]
        cold = fit_index(weighted, anchors=invented.anchors, minimum=Minimum(1, 1))
        for model, level in zip(fitted.models, levels, strict=True):
            assert np.isnan(level) or level == pytest.approx(cold.levels[model], abs=0.05)


def _scores_in_cell_order(invented: World, fit: IndexFit) -> list[Score]:
    """The scores that were fitted, by model and benchmark."""
    benchmarks = {benchmark.name for benchmark in fit.benchmarks}
    used = [score for score in invented.scores if score.benchmark in benchmarks]
    return sorted(used, key=lambda score: (score.model, score.benchmark))


def test_every_model_keeps_its_number_of_scores_in_every_draw(fitted: IndexFit) -> None:
    counts = cell_counts(fitted, seed=1, draws=5, resample="within_model")
    for model in range(len(fitted.models)):
        cells = fitted.problem.model == model
        assert (counts[:, cells].sum(axis=1) == cells.sum()).all()
    assert (counts == 0).any()
    assert (counts > 1).any()


def test_a_benchmark_that_is_not_redrawn_is_gone_from_that_draw(fitted: IndexFit) -> None:
    counts = cell_counts(fitted, seed=1, draws=5, resample="two_way")
    gone = [
        [not row[fitted.problem.benchmark == b].any() for b in range(len(fitted.benchmarks))]
        for row in counts
    ]
    assert 0.2 < np.mean(gone) < 0.5  # (1 − 1/B)^B is near 1/e


def test_a_model_seen_on_fewer_than_three_benchmarks_has_no_level_in_that_draw(
    invented: World, fitted: IndexFit
) -> None:
    thin = next(model for model in fitted.models if model not in invented.anchors)
    mine = [score for score in invented.scores if score.model == thin][:2]
    others = [score for score in invented.scores if score.model != thin]
    fit = fit_index([*mine, *others], anchors=invented.anchors, minimum=Minimum(2, 8))
    drawn = bootstrap(fit, seed=1, draws=5)
    assert np.isnan(drawn.columns([thin])).all()
    assert isinstance(fit.scaling, Anchors)
    assert not np.isnan(drawn.columns([fit.scaling.low])).all()


def test_resampling_benchmarks_too_is_wider(fitted: IndexFit) -> None:
    widths = [
        np.nanmedian(np.nanstd(bootstrap(fitted, seed=1, draws=60, resample=resample).levels, axis=0))
        for resample in ("within_model", "two_way")
    ]
    assert widths[1] > 1.1 * widths[0]


def test_progress_is_told_after_every_draw(fitted: IndexFit) -> None:
    told = list[int]()
    bootstrap(fitted, seed=1, draws=3, progress=told.append)
    assert told == [1, 2, 3]


def test_columns_follow_the_names_asked_for() -> None:
    drawn = Draws(("a", "b"), np.array([[1.0, 2.0], [3.0, 4.0]]))
    columns = drawn.columns(["b", "unheard of", "a"])
    assert columns[:, 0].tolist() == [2.0, 4.0]
    assert np.isnan(columns[:, 1]).all()
    assert columns[:, 2].tolist() == [1.0, 3.0]


def test_published_intervals_come_back_out_of_their_draws() -> None:
    points = (closed(0, 130.0, "anchor"), closed(1, 150.0, "skewed"), opened(2, 120.0, "open"))
    bounds = {"skewed": Bounds(146.0, 151.0), "open": Bounds(118.0, 126.0)}
    drawn = draws_from_intervals(points, bounds, seed=1, draws=20_000)
    assert (drawn.columns(["anchor"]) == 130.0).all()
    for model, level in (("skewed", 150.0), ("open", 120.0)):
        low, median, high = np.quantile(drawn.columns([model])[:, 0], [0.05, 0.5, 0.95])
        assert median == pytest.approx(level, abs=0.1)
        assert low == pytest.approx(bounds[model].low, abs=0.15)
        assert high == pytest.approx(bounds[model].high, abs=0.15)


def test_the_published_level_of_the_interval_matters() -> None:
    points, bounds = (closed(0, 100.0, "m"),), {"m": Bounds(90.0, 110.0)}
    narrow = draws_from_intervals(points, bounds, seed=1, level=0.99, draws=500).levels.std()
    wide = draws_from_intervals(points, bounds, seed=1, level=0.50, draws=500).levels.std()
    assert wide > 2 * narrow


def test_a_level_outside_its_published_interval_moves_to_one_side_only() -> None:
    points, bounds = (closed(0, 100.0, "m"),), {"m": Bounds(101.0, 110.0)}
    assert draws_from_intervals(points, bounds, seed=1, draws=200).levels.min() == 100.0
