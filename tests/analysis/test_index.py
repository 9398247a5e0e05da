from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import expit

from models_catalog.analysis.evidence import Minimum
from models_catalog.analysis.index import EPOCH_ANCHORS, IndexFit, Mode, fit_index
from models_catalog.analysis.normalise_scores import RATING_WEIGHT
from models_catalog.analysis.objective import discrimination, predict
from models_catalog.analysis.records import Insufficient, Score
from tests.analysis.invented import World, world

MODES: tuple[Mode, ...] = ("own", "epoch_parity")


@pytest.fixture(scope="module")
def invented() -> World:
    return world(1, lag=6.0)


@pytest.fixture(scope="module")
def fitted(invented: World) -> IndexFit:
    return fit_index(invented.scores, anchors=invented.anchors)


def test_the_anchors_sit_where_they_were_put(invented: World, fitted: IndexFit) -> None:
    for model, level in invented.anchors.items():
        assert fitted.levels[model] == pytest.approx(level)


@pytest.mark.parametrize("mode", MODES)
def test_invented_abilities_are_recovered(invented: World, mode: Mode) -> None:
    fit = fit_index(invented.scores, anchors=invented.anchors, mode=mode)
    truth = {point.model: point.level for point in invented.points}
    low, high = (truth[anchor] for anchor in invented.anchors)
    scaled = {model: 130 + 20 * (truth[model] - low) / (high - low) for model in fit.levels}
    errors = np.array([fit.levels[model] - scaled[model] for model in fit.levels])
    assert np.corrcoef(list(fit.levels.values()), list(scaled.values()))[0, 1] > 0.995
    assert np.sqrt(np.mean(errors**2)) < 1.5


def test_a_harder_benchmark_is_placed_higher(fitted: IndexFit) -> None:
    ranked = sorted(fitted.benchmarks, key=lambda benchmark: int(benchmark.name.split("-")[1]))
    difficulties = [benchmark.difficulty for benchmark in ranked]
    assert np.corrcoef(difficulties, range(len(ranked)))[0, 1] > 0.99
    assert all(benchmark.slope > 0 and benchmark.models >= 8 for benchmark in ranked)


@pytest.mark.parametrize("mode", MODES)
def test_difficulty_and_slope_on_the_anchored_scale_predict_the_same_scores(
    invented: World, mode: Mode
) -> None:
    fit = fit_index(invented.scores, anchors=invented.anchors, mode=mode)
    predicted = predict(fit.problem, fit.state)
    for cell, (m, b) in enumerate(zip(fit.problem.model, fit.problem.benchmark, strict=True)):
        benchmark = fit.benchmarks[b]
        signal = benchmark.slope * (fit.levels[fit.models[m]] - benchmark.difficulty)
        assert expit(signal) == pytest.approx(predicted[cell], abs=1e-9)


def test_parity_mode_fixes_the_slope_of_winogrande_and_own_mode_does_not(invented: World) -> None:
    renamed = [
        replace(s, benchmark="Winogrande" if s.benchmark == "benchmark-9" else s.benchmark)
        for s in invented.scores
    ]
    for mode in MODES:
        fit = fit_index(renamed, anchors=invented.anchors, mode=mode)
        at = [benchmark.name for benchmark in fit.benchmarks].index("Winogrande")
        fixed = discrimination(fit.problem, fit.state)[at] == 1.0
        assert bool(fixed) is (mode == "epoch_parity")


def test_parity_mode_keeps_slopes_within_its_bounds(invented: World) -> None:
    flat = [replace(s, value=0.5) if s.benchmark == "benchmark-9" else s for s in invented.scores]
    fit = fit_index(flat, anchors=invented.anchors, mode="epoch_parity")
    slopes = discrimination(fit.problem, fit.state)
    assert slopes.min() == 0.1
    assert slopes.max() <= 10


def test_the_order_of_rows_does_not_matter(invented: World, fitted: IndexFit) -> None:
    again = fit_index(reversed(invented.scores), anchors=invented.anchors)
    assert again.levels == fitted.levels


def test_two_equal_rows_are_one_row_of_twice_the_weight(invented: World) -> None:
    first, rest = invented.scores[0], invented.scores[1:]
    twice = fit_index((first, *invented.scores), anchors=invented.anchors)
    heavy = fit_index((replace(first, weight=2.0), *rest), anchors=invented.anchors)
    assert twice.levels == heavy.levels


def test_rows_that_disagree_count_as_their_weighted_mean(invented: World) -> None:
    first, rest = invented.scores[0], invented.scores[1:]
    low, high = replace(first, value=0.2), replace(first, value=0.5, weight=2.0)
    apart = fit_index((low, high, *rest), anchors=invented.anchors)
    together = fit_index((replace(first, value=0.4, weight=3.0), *rest), anchors=invented.anchors)
    assert apart.levels == pytest.approx(together.levels)


