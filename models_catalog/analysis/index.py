"""How capable is every model, on one scale, judged by all benchmarks together?

Own objective, with sigma the logistic function (the identity for ratings):

    minimise ½ Σ w (sigma(e^{u_b} (theta_m − d_b)) − y)² + ½ [1e-3‖theta‖² + 1e-3‖d‖² + 1e-2‖u − 0.7‖²]

Slopes are logarithmic because a prior on the slope itself inflates the scale's growth over time by about a
fifth. The fit has no scale of its own: two anchor models define it by level = a + b·theta.

`epoch_parity` is Epoch AI's published objective for its Capabilities Index: linear slopes, the slope of
Winogrande fixed at 1, one penalty row sqrt(0.1 Σp²/P) over all P free parameters, abilities and difficulties
within ±10, slopes within [0.1, 10]. On Epoch's matrix of 2026-08-11 (222 models, 57 benchmarks; rows joined
by the column `model`, whose values are already corrected for chance) it gives Epoch's published index with
r = 0.9999997 and a mean absolute difference of 0.02 points; the own objective gives r = 0.9996 and 0.73.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from types import MappingProxyType
from typing import Literal

import numpy as np

from models_catalog.analysis.evidence import Dropped, Minimum, components, prune
from models_catalog.analysis.objective import Limits, Prior, Problem, State, discrimination
from models_catalog.analysis.reasons import ANCHORS_NEEDED, BRIDGES_NEEDED, OUR_FAULT, too_few_benchmarks
from models_catalog.analysis.records import Insufficient, Score
from models_catalog.analysis.scaling import Alike, Anchors, Scaling
from models_catalog.analysis.solver import solve

Mode = Literal["own", "epoch_parity"]

EPOCH_ANCHORS: Mapping[str, float] = MappingProxyType({"Claude 3.5 Sonnet": 130.0, "GPT-5": 150.0})
OWN_PRIOR = Prior(ability=1e-3, difficulty=1e-3, slope=1e-2, slope_centre=0.7)
EPOCH_PENALTY = 0.1
EPOCH_LIMITS = Limits(ability=10.0, slope_low=0.1, slope_high=10.0)
EPOCH_PINNED = "Winogrande"
EPOCH_MINIMUM = Minimum(per_model=4, per_benchmark=1)
PART_MINIMUM = Minimum(per_model=3, per_benchmark=8)  # a part of the benchmarks: a domain, a half
LEAST_OF_PART = 3  # of a part: fewer say more about themselves than about a domain


@dataclass(frozen=True, slots=True)
class BenchmarkFit:
    """Where a benchmark sits: difficulty in index points (half of the range is reached there), slope per
    index point, and how many models it rests on."""

    name: str
    difficulty: float
    slope: float
    models: int


@dataclass(frozen=True, slots=True, eq=False)
class IndexFit:
    """A fitted index. `levels` are on the scale that `scaling` fixes; `problem` and `state` allow warm refits."""

    levels: Mapping[str, float]
    benchmarks: tuple[BenchmarkFit, ...]
    dropped: tuple[Dropped, ...]
    scaling: Scaling
    mode: Mode
    cost: float
    iterations: int
    problem: Problem
    state: State

    @property
    def models(self) -> tuple[str, ...]:
        """The models in the order of the problem's ability block."""
        return tuple(self.levels)


