"""How a release date is written: as exactly as a source stated it, and a host's listing date as what it is."""

from __future__ import annotations

from models_catalog.charts.numerals import day
from models_catalog.findings.records import ModelRow
from models_catalog.vocabulary import DateKind, Precision

LISTED = "the day a host first listed it; no source we read states a release date"
KIND = {
    DateKind.ANNOUNCED: "announced on this day",
    DateKind.API: "served from this day",
    DateKind.WEIGHTS: "weights out on this day",
    DateKind.LISTING: LISTED,
}


def listed(row: ModelRow) -> bool:
    """Is the date only the day a host put the model on its list?"""
    return row.released_kind == DateKind.LISTING


def written(row: ModelRow) -> str:
    """ "24 Jul 2026", "Jul 2026" or "2026", as stated; "" without a date."""
    if row.released is None:
        return ""
    if row.released_precision == Precision.YEAR:
        return f"{row.released:%Y}"
    whole_day = day(row.released)
    return whole_day.split(" ", 1)[1] if row.released_precision == Precision.MONTH else whole_day


def dated(row: ModelRow) -> str:
    """The same, or "listed 2 Jul 2026": never a listing as if it were a release."""
    return f"listed {written(row)}" if listed(row) else written(row)
