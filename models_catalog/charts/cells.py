"""Cells of a table that may end in a spreadsheet."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

Cell = str | int | float | bool | date | datetime | Decimal | None
FORMULA = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII)


def csv_cell(value: Cell) -> str:
    """One cell that no spreadsheet takes for a formula; real numbers stay numbers, negative ones, too."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = value.isoformat() if isinstance(value, date) else plain(value)
    text = text.replace("\x00", "")
    return f"'{text}" if text.startswith(FORMULA) and not NUMBER.fullmatch(text) else text


def plain(value: object) -> str:
    """A number without an exponent, or the text."""
    return format(value, "f") if isinstance(value, Decimal) else str(value)
