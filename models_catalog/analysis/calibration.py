"""Do the intervals hold the truth, and does the trend rule keep quiet, in worlds whose truth is known?

Each invented world (`planted`) is treated as data: its index is fitted, its worlds with a constant lag are drawn up
and simulated (`worlds`, `trend`), its intervals are made, and all is compared with the lag it was built with. Seeds
start at `FIRST_SEED`, far from those of the rule, of the bootstrap and of the tests.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from models_catalog.analysis import reading
from models_catalog.analysis.bootstrap import bootstrap
from models_catalog.analysis.frontier import Roster
from models_catalog.analysis.index import fit_index
from models_catalog.analysis.lag import estimate_with_interval
from models_catalog.analysis.planted import world
from models_catalog.analysis.process import process_interval
from models_catalog.analysis.records import Insufficient
from models_catalog.analysis.trend import RULE, judge, planted_lag, simulate
from models_catalog.analysis.worlds import Blueprint
from models_catalog.vocabulary import Method

FIRST_SEED = 7_000_000
INNER = 119  # worlds with a constant lag, per invented world
DRAWS = 20  # of the measurement interval
LAGS = (3.0, 9.0)  # months: planted lags are drawn from here, evenly


class Tried(NamedTuple):
    """What one invented world gave. None: the method said nothing."""

    planted: float
    found: float | None
    measured: bool | None  # the measurement interval held the planted lag
    process: bool | None  # the process interval did
    verdicts: tuple[str, ...]  # of the trend rule, by window


def try_worlds(
    count: int, *, first: int = FIRST_SEED, inner: int = INNER, progress: Callable[[int], None] | None = None
) -> tuple[Tried, ...]:
    """So many invented worlds, each with its own constant lag."""
    tried = []
    for number in range(count):
        tried.append(try_world(first + number, inner))
        if progress:
            progress(number + 1)
    return tuple(tried)


def try_world(seed: int, inner: int = INNER, lag: float | None = None) -> Tried:
    """One world, from its scores to its verdict."""
    planted = float(np.random.default_rng(seed).uniform(*LAGS)) if lag is None else lag
    made = world(seed, lag=planted)
    fit = fit_index(made.scores, anchors=made.anchors)
    points = made.judged(dict(fit.levels))
    draws = bootstrap(fit, seed=seed + 1, draws=DRAWS).columns([point.model for point in points])
    measured = estimate_with_interval(Method.CATCH_UP, points, draws, as_of=made.as_of)
    blueprint = Blueprint.of(points, draws, made.as_of)
    try:
        found = planted_lag(blueprint)
        simulated = simulate(blueprint, found, worlds=inner, seed=seed + 2)
        process = process_interval(found, simulated.catch_up)
        trend = judge(blueprint.frontiers(), simulated, RULE)
    except Insufficient:
        return Tried(planted, measured.value, held(measured.low, measured.high, planted), None, ())
    verdicts = tuple(window.verdict for window in trend.windows)
    return Tried(
        planted,
        found,
        held(measured.low, measured.high, planted),
        held(process.low, process.high, planted),
        verdicts,
    )


def held(low: float | None, high: float | None, truth: float) -> bool | None:
    """Did an interval hold the truth? An end that is not bounded holds everything on its side."""
    if low is None and high is None:
        return None
    return (low is None or low <= truth) and (high is None or truth <= high)


def recovered(lag: float, worlds: int, first: int = FIRST_SEED + 500_000) -> list[float]:
    """What the median catch-up gives back of one planted lag, world by world."""
    found = []
    for seed in range(first, first + worlds):
        made = world(seed, lag=lag)
        fit = fit_index(made.scores, anchors=made.anchors)
        points = made.judged(dict(fit.levels))
        levels = np.array([point.level for point in points])
        sides = Roster.of(points, made.as_of).frontiers(levels)
        found.append(reading.catch_up(sides, 0.0).least)
    return found
