"""What goes into the numeric core and what comes out of it: frozen, dated, unit beside the number.

Levels are points on a capability scale, times are months of 30.4375 days, shares are fractions of 1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from models_catalog.vocabulary import Access, Method, Tier

DAYS_PER_MONTH = 30.4375  # 365.25 / 12

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]

Link = Literal["logistic", "identity"]


class Insufficient(Exception):
    """The evidence does not carry a number. `reason` is one sentence that can be shown to a reader."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Score:
    """One result of one model on one benchmark, as the index is fitted to it.

    `value` is inside (0, 1) for the logistic link (see `normalise_scores`) and any finite number for the
    identity link, which is for scales without a floor and a ceiling, such as Arena ratings.
    """

    model: str
    benchmark: str
    value: float
    weight: float = 1.0
    link: Link = "logistic"

    def __post_init__(self) -> None:
        if not math.isfinite(self.value):
            raise ValueError(f"{self.model} on {self.benchmark}: {self.value} is not a number")
        if self.link == "logistic" and not 0 < self.value < 1:
            raise ValueError(f"{self.model} on {self.benchmark}: {self.value} is not inside (0, 1)")
        if not (math.isfinite(self.weight) and self.weight > 0):
            raise ValueError(f"{self.model} on {self.benchmark}: a weight of {self.weight} is not positive")


@dataclass(frozen=True, slots=True)
class Point:
    """One model on a capability scale. `released` starts its clock: for open models, the weights' date.

    `organization`, `tier` and `preview` matter only to sensitivities: they say whom to leave out or to count
    otherwise.
    """

    model: str
    released: date
    access: Access
    level: float
    name: str = ""
    organization: str = ""
    tier: Tier = Tier.UNKNOWN
    preview: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a running maximum: from `released` on, the best level is `level`, reached by `model`."""

    released: date
    level: float
    model: str


class Bounds(NamedTuple):
    """A published interval of one level; asymmetric is normal."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """One figure of the gap, with its interval and the evidence behind it.

    `value` is None exactly when nothing can be said, and then `reason` says why. `at_least`: the truth is
    known only to be no smaller than `value` (a censored figure). `low` or `high` is None when that end of
    the interval is not bounded by the evidence, or when no draws were given.
    """

    method: Method
    value: float | None
    low: float | None
    high: float | None
    unit: str  # "months" or "points"
    n: int
    n_unit: str
    censored_share: float | None
    reason: str
    at_least: bool = False

    def __post_init__(self) -> None:
        if self.value is None and not self.reason:
            raise ValueError(f"{self.method}: a missing value needs a reason")
        numbers = (self.value, self.low, self.high)
        if any(number is not None and not math.isfinite(number) for number in numbers):
            raise ValueError(f"{self.method}: {numbers} must be finite or None")
