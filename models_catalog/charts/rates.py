"""A counted rate in words, with how sure the count is."""

from __future__ import annotations

from models_catalog.analysis.rates import Rate
from models_catalog.charts.numerals import NARROW_SPACE, decimal, whole


def rate_phrase(found: Rate) -> str:
    """ "39 % (34 to 44 %; 156 of 400)": with the 95 % Wilson interval; a rate below 1 % has two decimals."""
    places = 2 if 0 < found.value < 0.01 else 0
    value, low, high = (decimal(100 * number, places) for number in (found.value, *found.bounds))
    percent, of = f"{NARROW_SPACE}%", f"{whole(found.happened)} of {whole(found.n)}"
    return f"{value}{percent} ({low} to {high}{percent}; {of})"
