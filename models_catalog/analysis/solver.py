"""Least squares for the capability index: Levenberg–Marquardt on an arrow-shaped normal matrix.

Every cell touches one model (theta) and one benchmark (difficulty d, slope parameter s), so the theta block
of the normal matrix is diagonal. It is eliminated exactly, and what is left is the Schur complement, 2B × 2B
for B benchmarks, which a Cholesky factorisation solves. One step costs O(cells + models · B²) instead of
O((models + 2B)³).

    minimise ½ Σ w (link(a_b (theta_m − d_b)) − y)² + ½ Σ prior · (parameter − centre)²

with a = exp(s) for logarithmic slopes and a = s for linear ones. Bounds are kept by projection: a parameter
that sits on a bound and is pushed outwards is frozen for that step.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.linalg import LinAlgError, cho_factor, cho_solve
from scipy.special import expit

from models_catalog.analysis.records import Flags, Floats, Integers

FIRST_DAMPING = 1e-3
LARGEST_DAMPING = 1e12


@dataclass(frozen=True, slots=True)
class Prior:
    """Quadratic pulls: strength of each block, and the centre of the slope parameter (others pull to 0)."""

    ability: float
    difficulty: float
    slope: float
    slope_centre: float


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of abilities and difficulties (symmetric) and of the slope parameter."""

    ability: float = np.inf
    slope_low: float = -np.inf
    slope_high: float = np.inf


@dataclass(frozen=True, slots=True)
class Problem:
    """The cells, one per model and benchmark, and the objective they are fitted with.

    `model`, `benchmark`: indices per cell (N). `value`, `weight`: floats per cell; a weight of zero leaves a
    cell out. `logistic`: per cell, False for the identity link. `pinned`: benchmark whose slope stays where
    it starts, or None.
    """

    model: Integers
    benchmark: Integers
    value: Floats
    weight: Floats
    logistic: Flags
    models: int
    benchmarks: int
    prior: Prior
    logarithmic: bool = True
    limits: Limits = Limits()
    pinned: int | None = None


@dataclass(frozen=True, slots=True)
class State:
    """One value per model (ability) and two per benchmark (difficulty, slope parameter)."""

    ability: Floats
    difficulty: Floats
    slope: Floats


@dataclass(frozen=True, slots=True)
class Solution:
    state: State
    cost: float
    iterations: int
    converged: bool


@dataclass(frozen=True, slots=True)
class _Slopes:
    """The linearised problem at one state: scaled residuals, and the Jacobian's three columns per cell."""

    residual: Floats
    by_ability: Floats
    by_difficulty: Floats
    by_slope: Floats


@dataclass(frozen=True, slots=True)
class _Normal:
    """Normal equations in arrow form: `corner` (M), `edge` (M × 2B), `block` (2B × 2B), two gradients."""

    corner: Floats
    edge: Floats
    block: Floats
    gradient_model: Floats
    gradient_benchmark: Floats


def discrimination(problem: Problem, state: State) -> Floats:
    """The slope a_b of every benchmark."""
    return np.exp(state.slope) if problem.logarithmic else state.slope


def predict(problem: Problem, state: State) -> Floats:
    """The fitted value of every cell."""
    distance = state.ability[problem.model] - state.difficulty[problem.benchmark]
    signal = discrimination(problem, state)[problem.benchmark] * distance
    return np.where(problem.logistic, expit(signal), signal)


def cost(problem: Problem, state: State) -> float:
    """The objective at a state."""
    residual = predict(problem, state) - problem.value
    prior = problem.prior
    penalty = (
        prior.ability * state.ability @ state.ability
        + prior.difficulty * state.difficulty @ state.difficulty
        + prior.slope * np.sum((state.slope - prior.slope_centre) ** 2)
    )
    return float(0.5 * (problem.weight @ residual**2 + penalty))


