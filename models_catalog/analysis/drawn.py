"""How many draws stand behind an interval? Apart from the methods that draw, so that a page can say it without them."""

from __future__ import annotations

FULL = 1000  # a figure that rests on fewer says how many
OF_PARTS = 200  # of a domain, benchmark or half: there are a hundred, and their 90 % ends need no more
OF_PAST = 100  # of a day before the newest: about as many, and a week takes as long as the newest day


def past_step(draws: int) -> int:
    """Every which draw of a fit a past day is read with: they are independent, so any will do."""
    return max(1, draws // OF_PAST)


def past_draws(draws: int) -> int:
    """How many of a fit's draws that makes: 1,000 -> 100, 20 -> 20."""
    return len(range(0, draws, past_step(draws)))
