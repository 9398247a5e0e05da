"""Invented worlds with a known truth: models, benchmarks and scores in which open trails by a planted lag.

Both sides climb one straight line in ability; every release falls short of it by an exponential amount, and is tried
on the ten benchmarks nearest to it. What a method gives back of the planted lag is what it is worth.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from scipy.special import expit

from models_catalog.analysis.normalise_scores import normalise
from models_catalog.analysis.records import DAYS_PER_MONTH, Point, Score
from models_catalog.vocabulary import Access

START = date(2023, 1, 1)


def day(number: int) -> date:
    """So many days after the start of the invented calendar."""
    return START + timedelta(days=number)


@dataclass(frozen=True)
class World:
    """What happened (`points`, with true abilities as levels) and what was measured (`scores`)."""

    points: tuple[Point, ...]
    scores: tuple[Score, ...]
    anchors: dict[str, float]
    as_of: date

    def judged(self, levels: dict[str, float]) -> tuple[Point, ...]:
        """The same models with fitted levels; models without one are left out."""
        return tuple(replace(p, level=levels[p.model]) for p in self.points if p.model in levels)


def world(seed: int, *, lag: float, months: int = 42, each: int = 50, benchmarks: int = 30) -> World:
    """Both sides climb one straight line in ability, the open side `lag` months later."""
    random = np.random.default_rng(seed)
    points = tuple(
        point
        for access, delay in ((Access.CLOSED, 0.0), (Access.OPEN, lag))
        for point in _side(random, access, delay, months, each)
    )
    rising = sorted((p for p in points if p.access is Access.CLOSED), key=lambda p: p.level)
    anchors = {rising[len(rising) // 3].model: 130.0, rising[-3].model: 150.0}
    scores = _scores(random, points, benchmarks)
    return World(points, scores, anchors, day(round(months * DAYS_PER_MONTH)))


def _side(random: np.random.Generator, access: Access, delay: float, months: int, count: int) -> list[Point]:
    released = np.sort(random.uniform(0, months, count))
    ability = -1 + 4 * (released - delay) / months - random.exponential(0.25, count)
    return [
        Point(f"{access}-{number}", day(int(when * DAYS_PER_MONTH)), access, float(level))
        for number, (when, level) in enumerate(zip(released, ability, strict=True))
    ]


def _scores(random: np.random.Generator, points: tuple[Point, ...], benchmarks: int) -> tuple[Score, ...]:
    difficulty = np.linspace(-1.5, 3.5, benchmarks)
    slope = np.exp(random.normal(0.7, 0.3, benchmarks))
    scores = []
    for point in points:
        near = np.argsort(np.abs(difficulty - point.level) + random.exponential(0.8, benchmarks))[:10]
        truth = expit(slope[near] * (point.level - difficulty[near]))
        noisy = truth + random.normal(0, 0.03, len(near))
        scores += [
            Score(point.model, f"benchmark-{bench}", normalise(float(value)))
            for bench, value in zip(near, noisy, strict=True)
        ]
    return tuple(scores)
