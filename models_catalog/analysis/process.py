"""How sure is the lag, when not only the scores are chance but also which models came out, and when?

The bootstrap interval beside every figure redraws scores alone; it holds the lag a world was built with in about
four cases of ten. Here the question is asked of worlds in which releases fall short of their side's course by
chance, too (`worlds`): how far does the median catch-up fall from the lag that was planted? The interval is
"basic" (Davison and Hinkley 1997, 5.2): observed minus the quantiles of that error, so that a bias is corrected
instead of repeated. Quantiles are the (n + 1)p-th smallest errors (ibid., 2.4), rounded outwards.

It used to hold the planted lag in three worlds of four. The spread of the errors was right; their middle was not:
the simulated records stood above or below the course they were drawn from, by an amount that differed from data to
data, and that passed for a bias. Pilot worlds now settle each side's height first (`Blueprint.settled`).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

import numpy as np

from models_catalog.analysis.records import Floats, Insufficient

LEVEL = 0.90
LEAST_USABLE = 0.8  # share of worlds that must carry a reading


@dataclass(frozen=True, slots=True)
class ProcessInterval:
    """The 90 % interval of the lag as a process, in months; an end is None when the worlds do not bound it."""

    observed: float
    low: float | None
    high: float | None
    lean: float  # what worlds give, minus what was planted: median
    worlds: int
    reason: str = ""


def process_interval(observed: float, simulated: Floats, planted: float | None = None) -> ProcessInterval:
    """From the readings of worlds with a planted lag (default: the observed one). All in months.

    A world without a median reads as infinite, which leaves the low end open. Insufficient when fewer than four
    of five worlds carry a reading.
    """
    errors = simulated[~np.isnan(simulated)] - (observed if planted is None else planted)
    if len(errors) < LEAST_USABLE * len(simulated) or not len(errors):
        raise Insufficient(f"{len(errors)} of {len(simulated)} simulated worlds carry a lag")
    low, high = _ends(np.sort(errors))
    middle = float(np.quantile(errors, 0.5, method="nearest"))
    ends = [observed - end if np.isfinite(end) else None for end in (high, low)]
    reason = "" if None not in ends else "an end of the interval is not bounded by the simulated worlds"
    return ProcessInterval(observed, ends[0], ends[1], middle, len(errors), reason)


def _ends(errors: Floats) -> tuple[float, float]:
    """The errors that 90 % of all future ones are expected to lie between; `errors` is sorted."""
    rank = max(1, floor(round((len(errors) + 1) * (1 - LEVEL) / 2, 9)))
    return float(errors[rank - 1]), float(errors[-rank])
