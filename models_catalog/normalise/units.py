"""Numbers in a source's unit -> ours: US dollars per million tokens, and scores between 0 and 1."""

from __future__ import annotations

from decimal import Decimal

MILLION = Decimal(1_000_000)
TOKENS_BOUGHT = {
    "token": Decimal(1),
    "1k tokens": Decimal(1_000),
    "1000 tokens": Decimal(1_000),
    "1m tokens": MILLION,
    "million tokens": MILLION,
    "mtok": MILLION,
}


def usd_per_million(amount: Decimal, per: str) -> Decimal | None:
    """What do a million tokens cost, if `amount` buys one `per`? None if `per` does not count tokens.

    `per` is the source's own unit: "token", "1K tokens", "1M tokens". Exact: no rounding. The currency is
    the caller's: nothing is converted.
    """
    bought = TOKENS_BOUGHT.get(" ".join(per.lower().split()))
    return None if bought is None else amount * (MILLION / bought)


def unit_interval(value: Decimal, unit: str) -> Decimal:
    """A score as a share of 1: 85 percent -> 0.85, 0.85 fraction -> 0.85.

    Raises ValueError for a unit without an upper end ("elo", "index"), which no share can be made of.
    """
    if unit == "percent":
        return value / 100
    if unit == "fraction":
        return value
    raise ValueError(f"a score in {unit!r} has no share of 1")