def solve(
    problem: Problem,
    start: State,
    *,
    tolerance: float = 1e-10,
    most: int = 500,
    damping: float = FIRST_DAMPING,
) -> Solution:
    """Minimise from `start`; stops when a step promises a relative decrease below `tolerance`.

    A heavily damped step promises little anywhere, so it never counts as arrival. `converged` is False when
    `most` steps were not enough or no step helped: the caller decides what that is worth.
    """
    state, growth = start, 2.0
    value, normal = cost(problem, state), _normal(problem, state)
    for step in range(1, most + 1):
        candidate, promised = _step(problem, state, normal, damping)
        if promised <= tolerance * value and damping <= 1:
            return Solution(state, value, step, True)
        reached = cost(problem, candidate)
        ratio = (value - reached) / promised
        if ratio > 0:
            state, value, normal = candidate, reached, _normal(problem, candidate)
            damping, growth = damping * max(1 / 3, 1 - (2 * ratio - 1) ** 3), 2.0
        else:
            damping, growth = damping * growth, growth * 2
        if damping > LARGEST_DAMPING:
            break
    return Solution(state, value, step, False)


def _linearise(problem: Problem, state: State) -> _Slopes:
    slope = discrimination(problem, state)[problem.benchmark]
    distance = state.ability[problem.model] - state.difficulty[problem.benchmark]
    signal = slope * distance
    fitted = np.where(problem.logistic, expit(signal), signal)
    root = np.sqrt(problem.weight)
    rise = root * np.where(problem.logistic, fitted * (1 - fitted), 1.0)
    by_ability = rise * slope
    by_slope = rise * (signal if problem.logarithmic else distance)
    return _Slopes(root * (fitted - problem.value), by_ability, -by_ability, by_slope)


def _normal(problem: Problem, state: State) -> _Normal:
    """Build the arrow; frozen parameters get a zero gradient and an empty row, so their step is zero."""
    slopes, prior = _linearise(problem, state), problem.prior
    model_pull = prior.ability * state.ability
    slope_pull = prior.slope * (state.slope - prior.slope_centre)
    pull = np.concatenate([prior.difficulty * state.difficulty, slope_pull])
    gradient_model = _by_model(problem, slopes.by_ability * slopes.residual) + model_pull
    gradient_benchmark = _by_benchmark(problem, slopes, slopes.residual) + pull
    free_model, free_benchmark = _free(problem, state, gradient_model, gradient_benchmark)
    slopes = _freeze(problem, slopes, free_model, free_benchmark)
    return _Normal(
        _by_model(problem, slopes.by_ability**2) + prior.ability,
        _edge(problem, slopes),
        _block(problem, slopes),
        gradient_model * free_model,
        gradient_benchmark * free_benchmark,
    )


def _by_model(problem: Problem, values: Floats) -> Floats:
    return np.bincount(problem.model, values, problem.models).astype(np.float64, copy=False)


def _by_benchmark(problem: Problem, slopes: _Slopes, values: Floats) -> Floats:
    """Sums over cells of (difficulty column, slope column) × values: 2B."""
    count = problem.benchmarks
    return np.concatenate(
        [
            np.bincount(problem.benchmark, slopes.by_difficulty * values, count),
            np.bincount(problem.benchmark, slopes.by_slope * values, count),
        ]
    )


def _edge(problem: Problem, slopes: _Slopes) -> Floats:
    edge = np.zeros((problem.models, 2 * problem.benchmarks))
    edge[problem.model, problem.benchmark] = slopes.by_ability * slopes.by_difficulty
    edge[problem.model, problem.benchmark + problem.benchmarks] = slopes.by_ability * slopes.by_slope
    return edge


def _block(problem: Problem, slopes: _Slopes) -> Floats:
    """The benchmarks' own part: four diagonals of a 2B × 2B matrix."""
    count, index = problem.benchmarks, np.arange(problem.benchmarks)
    own = _by_benchmark(problem, slopes, slopes.by_difficulty)
    block = np.zeros((2 * count, 2 * count))
    block[index, index] = own[:count] + problem.prior.difficulty
    block[index, index + count] = block[index + count, index] = own[count:]
    steepness = np.bincount(problem.benchmark, slopes.by_slope**2, count)
    block[index + count, index + count] = steepness + problem.prior.slope
    return block


