"""The solver against SciPy's, from the same start, on the same objective."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import least_squares

from models_catalog.analysis.index import OWN_PRIOR
from models_catalog.analysis.objective import Limits, Prior, Problem, State, cost, discrimination, predict
from models_catalog.analysis.records import Floats
from models_catalog.analysis.solver import solve

MODELS, BENCHMARKS = 12, 5


def _problem(seed: int, *, spread: float = 1.0) -> Problem:
    random = np.random.default_rng(seed)
    chosen = random.random(MODELS * BENCHMARKS) < 0.8
    model, benchmark = np.divmod(np.flatnonzero(chosen), BENCHMARKS)
    ability, difficulty = random.normal(0, spread, MODELS), random.normal(0, 1, BENCHMARKS)
    truth = 1 / (1 + np.exp(-2 * (ability[model] - difficulty[benchmark])))
    value = np.clip(truth + random.normal(0, 0.1, len(model)), 1e-3, 1 - 1e-3)
    return Problem(
        model=model,
        benchmark=benchmark,
        value=value,
        weight=random.uniform(0.5, 2, len(model)),
        logistic=np.ones(len(model), dtype=bool),
        models=MODELS,
        benchmarks=BENCHMARKS,
        prior=OWN_PRIOR,
    )


def _start(slope: float = 0.7) -> State:
    return State(np.zeros(MODELS), np.zeros(BENCHMARKS), np.full(BENCHMARKS, slope))


def _state(vector: Floats) -> State:
    return State(vector[:MODELS], vector[MODELS : MODELS + BENCHMARKS], vector[MODELS + BENCHMARKS :])


def _oracle(problem: Problem, start: State) -> tuple[State, float]:
    """SciPy's trust region with finite differences: residuals, then one row per prior."""
    prior, limits = problem.prior, problem.limits

    def residuals(vector: Floats) -> Floats:
        state = _state(vector)
        return np.concatenate(
            [
                np.sqrt(problem.weight) * (predict(problem, state) - problem.value),
                np.sqrt(prior.ability) * state.ability,
                np.sqrt(prior.difficulty) * state.difficulty,
                np.sqrt(prior.slope) * (state.slope - prior.slope_centre),
            ]
        )

    wide = np.full(MODELS + BENCHMARKS, limits.ability)
    low = np.concatenate([-wide, np.full(BENCHMARKS, limits.slope_low)])
    high = np.concatenate([wide, np.full(BENCHMARKS, limits.slope_high)])
    first = np.concatenate([start.ability, start.difficulty, start.slope])
    result = least_squares(residuals, first, bounds=(low, high), xtol=1e-12, ftol=1e-12, gtol=1e-12)
    return _state(result.x), float(result.cost)


@pytest.mark.parametrize("seed", range(4))
def test_it_finds_the_minimum_that_scipy_finds(seed: int) -> None:
    problem = _problem(seed)
    solution = solve(problem, _start(), tolerance=1e-13)
    state, least = _oracle(problem, _start())
    assert solution.converged
    assert solution.cost == pytest.approx(least, rel=1e-8)
    assert solution.state.ability == pytest.approx(state.ability, abs=1e-3)
    assert solution.state.difficulty == pytest.approx(state.difficulty, abs=1e-3)
    assert solution.state.slope == pytest.approx(state.slope, abs=1e-3)


@pytest.mark.parametrize("seed", range(4))
def test_linear_slopes_within_bounds_agree_too(seed: int) -> None:
    problem = replace(
        _problem(seed, spread=3.0),
        prior=Prior(1e-3, 1e-3, 1e-3, 0.0),
        logarithmic=False,
        limits=Limits(ability=1.5, slope_low=0.9, slope_high=2.0),
    )
    solution = solve(problem, _start(1.0), tolerance=1e-13)
    state, least = _oracle(problem, _start(1.0))
    assert solution.cost == pytest.approx(least, rel=1e-6)
    assert solution.state.ability == pytest.approx(state.ability, abs=2e-3)
    assert np.abs(solution.state.ability).max() == 1.5  # some sit on the bound, or this tests nothing
    assert (solution.state.slope >= 0.9).all()


