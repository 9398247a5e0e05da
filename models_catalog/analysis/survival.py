"""How long does it take, when some are still waiting? The Kaplan–Meier estimate.

Own and small, because levels carry weights here and durations may be negative (open was first). The formula
is Kaplan and Meier (1958): S(t) = Π over event times u ≤ t of (1 − events at u / at risk at u).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models_catalog.analysis.records import Flags, Floats

ROUNDING = 1e-9  # a product of ratios that should be one half may miss it by rounding


@dataclass(frozen=True, slots=True, eq=False)
class Survival:
    """The share still waiting after each event time; times rise, shares fall."""

    times: Floats
    share: Floats

    @property
    def median(self) -> float:
        """The first time at which at most half are still waiting; infinity if that is never seen."""
        below = np.flatnonzero(self.share <= 0.5 + ROUNDING)
        return float(self.times[below[0]]) if len(below) else np.inf


def survival(durations: Floats, observed: Flags, weights: Floats | None = None) -> Survival:
    """The Kaplan–Meier curve of durations in any unit.

    `observed` False means the event had not happened by then (right-censored). Someone censored at the very
    moment of an event was still at risk at it. `weights` default to one each.
    """
    weight = np.ones(len(durations)) if weights is None else weights
    times, starts = np.unique(np.sort(durations), return_index=True)
    if not len(times):
        return Survival(times, np.empty(0))
    order = np.argsort(durations, kind="stable")
    at_risk = np.cumsum(weight[order][::-1])[::-1][starts]
    events = np.add.reduceat((weight * observed)[order], starts)
    happened = events > 0
    share = np.cumprod(1 - events[happened] / at_risk[happened])
    return Survival(times[happened], share.astype(np.float64, copy=False))