def _free(
    problem: Problem, state: State, gradient_model: Floats, gradient_benchmark: Floats
) -> tuple[Flags, Flags]:
    """Which parameters may move: not pinned, and not pushed out of a bound they sit on."""
    limits, count = problem.limits, problem.benchmarks
    model = _inside(state.ability, gradient_model, -limits.ability, limits.ability)
    difficulty = _inside(state.difficulty, gradient_benchmark[:count], -limits.ability, limits.ability)
    slope = _inside(state.slope, gradient_benchmark[count:], limits.slope_low, limits.slope_high)
    if problem.pinned is not None:
        slope[problem.pinned] = False
    return model, np.concatenate([difficulty, slope])


def _inside(value: Floats, gradient: Floats, low: float, high: float) -> Flags:
    outwards: Flags = ((value <= low) & (gradient > 0)) | ((value >= high) & (gradient < 0))
    return ~outwards


def _freeze(problem: Problem, slopes: _Slopes, free_model: Flags, free_benchmark: Flags) -> _Slopes:
    if free_model.all() and free_benchmark.all():
        return slopes
    count = problem.benchmarks
    return replace(
        slopes,
        by_ability=slopes.by_ability * free_model[problem.model],
        by_difficulty=slopes.by_difficulty * free_benchmark[:count][problem.benchmark],
        by_slope=slopes.by_slope * free_benchmark[count:][problem.benchmark],
    )


def _step(problem: Problem, state: State, normal: _Normal, damping: float) -> tuple[State, float]:
    """The damped step, projected into the bounds, and the decrease the linear model promises for it."""
    corner = normal.corner * (1 + damping)
    block = normal.block.copy()
    diagonal = np.einsum("ii->i", block)
    diagonal *= 1 + damping
    scaled = normal.edge / np.sqrt(corner)[:, None]
    schur = block - scaled.T @ scaled
    right = normal.edge.T @ (normal.gradient_model / corner) - normal.gradient_benchmark
    move_benchmark = _cholesky(schur, right)
    move_model = -(normal.gradient_model + normal.edge @ move_benchmark) / corner
    promised = _promise(normal, move_model, move_benchmark, damping)
    return _moved(problem, state, move_model, move_benchmark), promised


def _cholesky(matrix: Floats, right: Floats) -> Floats:
    """Solve with a positive definite matrix; rounding may need a touch of the diagonal."""
    try:
        solution: Floats = cho_solve(cho_factor(matrix, check_finite=False), right, check_finite=False)
    except LinAlgError:
        lifted = matrix + 1e-10 * np.trace(matrix) / len(matrix) * np.eye(len(matrix))
        solution = cho_solve(cho_factor(lifted, check_finite=False), right, check_finite=False)
    return solution


def _promise(normal: _Normal, move_model: Floats, move_benchmark: Floats, damping: float) -> float:
    """½ step·(damping · D · step − gradient), the decrease of the linear model (Madsen et al. 2004, 3.14)."""
    model = move_model @ (damping * normal.corner * move_model - normal.gradient_model)
    diagonal = np.einsum("ii->i", normal.block)
    benchmark = move_benchmark @ (damping * diagonal * move_benchmark - normal.gradient_benchmark)
    return float(0.5 * (model + benchmark))


def _moved(problem: Problem, state: State, move_model: Floats, move_benchmark: Floats) -> State:
    limits, count = problem.limits, problem.benchmarks
    return State(
        np.clip(state.ability + move_model, -limits.ability, limits.ability),
        np.clip(state.difficulty + move_benchmark[:count], -limits.ability, limits.ability),
        np.clip(state.slope + move_benchmark[count:], limits.slope_low, limits.slope_high),
    )