def test_ratings_with_the_identity_link_agree_too() -> None:
    problem = _problem(1)
    ratings = problem.benchmark == 0
    value = np.where(ratings, 3 * problem.value - 2, problem.value)
    problem = replace(problem, logistic=~ratings, value=value)
    solution = solve(problem, _start(), tolerance=1e-13)
    state, least = _oracle(problem, _start())
    assert solution.cost == pytest.approx(least, rel=1e-8)
    assert solution.state.ability == pytest.approx(state.ability, abs=1e-3)


def test_the_cost_is_the_objective_written_out() -> None:
    problem, state = _problem(2), _state(np.linspace(-1, 1, MODELS + 2 * BENCHMARKS))
    total = 0.0
    for m, b, y, w in zip(problem.model, problem.benchmark, problem.value, problem.weight, strict=True):
        signal = np.exp(state.slope[b]) * (state.ability[m] - state.difficulty[b])
        total += w * (1 / (1 + np.exp(-signal)) - y) ** 2
    total += 1e-3 * np.sum(state.ability**2) + 1e-3 * np.sum(state.difficulty**2)
    total += 1e-2 * np.sum((state.slope - 0.7) ** 2)
    assert cost(problem, state) == pytest.approx(total / 2)


def test_no_small_step_away_from_the_solution_is_better() -> None:
    problem = _problem(3)
    solution = solve(problem, _start(), tolerance=1e-13)
    best = np.concatenate([solution.state.ability, solution.state.difficulty, solution.state.slope])
    for position in range(len(best)):
        for step in (-1e-3, 1e-3):
            nearby = best.copy()
            nearby[position] += step
            assert cost(problem, _state(nearby)) > solution.cost


def test_a_pinned_slope_stays_where_it_starts() -> None:
    problem = replace(_problem(1), pinned=2)
    solution = solve(problem, _start(0.3))
    assert solution.state.slope[2] == 0.3
    assert discrimination(problem, solution.state)[2] == pytest.approx(np.exp(0.3))
    assert (np.delete(solution.state.slope, 2) != 0.3).all()


def test_a_cell_of_weight_zero_is_not_there() -> None:
    problem = _problem(0)
    weight = problem.weight.copy()
    weight[7] = 0
    without = replace(
        problem,
        model=np.delete(problem.model, 7),
        benchmark=np.delete(problem.benchmark, 7),
        value=np.delete(problem.value, 7),
        weight=np.delete(problem.weight, 7),
        logistic=np.delete(problem.logistic, 7),
    )
    left = solve(replace(problem, weight=weight), _start(), tolerance=1e-13)
    right = solve(without, _start(), tolerance=1e-13)
    assert left.state.ability == pytest.approx(right.state.ability, abs=1e-6)


def test_a_timid_step_is_not_taken_for_the_end() -> None:
    """Heavily damped, a step promises next to nothing wherever it starts."""
    problem = _problem(0)
    timid = solve(problem, _start(), damping=1e11)
    assert timid.converged
    assert timid.cost == pytest.approx(solve(problem, _start()).cost, rel=1e-7)


def test_a_prior_that_hardly_holds_does_not_overflow() -> None:
    """All scores alike but one: the first steps in slope are enormous."""
    problem = _problem(0)
    value = np.full(len(problem.value), 1e-3)
    value[0] = 1 - 1e-3
    weak = replace(problem, value=value, prior=Prior(1e-9, 1e-9, 1e-9, 0.7))
    solution = solve(weak, _start())
    assert np.isfinite(solution.cost)
    assert solution.cost < cost(weak, _start())
    assert np.abs(solution.state.slope).max() <= 30


def test_too_few_steps_are_admitted() -> None:
    assert not solve(_problem(0), _start(), most=2).converged


def test_a_start_at_the_solution_stays_there() -> None:
    problem = _problem(0)
    there = solve(problem, _start(), tolerance=1e-13)
    again = solve(problem, there.state)
    assert again.converged
    assert again.iterations <= 2
    assert again.state.ability == pytest.approx(there.state.ability, abs=1e-5)