def test_a_rating_helps_to_place_a_model(invented: World) -> None:
    """Ratings that follow the truth bring the levels closer to it."""
    truth = {point.model: point.level for point in invented.points}
    ratings = tuple(
        Score(model, "arena", 1.2 * (truth[model] - 0.5), RATING_WEIGHT, "identity") for model in truth
    )
    fit = fit_index((*invented.scores, *ratings), anchors=invented.anchors)
    arena = next(benchmark for benchmark in fit.benchmarks if benchmark.name == "arena")
    assert arena.models == len(truth)
    plain = fit_index(invented.scores, anchors=invented.anchors)
    assert _correlation(fit, truth) > _correlation(plain, truth)


def _correlation(fit: IndexFit, truth: dict[str, float]) -> float:
    pairs = [(level, truth[model]) for model, level in fit.levels.items()]
    return float(np.corrcoef(np.array(pairs).T)[0, 1])


def test_a_benchmark_on_two_links_is_refused(invented: World) -> None:
    odd = replace(invented.scores[0], link="identity")
    with pytest.raises(ValueError, match="two links"):
        fit_index((odd, *invented.scores), anchors=invented.anchors)


def test_an_anchor_without_scores_is_named(invented: World) -> None:
    with pytest.raises(Insufficient, match=r"the anchor Claude 3\.5 Sonnet has no scores"):
        fit_index(invented.scores, anchors=EPOCH_ANCHORS)


def test_an_anchor_with_too_little_evidence_is_named(invented: World) -> None:
    anchor = next(iter(invented.anchors))
    mine = [score for score in invented.scores if score.model == anchor][:3]
    others = [score for score in invented.scores if score.model != anchor]
    with pytest.raises(Insufficient, match=f"the anchor {anchor} has too little evidence .3 of 4"):
        fit_index([*mine, *others], anchors=invented.anchors)


@pytest.mark.parametrize("anchors", [{}, {"a": 1.0}, {"a": 1.0, "b": 1.0}, {"a": 1.0, "b": 2.0, "c": 3.0}])
def test_a_scale_needs_exactly_two_anchors_at_two_levels(anchors: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="two anchors"):
        fit_index([], anchors=anchors)


def test_anchors_that_come_out_upside_down_define_no_scale(invented: World) -> None:
    low, high = invented.anchors
    with pytest.raises(Insufficient, match=f"does not place {low} above {high}"):
        fit_index(invented.scores, anchors={low: 150.0, high: 130.0})


def _island(invented: World) -> tuple[Score, ...]:
    """The same scores once more under other names, with nothing in common."""
    copies = (replace(s, model=f"far {s.model}", benchmark=f"far {s.benchmark}") for s in invented.scores)
    return (*invented.scores, *copies)


def test_scores_that_do_not_hang_together_are_refused(invented: World) -> None:
    with pytest.raises(Insufficient, match="not connected: groups of 100, 100 models"):
        fit_index(_island(invented), anchors=invented.anchors)


def test_an_island_can_be_dropped_by_name(invented: World, fitted: IndexFit) -> None:
    fit = fit_index(_island(invented), anchors=invented.anchors, islands="drop")
    assert fit.levels == fitted.levels
    far = [item for item in fit.dropped if item.name.startswith("far ") and item.kind == "model"]
    assert len(far) == 100
    assert {item.reason for item in far} == {"shares no benchmark with the anchors"}


def test_anchors_on_two_islands_are_refused_even_then(invented: World) -> None:
    low, high = invented.anchors
    with pytest.raises(Insufficient, match="not connected"):
        fit_index(_island(invented), anchors={low: 130.0, f"far {high}": 150.0}, islands="drop")


def test_what_was_left_out_is_listed_with_its_reason(invented: World) -> None:
    thin = Score("thin", invented.scores[0].benchmark, 0.5)
    fit = fit_index((*invented.scores, thin), anchors=invented.anchors)
    assert "thin" not in fit.levels
    assert ("thin", "1 of 4 benchmarks needed") in {(item.name, item.reason) for item in fit.dropped}


def test_a_model_with_little_evidence_may_be_admitted_by_choice(invented: World) -> None:
    thin = Score("thin", invented.scores[0].benchmark, 0.5)
    fit = fit_index((*invented.scores, thin), anchors=invented.anchors, minimum=Minimum(1, 1))
    assert "thin" in fit.levels


@pytest.mark.parametrize("value", [0.0, 1.0, -0.2, float("nan")])
def test_a_score_outside_its_link_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="m on b"):
        Score("m", "b", value)


def test_a_weight_must_be_positive() -> None:
    with pytest.raises(ValueError, match="not positive"):
        Score("m", "b", 0.5, 0.0)
