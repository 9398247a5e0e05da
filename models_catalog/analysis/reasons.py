"""Why there is no figure, in words for a reader who decides by it: what is missing, and what would settle it.

Each is a clause without a full stop, under 200 characters, to stand after "not enough evidence:" and in a table's row.
"""

from __future__ import annotations

from collections.abc import Sequence

NO_MODEL = "no {0} model with a known release date has a score here, so {1}; scores of some would settle it"
NO_CLOSED = NO_MODEL.format("closed", "open models have nobody to be compared with")
NO_OPEN = NO_MODEL.format("open", "there is nothing to compare with closed ones")
NO_COMMON_LEVEL = (
    "no open model tested here is above the first closed record yet, so no level has been reached by both; an open "
    "model above it would settle it"
)
STILL_WAITING = (
    "open models have yet to reach too many of the levels of closed ones, so the middle waiting time is not known; "
    "more open models at those levels would settle it"
)
OPEN_FIRST = (
    "open models were first on most of their records, so there is no time behind closed ones to state"
)
BELOW_THE_FIRST = (
    "most open records are no higher than the first closed one here, so nobody knows when closed models were there; "
    "scores of earlier closed models would settle it"
)
NOBODY_THERE = "no closed model has reached this level"
NO_ERRORS = (
    "no interval: its scores are published without standard errors, so how far they could be off is not known"
)
NOTHING_COUNTS = (
    "no score of a known model belongs to it; published results of known models on benchmarks of this kind would "
    "settle it"
)
EPOCH_IS_ONE = (
    "Epoch AI publishes one index and no parts of it; choose other scores, or all benchmarks, to see a figure"
)
ANCHORS_NEEDED = "; the scale is fixed by two models, and more published scores of this one would settle it"
BRIDGES_NEEDED = ", so nothing says how they compare; models tested in several groups would settle it"
OUR_FAULT = ", which is the calculation’s fault and not the evidence’s"
RISES = (
    "{0} models raised their record {1}{2}, and at least {3} rises are needed for a typical delay; scores of more {0} "
    "models would settle it"
)


def times(number: int) -> str:
    return {0: "not once", 1: "only once", 2: "only twice"}.get(number, f"only {number} times")


def too_few_rises(side: str, number: int, least: int, where: str = " here") -> str:
    """Too few records of a side ("open", "closed") for a typical delay."""
    return RISES.format(side, times(number), where, least)


def too_few_draws(usable: int, draws: int) -> str:
    return f"no interval: when the scores are shaken, only {usable} of {draws} draws carry a figure"


def open_ends(ends: Sequence[str]) -> str:
    """Which ends ("low", "high") of an interval the evidence does not bound."""
    return (
        f"the interval has no {' and no '.join(ends)} end: when the scores are shaken, too often the "
        "figure could be anything on that side"
    )


NOBODY_AHEAD = "no closed model is ahead of the best open one"


def no_match_ahead(delta: float) -> str:
    """The best open model is level with the best closed one, or above it."""
    within = " by more than the tolerance" if delta else ""
    return f"{NOBODY_AHEAD}{within}, so there is no time behind to state"


def mostly_unreached(share: float) -> str:
    """Too little of what closed models reached has been reached by open ones; `share` of 1 has not."""
    part = "any" if round(100 * share) >= 100 else f"{100 * share:.0f} %"
    return (
        f"open models have not reached {part} of the levels of closed ones yet, too little for a typical delay; more "
        "capable open models, tested here, would settle it"
    )


def too_few_models(number: int, least: int) -> str:
    models = "1 model" if number == 1 else f"{number} models"
    tested = "was" if number == 1 else "were"
    return (
        f"only {models} with a known release date {tested} tested on it, and {least} are needed; results of more "
        "models would settle it"
    )


def too_few_benchmarks(number: int, needed: int, per_benchmark: int, per_model: int) -> str:
    """No scale connects the models: too few benchmarks share enough of them."""
    has = "has only 1" if number == 1 else f"has only {number}" if number else "has none"
    return (
        f"a scale needs {needed} benchmarks with {per_benchmark} models each that took at least {per_model} of them, "
        f"and this part {has}; more models tested on the same benchmarks would settle it"
    )