def fit_index(
    scores: Iterable[Score],
    *,
    anchors: Mapping[str, float],
    mode: Mode = "own",
    prior: Prior | None = None,
    minimum: Minimum | None = None,
    islands: Literal["refuse", "drop"] = "refuse",
) -> IndexFit:
    """Place every model with enough evidence on the scale of two anchors.

    `anchors`: exactly two models with different levels. `prior` defaults to the mode's own; `minimum` to
    4 benchmarks per model and 8 models per benchmark (4 and 1 in parity mode). `islands`: models that share
    no benchmark with the rest refuse the fit, or are dropped with a reason.
    Insufficient names what is missing: an anchor, a connection, evidence, or convergence.
    """
    ends = _anchors(anchors)
    needed = minimum or (Minimum() if mode == "own" else EPOCH_MINIMUM)
    kept, dropped = prune(scores, needed)
    _require(ends, kept, dropped)
    kept, cut = _connected(kept, ends, islands)
    cells = _cells(kept)
    models = tuple(sorted({model for model, _ in cells}))
    benchmarks = tuple(sorted({benchmark for _, benchmark in cells}))
    problem = _problem(cells, models, benchmarks, mode, prior)
    return _solved(problem, models, benchmarks, ends, mode, (*dropped, *cut))


def fit_alike(
    scores: Iterable[Score], *, like: Mapping[str, float], minimum: Minimum = PART_MINIMUM
) -> IndexFit:
    """Place models by a part of the benchmarks, counted in points like those of the levels `like`.

    The same objective and priors; models that share no benchmark with the largest group are dropped.
    Insufficient names what is missing: benchmarks, models on both scales, or convergence.
    """
    kept, dropped = prune(scores, minimum)
    held = len({score.benchmark for score in kept})
    if held < LEAST_OF_PART:
        raise Insufficient(too_few_benchmarks(held, LEAST_OF_PART, minimum.per_benchmark, minimum.per_model))
    kept, cut = _largest(kept)
    cells = _cells(kept)
    models = tuple(sorted({model for model, _ in cells}))
    benchmarks = tuple(sorted({benchmark for _, benchmark in cells}))
    problem = _problem(cells, models, benchmarks, "own", None)
    return _solved(problem, models, benchmarks, Alike(like), "own", (*dropped, *cut))


def _largest(scores: tuple[Score, ...]) -> tuple[tuple[Score, ...], tuple[Dropped, ...]]:
    main, *others = components(scores)
    outside = sorted(frozenset[str]().union(*others))
    cut = tuple(Dropped("model", model, "shares no benchmark with most models") for model in outside)
    return tuple(score for score in scores if score.model in main), cut


def _anchors(anchors: Mapping[str, float]) -> Anchors:
    if len(anchors) != 2 or len(set(anchors.values())) != 2:
        raise ValueError(f"a scale needs two anchors at two levels, not {dict(anchors)}")
    (low, low_level), (high, high_level) = sorted(anchors.items(), key=lambda item: item[1])
    return Anchors(low, low_level, high, high_level)


def _require(anchors: Anchors, kept: Sequence[Score], dropped: Sequence[Dropped]) -> None:
    """Refuse when an anchor is not among the models that have enough evidence."""
    present = {score.model for score in kept}
    reasons = {item.name: item.reason for item in dropped if item.kind == "model"}
    for anchor in (anchors.low, anchors.high):
        if anchor not in present:
            why = f"too little evidence ({reasons[anchor]})" if anchor in reasons else "no scores"
            raise Insufficient(f"the anchor {anchor} has {why}{ANCHORS_NEEDED}")


def _connected(
    scores: tuple[Score, ...], anchors: Anchors, islands: Literal["refuse", "drop"]
) -> tuple[tuple[Score, ...], tuple[Dropped, ...]]:
    groups = components(scores)
    if len(groups) == 1:
        return scores, ()
    main = next(group for group in groups if anchors.low in group)
    if islands == "refuse" or anchors.high not in main:
        sizes = ", ".join(str(len(group)) for group in groups)
        raise Insufficient(
            f"the scores are not connected: groups of {sizes} models share no benchmark{BRIDGES_NEEDED}"
        )
    outside = sorted(frozenset[str]().union(*groups) - main)
    cut = tuple(Dropped("model", model, "shares no benchmark with the anchors") for model in outside)
    return tuple(score for score in scores if score.model in main), cut


