"""Least squares for the capability index: Levenberg–Marquardt on an arrow-shaped normal matrix.

Every cell touches one model (theta) and one benchmark (difficulty d, slope parameter s), so the theta block
of the normal matrix is diagonal. It is eliminated exactly, and what is left is the Schur complement, 2B × 2B
for B benchmarks, which a Cholesky factorisation solves. One step costs O(cells + models · B²) instead of
O((models + 2B)³).

Bounds are kept by projection: a parameter that sits on a bound and is pushed outwards is frozen for a step.
The damping follows Madsen, Nielsen and Tingleff, "Methods for non-linear least squares problems" (2004).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.linalg.lapack import dposv

from models_catalog.analysis.objective import UNLIMITED, Problem, State, View, look
from models_catalog.analysis.records import Flags, Floats

FIRST_DAMPING = 1e-3
LARGEST_DAMPING = 1e12


@dataclass(frozen=True, slots=True)
class Solution:
    state: State
    cost: float
    iterations: int
    converged: bool


class _Slopes(NamedTuple):
    """The linearised problem at one state: scaled residuals, and the Jacobian's three columns per cell."""

    residual: Floats
    by_ability: Floats
    by_difficulty: Floats
    by_slope: Floats


class _Normal(NamedTuple):
    """Normal equations in arrow form: the diagonal `corner` (M), the `block` (2B × 2B), what couples them (one
    value per cell and benchmark parameter, N each), and the gradients."""

    corner: Floats
    by_difficulty: Floats
    by_slope: Floats
    block: Floats
    gradient_model: Floats
    gradient_benchmark: Floats


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
    view = look(problem, state)
    normal = _normal(problem, state, view)
    for step in range(1, most + 1):
        candidate, promised = _step(problem, state, normal, damping)
        if promised == 0 or (promised <= tolerance * view.cost and damping <= 1):
            return Solution(state, view.cost, step, True)
        ahead = look(problem, candidate)
        ratio = (view.cost - ahead.cost) / promised
        if ratio > 0:
            state, view, normal = candidate, ahead, _normal(problem, candidate, ahead)
            damping, growth = damping * max(1 / 3, 1 - (2 * ratio - 1) ** 3), 2.0
        else:
            damping, growth = damping * growth, growth * 2
        if damping > LARGEST_DAMPING:
            break
    return Solution(state, view.cost, step, False)


def _linearise(problem: Problem, view: View) -> _Slopes:
    root = np.sqrt(problem.weight)
    rise = root * np.where(problem.logistic, view.fitted * (1 - view.fitted), 1.0)
    by_ability = rise * view.slope
    by_slope = (by_ability if problem.logarithmic else rise) * view.distance
    return _Slopes(root * (view.fitted - problem.value), by_ability, -by_ability, by_slope)


def _normal(problem: Problem, state: State, view: View) -> _Normal:
    """Build the arrow; frozen parameters get a zero gradient and an empty row, so their step is zero."""
    slopes, prior = _linearise(problem, view), problem.prior
    model_pull = prior.ability * state.ability
    slope_pull = prior.slope * (state.slope - prior.slope_centre)
    pull = np.concatenate([prior.difficulty * state.difficulty, slope_pull])
    gradient_model = _by_model(problem, slopes.by_ability * slopes.residual) + model_pull
    gradient_benchmark = _by_benchmark(problem, slopes, slopes.residual) + pull
    free_model, free_benchmark = _free(problem, state, gradient_model, gradient_benchmark)
    slopes = _freeze(problem, slopes, free_model, free_benchmark)
    return _Normal(
        _by_model(problem, slopes.by_ability**2) + prior.ability,
        slopes.by_ability * slopes.by_difficulty,
        slopes.by_ability * slopes.by_slope,
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


def _edge(problem: Problem, normal: _Normal, scale: Floats) -> Floats:
    """The coupling of models and benchmarks, M × 2B, each model's row divided by its scale."""
    edge, divisor = np.zeros((problem.models, 2 * problem.benchmarks)), scale[problem.model]
    edge[problem.model, problem.benchmark] = normal.by_difficulty / divisor
    edge[problem.model, problem.benchmark + problem.benchmarks] = normal.by_slope / divisor
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
    if limits == UNLIMITED and problem.pinned is None:
        return np.ones(problem.models, dtype=bool), np.ones(2 * count, dtype=bool)
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
    return slopes._replace(
        by_ability=slopes.by_ability * free_model[problem.model],
        by_difficulty=slopes.by_difficulty * free_benchmark[:count][problem.benchmark],
        by_slope=slopes.by_slope * free_benchmark[count:][problem.benchmark],
    )


def _step(problem: Problem, state: State, normal: _Normal, damping: float) -> tuple[State, float]:
    """The damped step, projected into the bounds, and the decrease the linear model promises for it.

    If rounding has left the matrix indefinite, it stays where it is and promises the impossible, so that the
    caller damps more.
    """
    scale = np.sqrt(normal.corner * (1 + damping))
    schur = normal.block.copy()
    np.einsum("ii->i", schur)[:] *= 1 + damping
    edge, right = _edge(problem, normal, scale), normal.gradient_model / scale
    schur -= edge.T @ edge
    _, move_benchmark, failed = dposv(schur, edge.T @ right - normal.gradient_benchmark)
    if failed:
        return state, np.inf
    move_model = -(right + edge @ move_benchmark) / scale
    promised = _promise(normal, move_model, move_benchmark, damping)
    return _moved(problem, state, move_model, move_benchmark), promised


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
