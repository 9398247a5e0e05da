"""What fixes a fitted scale, which has no zero and no unit of its own: level = a + b·theta."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from models_catalog.analysis.records import Floats, Insufficient

LEAST_COMMON = 8


class Scaling(Protocol):
    def scale(self, models: Sequence[str], ability: Floats) -> tuple[float, float]:
        """(a, b) of level = a + b·theta. Insufficient when these abilities define no scale."""
        ...


@dataclass(frozen=True, slots=True)
class Anchors:
    """Two models whose levels are fixed, which defines the scale."""

    low: str
    low_level: float
    high: str
    high_level: float

    def scale(self, models: Sequence[str], ability: Floats) -> tuple[float, float]:
        """(a, b) of level = a + b·theta. Insufficient if the fit does not put the higher anchor higher."""
        low, high = ability[models.index(self.low)], ability[models.index(self.high)]
        if not high - low > 1e-9:
            raise Insufficient(f"the fit does not place {self.high} above {self.low}: no scale is defined")
        factor = (self.high_level - self.low_level) / (high - low)
        return float(self.low_level - factor * low), float(factor)


@dataclass(frozen=True, slots=True)
class Alike:
    """Another scale: over the models that both place, mean and standard deviation become the same.

    So a part of the benchmarks is counted in points like those of the whole, though neither anchor may be on it.
    Months at tolerance 0 do not depend on it.
    """

    levels: Mapping[str, float]

    def scale(self, models: Sequence[str], ability: Floats) -> tuple[float, float]:
        """(a, b) of level = a + b·theta. Insufficient with too few common models, or when all are equally able."""
        common = [(at, self.levels[model]) for at, model in enumerate(models) if model in self.levels]
        if len(common) < LEAST_COMMON:
            raise Insufficient(
                f"only {len(common)} of its models are on the whole index, and {LEAST_COMMON} are needed to count in "
                "the same points; scores of more models on other benchmarks would settle it"
            )
        own = ability[[at for at, _ in common]]
        target = np.array([level for _, level in common])
        if not own.std() > 1e-9:
            raise Insufficient("the fit places all models alike: no scale is defined")
        factor = float(target.std() / own.std())
        return float(target.mean() - factor * own.mean()), factor
