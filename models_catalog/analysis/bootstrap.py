"""How far could every level be off? Draws of the whole scale, one row per draw, one column per model."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from scipy.special import ndtri  # not scipy.stats: its import costs every process over a second

from models_catalog.analysis.index import IndexFit
from models_catalog.analysis.records import Bounds, Floats, Insufficient, Integers, Point
from models_catalog.analysis.solver import solve

Resample = Literal["within_model", "two_way", "bayesian"]

DRAWS = 1000
LEAST_BENCHMARKS = 3  # a model seen on fewer in a draw has no level in that draw
REFIT_TOLERANCE = 1e-8  # levels differ from a fully settled fit by 0.0005 points on average


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """Levels on the anchored scale: draws × models, NaN where a draw does not carry a model's level."""

    models: tuple[str, ...]
    levels: Floats

    def columns(self, models: Sequence[str]) -> Floats:
        """The columns of these models in this order; all NaN for a model that was not drawn."""
        at = {name: index for index, name in enumerate(self.models)}
        columns = np.full((len(self.levels), len(models)), np.nan)
        for column, model in enumerate(models):
            if model in at:
                columns[:, column] = self.levels[:, at[model]]
        return columns


def bootstrap(
    fit: IndexFit,
    *,
    seed: int,
    draws: int = DRAWS,
    resample: Resample = "within_model",
    progress: Callable[[int], None] | None = None,
) -> Draws:
    """Refit the index on resampled cells, warm-started, each draw rescaled to the anchors.

    `within_model` redraws every model's cells with replacement, so every model keeps its number of cells.
    `two_way` redraws benchmarks and gives every cell an Exp(1) weight: about half again as wide on Epoch's
    matrix, because it also asks what another choice of benchmarks would have said.
    `bayesian` gives a model's cells Dirichlet weights that add up to their number (Rubin 1981): for scales
    where models have few cells, of which a redrawing with replacement would lose one in three.
    A draw whose anchors do not define a scale, or that does not settle, is NaN throughout.
    `progress` is called with the number of draws done.
    """
    levels = np.full((draws, len(fit.models)), np.nan)
    for row, counts in enumerate(cell_counts(fit, seed=seed, draws=draws, resample=resample)):
        levels[row] = _refit(fit, counts)
        if progress:
            progress(row + 1)
    return Draws(fit.models, levels)


def cell_counts(fit: IndexFit, *, seed: int, draws: int, resample: Resample) -> Floats:
    """How often (or how heavily) every cell of the fit counts in every draw: draws × cells."""
    problem, random = fit.problem, np.random.default_rng(seed)
    if resample == "two_way":
        even = np.full(problem.benchmarks, 1 / problem.benchmarks)
        chosen = random.multinomial(problem.benchmarks, even, size=draws)
        return chosen[:, problem.benchmark] * random.exponential(size=(draws, len(problem.value)))
    counts = np.zeros((draws, len(problem.value)))
    for cells in _cells_by_model(problem.model, problem.models):
        if resample == "bayesian":
            counts[:, cells] = len(cells) * random.dirichlet(np.ones(len(cells)), size=draws)
            continue
        counts[:, cells] = random.multinomial(len(cells), np.full(len(cells), 1 / len(cells)), size=draws)
    return counts


def _cells_by_model(model: Integers, models: int) -> list[Integers]:
    order = np.argsort(model, kind="stable")
    return np.split(order, np.searchsorted(model[order], np.arange(1, models)))


def _refit(fit: IndexFit, counts: Floats) -> Floats:
    problem = replace(fit.problem, weight=fit.problem.weight * counts)
    solution = solve(problem, fit.state, tolerance=REFIT_TOLERANCE)
    if not solution.converged:
        return np.full(problem.models, np.nan)
    ability = solution.state.ability
    try:
        offset, factor = fit.scaling.scale(fit.models, ability)
    except Insufficient:
        return np.full(problem.models, np.nan)
    seen = np.bincount(problem.model, counts > 0, problem.models)
    return np.where(seen >= LEAST_BENCHMARKS, offset + factor * ability, np.nan)


def draws_from_intervals(
    points: Sequence[Point],
    bounds: Mapping[str, Bounds],
    *,
    seed: int,
    level: float = 0.90,
    draws: int = DRAWS,
) -> Draws:
    """Draws for levels that come with published intervals instead of scores to refit.

    Each model is drawn from a normal distribution with its own spread on either side, so that the median is
    the published level and the central `level` interval is the published one, however lopsided. A model
    without an interval (the two anchors) stays where it is. Models are drawn independently: that two models
    share benchmarks is not visible in published intervals, so differences come out slightly too uncertain.
    """
    random = np.random.default_rng(seed)
    reach = float(ndtri((1 + level) / 2))
    sides = [bounds.get(point.model, Bounds(point.level, point.level)) for point in points]
    centre = np.array([point.level for point in points])
    below = np.maximum(centre - np.array([side.low for side in sides]), 0) / reach
    above = np.maximum(np.array([side.high for side in sides]) - centre, 0) / reach
    noise = random.standard_normal((draws, len(points)))
    levels = centre + noise * np.where(noise < 0, below, above)
    return Draws(tuple(point.model for point in points), levels)
