"""The exact lower bound of a counted share, against values that can be worked out by hand."""

from __future__ import annotations

import pytest

from models_catalog.analysis.proportion import lower_bound


def test_without_a_miss_the_bound_is_the_root_of_the_doubt() -> None:
    assert lower_bound(59, 59) == pytest.approx(0.05 ** (1 / 59))
    assert lower_bound(300, 300) == pytest.approx(0.05 ** (1 / 300))


def test_of_nothing_right_the_bound_is_zero_and_of_nothing_there_is_none() -> None:
    assert lower_bound(0, 10) == 0.0
    assert lower_bound(0, 0) is None


def test_a_true_share_at_the_bound_gives_so_many_once_in_twenty() -> None:
    bound = lower_bound(9, 10)
    assert bound is not None
    assert 10 * bound**9 * (1 - bound) + bound**10 == pytest.approx(0.05)


def test_more_right_than_counted_is_refused() -> None:
    with pytest.raises(ValueError, match="3 of 2"):
        lower_bound(3, 2)
