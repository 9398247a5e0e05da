"""From a raw score to the value an index is fitted to, and from several variants of a model to one.

y = clip((raw − chance) / (ceiling − chance), 1e-3, 1 − 1e-3). A loss (hallucination rate, word error rate)
needs no rule of its own: its ceiling, the best possible value, lies below its chance level.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from models_catalog.analysis.records import Score

EDGE = 1e-3  # nothing is 0 or 1 on the logistic link: one more question could have gone the other way
RATING_CENTRE = 1300.0
RATING_WEIGHT = (0.08 / 0.2) ** 2  # a benchmark's error of 0.08 against 0.2 on the logit scale of a rating


@dataclass(frozen=True, slots=True)
class Attempt:
    """One score of one variant (effort, budget, harness, quantisation, host) of a model."""

    score: Score
    variant: str = ""


def normalise(raw: float, *, chance: float = 0.0, ceiling: float = 1.0) -> float:
    """Where a raw score lies between guessing (0) and the best possible (1), clipped to [1e-3, 1 − 1e-3].

    `chance` and `ceiling` are in the raw score's unit. ValueError if they are equal or `raw` is not finite.
    """
    if not math.isfinite(raw):
        raise ValueError(f"a raw score of {raw} is not a number")
    if chance == ceiling:
        raise ValueError(f"chance and ceiling are both {chance}")
    return min(max((raw - chance) / (ceiling - chance), EDGE), 1 - EDGE)


def normalise_rating(rating: float) -> float:
    """An Elo-like rating in logits, for the identity link: (R − 1300) · ln 10 / 400."""
    return (rating - RATING_CENTRE) * math.log(10) / 400


def rating_of(logits: float) -> float:
    """The rating that `normalise_rating` made logits of."""
    return RATING_CENTRE + 400 * logits / math.log(10)


def best_attempts(attempts: Iterable[Attempt]) -> tuple[Attempt, ...]:
    """The best variant of every (model, benchmark), remembered by name; the order of rows does not matter."""
    best: dict[tuple[str, str], Attempt] = {}
    for attempt in sorted(attempts, key=_preference):
        best.setdefault((attempt.score.model, attempt.score.benchmark), attempt)
    return tuple(best[key] for key in sorted(best))


def _preference(attempt: Attempt) -> tuple[float, str, float]:
    return (-attempt.score.value, attempt.variant, -attempt.score.weight)
