"""How often did something happen, and how sure is that count?"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from models_catalog.analysis.records import Bounds


@dataclass(frozen=True, slots=True)
class Rate:
    """How often something happened, with its 95 % Wilson interval."""

    happened: int
    n: int

    @property
    def value(self) -> float:
        return self.happened / self.n if self.n else 0.0

    @property
    def bounds(self) -> Bounds:
        """Wilson (1927), z = 1.96."""
        if not self.n:
            return Bounds(0.0, 1.0)
        z, share = 1.959964, self.value
        centre = (share + z * z / (2 * self.n)) / (1 + z * z / self.n)
        half = z / (1 + z * z / self.n) * sqrt(share * (1 - share) / self.n + z * z / (4 * self.n**2))
        return Bounds(max(0.0, centre - half), min(1.0, centre + half))


def rate(answers: list[bool | None]) -> Rate:
    """Of those that gave an answer."""
    known = [answer for answer in answers if answer is not None]
    return Rate(sum(known), len(known))
