"""Is the lag shrinking or growing? A rule with fixed thresholds, and what it says.

Every slope estimator leans: with a lag that never changes, sparse early coverage alone makes it look as if it
did, and a bootstrap of the scores does not see that. So the observed slopes are compared with those in worlds
that have a constant lag and everything else as it is (`worlds`). Narrowing or widening is claimed only when at
least three of the four estimators leave that distribution on the same side, each at p < .05 (two-sided);
otherwise there is no supported trend.

Version 1 was fixed before anybody looked. Version 2 was chosen with observed slopes and p-values on screen: its
worlds were changed after that first look, because those of version 1 gave a planted lag back on Epoch's scale but not
on ours. Estimators, thresholds, windows and seed are as first registered. Readers are told so (`DISCLOSURE`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal, NamedTuple

import numpy as np

from models_catalog.analysis import reading
from models_catalog.analysis.frontier import Frontiers
from models_catalog.analysis.records import Floats, Insufficient
from models_catalog.analysis.slopes import SLOPES
from models_catalog.analysis.worlds import Blueprint

Verdict = Literal["narrowing", "widening", "no supported trend", "not estimable"]


@dataclass(frozen=True, slots=True)
class Rule:
    """What has to be decided before looking. A change is a new version, never an edit."""

    version: str
    fixed_on: date
    windows: tuple[date, ...]  # the first day that counts; the first window carries the verdict
    worlds: int
    significance: float  # two-sided
    agreeing: int  # estimators that must agree, of the four in `slopes`
    least_usable: float  # share of worlds that must give an estimator a value
    seed: int


RULE = Rule(
    version="2",
    fixed_on=date(2026, 11, 24),
    windows=(date(2023, 1, 1), date(2024, 7, 1)),
    worlds=999,
    significance=0.05,
    agreeing=3,
    least_usable=0.8,
    seed=20261124,
)

# For readers, by version of the rule: what had been seen before it was fixed. A version that is not here saw nothing.
DISCLOSURE: Mapping[str, str] = MappingProxyType(
    {
        "2": "Version 2 of this rule was chosen with observed slopes and p-values on screen: its estimators, "
        "thresholds, windows and seed are as first registered, and the simulated worlds were changed after the first "
        "look because they did not give a planted lag back."
    }
)

RETURNED_WITHIN = 1.5  # months: the promise for every planted lag (`manage.py validate_method`)


class SlopeTest(NamedTuple):
    """One estimator against worlds with a constant lag; months per year, p two-sided."""

    estimator: str
    observed: float | None
    expected: float | None  # its mean when the lag is constant: the lean
    change: float | None  # observed minus expected
    low: float | None  # 90 % interval of the change
    high: float | None
    p: float | None
    reason: str = ""


class WindowTrend(NamedTuple):
    since: date
    verdict: Verdict
    tests: tuple[SlopeTest, ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """The rule's verdict, window by window."""

    planted: float  # months: the median catch-up as observed, planted in every world
    windows: tuple[WindowTrend, ...]
    worlds: int
    rule: Rule

    @property
    def verdict(self) -> Verdict:
        return self.windows[0].verdict


class Simulated(NamedTuple):
    """What worlds with one constant lag gave: their catch-up, and slopes by window and estimator."""

    planted: float
    catch_up: Floats
    slopes: Mapping[tuple[date, str], Floats]


def simulate(
    blueprint: Blueprint,
    planted: float,
    *,
    worlds: int,
    seed: int,
    rule: Rule = RULE,
    progress: Callable[[int], None] | None = None,
) -> Simulated:
    """So many worlds with this lag in months, the same for the same seed."""
    random = np.random.default_rng(seed)
    settled = blueprint.settled(planted, random)
    catch_up = np.empty(worlds)
    slopes = {(since, name): np.empty(worlds) for since in rule.windows for name in SLOPES}
    for number in range(worlds):
        sides = settled.world(planted, random)
        catch_up[number] = reading.catch_up(sides, 0.0).least
        for (since, name), found in slopes.items():
            found[number] = SLOPES[name](sides, since.toordinal())
        if progress:
            progress(number + 1)
    return Simulated(planted, catch_up, slopes)


