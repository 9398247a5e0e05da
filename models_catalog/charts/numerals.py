"""How numbers and days are written: months and index to one decimal, $ per 1M tokens, 11 Aug 2026.

Plain strings, no markup. A true minus sign, narrow no-break spaces between thousands, en dashes in ranges.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

NARROW_SPACE = "\u202f"
NO_BREAK = "\u00a0"
MINUS = "\u2212"
EN_DASH = "\u2013"
EM_DASH = "\u2014"


def decimal(value: float | Decimal, places: int = 1) -> str:
    """5.66 -> "5.7", -0.04 -> "0.0", 12345.6 -> "12 345.6"."""
    text = f"{value:,.{places}f}"
    if not text.strip("-0.,"):
        text = text.lstrip("-")
    return text.replace(",", NARROW_SPACE).replace("-", MINUS)


def whole(value: int) -> str:
    """1234567 -> "1 234 567"."""
    return decimal(Decimal(value), 0)


def interval(low: float | None, high: float | None, places: int = 1) -> str:
    """ "5.2–7.1"; with a negative end "−1.2 to 3.4"; open ends in words; "" when both ends are missing."""
    if low is None and high is None:
        return ""
    if low is None:
        return f"up to {decimal(high or 0.0, places)}"
    if high is None:
        return f"{decimal(low, places)} or more"
    joint = " to " if low < 0 or high < 0 else EN_DASH
    return f"{decimal(low, places)}{joint}{decimal(high, places)}"


def level_interval(low: float | None, high: float | None) -> str:
    """The same of a level on the index; "" also when it is fixed by definition and both ends are one."""
    return "" if low == high else interval(low, high)


def price(amount: Decimal) -> str:
    """Dollars per 1M tokens: 15 -> "$15.00"; below 1 two significant decimals: 0.0375 -> "$0.038"."""
    if amount == 0:
        return "$0"
    places = 2 if abs(amount) >= 1 else max(2, 1 - amount.adjusted())
    rounded = amount.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"${decimal(rounded, places)}"


def figure(value: Decimal) -> str:
    """A source's own figure: three decimals, or three digits below 0.1; no padding: 61.20 -> "61.2"."""
    exponent = value.as_tuple().exponent
    places = max(3, 2 - value.adjusted()) if value else 0
    if isinstance(exponent, int) and -exponent > places:
        value = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{value:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(",", NARROW_SPACE).replace("-", MINUS)


def of_hundred(value: Decimal) -> str:
    """A percentage without its sign, to one decimal; below 1 to two digits: 61.24 -> "61.2", 0.0342 -> "0.034"."""
    places = max(1, 1 - value.adjusted()) if 0 < abs(value) < 1 else 1
    return decimal(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), places)


def day(value: date) -> str:
    """ "11 Aug 2026", whatever the locale."""
    names = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{value.day} {names[value.month - 1]} {value.year}"


def scaled(value: int) -> str:
    """A count of parameters or tokens: 8_030_000_000 -> "8.0 B", 131_072 -> "131 k", 512 -> "512"."""
    for size, letter in ((10**12, "T"), (10**9, "B"), (10**6, "M"), (10**3, "k")):
        if value >= size:
            part = value / size
            return f"{decimal(part, 1 if part < 10 else 0)}{NARROW_SPACE}{letter}"
    return str(value)


def count(value: int, singular: str, plural: str = "") -> str:
    """ "1 model", "12 models"."""
    return f"{whole(value)} {singular if value == 1 else plural or singular + 's'}"


def share(value: float) -> str:
    """0.284 -> "28 %"; some but less than half a percent is not nothing: 0.003 -> "<1 %"."""
    if 0 < value < 0.005:
        return f"<1{NARROW_SPACE}%"
    return f"{decimal(100 * value, 0)}{NARROW_SPACE}%"
