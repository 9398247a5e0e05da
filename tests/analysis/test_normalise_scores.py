from __future__ import annotations

import math

import pytest

from models_catalog.analysis.normalise_scores import Attempt, best_attempts, normalise, normalise_rating
from models_catalog.analysis.records import Score


@pytest.mark.parametrize(
    ("raw", "chance", "ceiling", "expected"),
    [
        (0.625, 0.25, 1.0, 0.5),  # four choices
        (72.0, 0.0, 96.0, 0.75),  # percent, with a few broken questions
        (0.25, 0.25, 1.0, 1e-3),
        (0.10, 0.25, 1.0, 1e-3),  # worse than guessing
        (1.0, 0.0, 1.0, 1 - 1e-3),
        (1.2, 100.0, 0.0, 0.988),  # a loss: the ceiling lies below chance
        (30.0, 40.0, 0.0, 0.25),
    ],
)
def test_a_score_becomes_its_place_between_chance_and_ceiling(
    raw: float, chance: float, ceiling: float, expected: float
) -> None:
    assert normalise(raw, chance=chance, ceiling=ceiling) == pytest.approx(expected)


@pytest.mark.parametrize("raw", [math.nan, math.inf])
def test_what_is_no_number_is_refused(raw: float) -> None:
    with pytest.raises(ValueError, match="not a number"):
        normalise(raw)


def test_a_scale_without_length_is_refused() -> None:
    with pytest.raises(ValueError, match=r"both 0\.5"):
        normalise(0.5, chance=0.5, ceiling=0.5)


def test_400_rating_points_are_odds_of_ten_to_one() -> None:
    assert normalise_rating(1300) == 0
    assert normalise_rating(1700) == pytest.approx(math.log(10))


def test_the_best_variant_counts_and_is_remembered() -> None:
    attempts = [
        Attempt(Score("m", "maths", 0.4), "low effort"),
        Attempt(Score("m", "maths", 0.7), "high effort"),
        Attempt(Score("m", "code", 0.5), "low effort"),
        Attempt(Score("n", "maths", 0.2), "low effort"),
    ]
    best = best_attempts(attempts)
    assert [(a.score.model, a.score.benchmark, a.variant) for a in best] == [
        ("m", "code", "low effort"),
        ("m", "maths", "high effort"),
        ("n", "maths", "low effort"),
    ]
    assert best_attempts(reversed(attempts)) == best


def test_of_two_equal_variants_the_name_decides() -> None:
    attempts = [Attempt(Score("m", "maths", 0.4), name) for name in ("b", "a")]
    assert best_attempts(attempts)[0].variant == "a"