def planted_lag(blueprint: Blueprint) -> float:
    """The median catch-up as observed, in months. Insufficient when none can be read."""
    observed = reading.catch_up(blueprint.frontiers(), 0.0)
    if not np.isfinite(observed.least):
        raise Insufficient(observed.reason or "no catch-up lag can be read")
    return observed.least


def find_trend(
    blueprint: Blueprint, *, rule: Rule = RULE, progress: Callable[[int], None] | None = None
) -> tuple[Trend, Simulated]:
    """Apply the rule; also the worlds it was applied with. Insufficient when there is no lag to plant."""
    planted = planted_lag(blueprint)
    simulated = simulate(blueprint, planted, worlds=rule.worlds, seed=rule.seed, rule=rule, progress=progress)
    require_return(simulated)
    return judge(blueprint.frontiers(), simulated, rule), simulated


def require_return(simulated: Simulated) -> None:
    """Worlds are worth comparing with only when they give back what was planted in them. Insufficient if not.

    A comparison with worlds that lean by more than is promised for the method itself would judge the worlds.
    """
    found = simulated.catch_up[~np.isnan(simulated.catch_up)]
    middle = float(np.median(found)) if len(found) else np.nan
    if not abs(middle - simulated.planted) <= RETURNED_WITHIN:
        given = f"{middle:.1f}" if np.isfinite(middle) else "none"
        raise Insufficient(
            f"the test would mislead here, since worlds made with a constant lag of {simulated.planted:.1f} months "
            f"come out at {given}"
        )


def judge(sides: Frontiers, simulated: Simulated, rule: Rule = RULE) -> Trend:
    """What the rule says about these frontiers, given worlds with a constant lag."""
    return Trend(
        planted=simulated.planted,
        windows=tuple(_window(sides, simulated, since, rule) for since in rule.windows),
        worlds=len(simulated.catch_up),
        rule=rule,
    )


def _window(sides: Frontiers, simulated: Simulated, since: date, rule: Rule) -> WindowTrend:
    tests = tuple(
        _test(name, slope(sides, since.toordinal()), simulated.slopes[since, name], rule)
        for name, slope in SLOPES.items()
    )
    return WindowTrend(since, _verdict(tests, rule), tests)


def _test(name: str, observed: float, null: Floats, rule: Rule) -> SlopeTest:
    known = null[np.isfinite(null)]
    if not np.isfinite(observed):
        return SlopeTest(name, None, None, None, None, None, None, "too few values in this window")
    if len(known) < rule.least_usable * len(null):
        reason = f"{len(known)} of {len(null)} simulated worlds carry a value"
        return SlopeTest(name, observed, None, None, None, None, None, reason)
    low, expected, high = np.quantile(known, 0.05), known.mean(), np.quantile(known, 0.95)
    tail = min((known <= observed).sum(), (known >= observed).sum())
    return SlopeTest(
        estimator=name,
        observed=observed,
        expected=float(expected),
        change=float(observed - expected),
        low=float(observed - high),
        high=float(observed - low),
        p=min(1.0, 2 * (float(tail) + 1) / (len(known) + 1)),
    )


def _verdict(tests: tuple[SlopeTest, ...], rule: Rule) -> Verdict:
    known = [test for test in tests if test.p is not None and test.change is not None]
    if len(known) < rule.agreeing:
        return "not estimable"
    significant = [test.change for test in known if test.p is not None and test.p < rule.significance]
    changes = [change for change in significant if change is not None]
    if sum(change < 0 for change in changes) >= rule.agreeing:
        return "narrowing"
    if sum(change > 0 for change in changes) >= rule.agreeing:
        return "widening"
    return "no supported trend"