def _cells(scores: Sequence[Score]) -> dict[tuple[str, str], Score]:
    """One score per model and benchmark: duplicates become their weighted mean, with their weights added.

    That leaves the minimiser unchanged, because Σ w_i (p − y_i)² and W (p − mean)² differ by a constant.
    """
    groups = defaultdict[tuple[str, str], list[Score]](list)
    links = dict[str, str]()
    for score in scores:
        groups[score.model, score.benchmark].append(score)
        if links.setdefault(score.benchmark, score.link) != score.link:
            raise ValueError(f"{score.benchmark} has scores on two links")
    return {key: _mean(group) for key, group in groups.items()}


def _mean(group: Sequence[Score]) -> Score:
    weight = fsum(score.weight for score in group)  # exact, so that the order of rows cannot matter
    value = fsum(score.weight * score.value for score in group) / weight
    first = group[0]
    return Score(first.model, first.benchmark, value, weight, first.link)


def _problem(
    cells: Mapping[tuple[str, str], Score],
    models: Sequence[str],
    benchmarks: Sequence[str],
    mode: Mode,
    prior: Prior | None,
) -> Problem:
    rows = [cells[key] for key in sorted(cells)]
    model_at = {name: index for index, name in enumerate(models)}
    benchmark_at = {name: index for index, name in enumerate(benchmarks)}
    pinned = benchmark_at.get(EPOCH_PINNED) if mode == "epoch_parity" else None
    return Problem(
        model=np.array([model_at[row.model] for row in rows], dtype=np.int64),
        benchmark=np.array([benchmark_at[row.benchmark] for row in rows], dtype=np.int64),
        value=np.array([row.value for row in rows]),
        weight=np.array([row.weight for row in rows]),
        logistic=np.array([row.link == "logistic" for row in rows]),
        models=len(models),
        benchmarks=len(benchmarks),
        prior=prior or (OWN_PRIOR if mode == "own" else _epoch_prior(models, benchmarks, pinned)),
        logarithmic=mode == "own",
        limits=Limits() if mode == "own" else EPOCH_LIMITS,
        pinned=pinned,
    )


def _epoch_prior(models: Sequence[str], benchmarks: Sequence[str], pinned: int | None) -> Prior:
    """One penalty row sqrt(lambda Σp²/P) is the same as lambda/P on the square of every free parameter."""
    free = len(models) + 2 * len(benchmarks) - (pinned is not None)
    return Prior(EPOCH_PENALTY / free, EPOCH_PENALTY / free, EPOCH_PENALTY / free, 0.0)


def _solved(
    problem: Problem,
    models: tuple[str, ...],
    benchmarks: tuple[str, ...],
    scaling: Scaling,
    mode: Mode,
    dropped: tuple[Dropped, ...],
) -> IndexFit:
    slope = problem.prior.slope_centre if problem.logarithmic else 1.0
    start = State(np.zeros(problem.models), np.zeros(problem.benchmarks), np.full(problem.benchmarks, slope))
    solution = solve(problem, start)
    if not solution.converged:
        raise Insufficient(f"the fit did not settle within {solution.iterations} steps{OUR_FAULT}")
    offset, factor = scaling.scale(models, solution.state.ability)
    levels = offset + factor * solution.state.ability
    return IndexFit(
        levels=MappingProxyType(dict(zip(models, levels.tolist(), strict=True))),
        benchmarks=_benchmark_fits(problem, solution.state, benchmarks, offset, factor),
        dropped=dropped,
        scaling=scaling,
        mode=mode,
        cost=solution.cost,
        iterations=solution.iterations,
        problem=problem,
        state=solution.state,
    )


def _benchmark_fits(
    problem: Problem, state: State, names: Sequence[str], offset: float, factor: float
) -> tuple[BenchmarkFit, ...]:
    takers = np.bincount(problem.benchmark, minlength=problem.benchmarks)
    slopes = discrimination(problem, state) / factor
    difficulties = offset + factor * state.difficulty
    rows = zip(names, difficulties.tolist(), slopes.tolist(), takers.tolist(), strict=True)
    return tuple(BenchmarkFit(*row) for row in rows)
