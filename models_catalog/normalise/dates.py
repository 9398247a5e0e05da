"""Dates as sources write them -> a day and how exactly it was stated."""

from __future__ import annotations

import re
from datetime import date

from models_catalog.vocabulary import Precision

FIRST_YEAR, LAST_YEAR = 1900, 2100
ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][0-9:.]+(?:Z|[+-]\d{2}:?\d{2})?)?", re.ASCII)
ISO_MONTH = re.compile(r"(\d{4})-(\d{1,2})", re.ASCII)
YEAR = re.compile(r"(\d{4})", re.ASCII)
SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)


def parse_date(text: str) -> tuple[date, Precision] | None:
    """Which day does this text state, and to which precision? None if it states none.

    Understood: `2025-08-07` (also with a time behind it), `2025-08`, `2025`, `9/20/2023`. A month stands
    for its first day and a year for the first of January; the precision says so.

    Slashes are read as month/day/year, always: the sources that write them (Epoch AI, Llama's release
    page) are American. So `12/03/2026` is 3 December, and `20/9/2023` is refused, never re-read as
    day/month: one rule that is sometimes unavailable is better than two that disagree in silence.
    Years outside 1900 to 2100 are placeholders (`9999`), not dates.
    """
    stripped = text.strip()
    if match := ISO_DAY.fullmatch(stripped):
        return build(match[1], match[2], match[3], Precision.DAY)
    if match := SLASHES.fullmatch(stripped):
        return build(match[3], match[1], match[2], Precision.DAY)
    if match := ISO_MONTH.fullmatch(stripped):
        return build(match[1], match[2], "1", Precision.MONTH)
    if match := YEAR.fullmatch(stripped):
        return build(match[1], "1", "1", Precision.YEAR)
    return None


def build(year: str, month: str, day: str, precision: Precision) -> tuple[date, Precision] | None:
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return None
    try:
        return date(int(year), int(month), int(day)), precision
    except ValueError:  # the 31st of April
        return None


def within(coarse: date, precision: Precision, fine: date) -> bool:
    """Does `fine` lie inside the day, month or year that `coarse` states?"""
    if precision is Precision.DAY:
        return coarse == fine
    if precision is Precision.MONTH:
        return (coarse.year, coarse.month) == (fine.year, fine.month)
    return coarse.year == fine.year
