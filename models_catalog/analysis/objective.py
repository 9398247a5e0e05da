"""What the capability index minimises: one model of scores, its parameters and its priors.

    ½ Σ w (link(a_b (theta_m − d_b)) − y)² + ½ Σ prior · (parameter − centre)²

with a = exp(s) for logarithmic slopes and a = s for linear ones; the link is logistic, or the identity for
ratings.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.special import expit

from models_catalog.analysis.records import Flags, Floats, Integers


@dataclass(frozen=True, slots=True)
class Prior:
    """Quadratic pulls: strength of each block, and the centre of the slope parameter (others pull to 0)."""

    ability: float
    difficulty: float
    slope: float
    slope_centre: float


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of abilities and difficulties (symmetric) and of the slope parameter.

    The default slope bounds only keep a wild first step from overflowing the exponential.
    """

    ability: float = np.inf
    slope_low: float = -30.0
    slope_high: float = 30.0


UNLIMITED = Limits()


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
    limits: Limits = UNLIMITED
    pinned: int | None = None


@dataclass(frozen=True, slots=True)
class State:
    """One value per model (ability) and two per benchmark (difficulty, slope parameter)."""

    ability: Floats
    difficulty: Floats
    slope: Floats


class View(NamedTuple):
    """What the objective looks like at one state, per cell, and its value."""

    slope: Floats
    distance: Floats
    fitted: Floats
    cost: float


def discrimination(problem: Problem, state: State) -> Floats:
    """The slope a_b of every benchmark."""
    return np.exp(state.slope) if problem.logarithmic else state.slope


def predict(problem: Problem, state: State) -> Floats:
    """The fitted value of every cell."""
    return look(problem, state).fitted


def cost(problem: Problem, state: State) -> float:
    """The objective at a state."""
    return look(problem, state).cost


def look(problem: Problem, state: State) -> View:
    """Evaluate the objective once, keeping what its derivatives need."""
    slope = discrimination(problem, state)[problem.benchmark]
    distance = state.ability[problem.model] - state.difficulty[problem.benchmark]
    signal = slope * distance
    fitted = np.where(problem.logistic, expit(signal), signal)
    prior, pull = problem.prior, state.slope - problem.prior.slope_centre
    penalty = (
        prior.ability * state.ability @ state.ability
        + prior.difficulty * state.difficulty @ state.difficulty
        + prior.slope * pull @ pull
    )
    misfit = problem.weight @ (fitted - problem.value) ** 2
    return View(slope, distance, fitted, float(0.5 * (misfit + penalty)))
