"""Days as pages write them in words -> the form with digits that the rest of the house reads.

`Dec 11, 2026`, `June 30, 2025`, `May 8th, 2026`, `2026‑03‑26` (with unbreakable hyphens), `2025/06/16`, `03/31/25`
(month first: the pages that write it are American), `June 2025`. The quote beside a date keeps the page's words.
"""

from __future__ import annotations

import re
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH_FIRST = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", re.ASCII)
MONTH_ONLY = re.compile(r"([a-z]{3,9})\.? (\d{4})", re.ASCII)
YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{2}|\d{4})", re.ASCII)
FIRST_YEAR, LAST_YEAR = 2015, 2100


def day_stated(text: str) -> str | None:
    """The day (`2026-12-11`) or month (`2025-06`) the text is; None when it is neither, or cannot be true."""
    words = " ".join(re.sub(r"[‐-―]", "-", text).lower().split())
    if match := YEAR_FIRST.fullmatch(words):
        return day(match[1], match[2], match[3])
    if match := SLASHES.fullmatch(words):
        return day(match[3] if len(match[3]) == 4 else f"20{match[3]}", match[1], match[2])
    if match := MONTH_FIRST.fullmatch(words):
        return day(match[3], month(match[1]), match[2])
    if (match := MONTH_ONLY.fullmatch(words)) and day(match[2], month(match[1]), "1"):
        return f"{match[2]}-{int(month(match[1])):02}"
    return None


def month(word: str) -> str:
    return str(MONTHS.index(word[:3]) + 1) if word[:3] in MONTHS else "0"


def day(year: str, month_number: str, day_number: str) -> str | None:
    try:
        stated = date(int(year), int(month_number), int(day_number))
    except ValueError:
        return None
    return stated.isoformat() if FIRST_YEAR <= stated.year <= LAST_YEAR else None
