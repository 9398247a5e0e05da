"""One row of a page: typed, strict access to its values, each failure with its reason and its quote.

A value that is absent, null or blank reads as None; a value of the wrong type is never converted. The
readers raise `Unreadable`; `facts` turns that into the contract's RowProblem, so one bad cell costs the
facts that need it and nothing else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal as Word

from models_catalog.sources.contract import Parsed, RowProblem
from models_catalog.sources.literals import Literal

NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?", re.ASCII)
NOT_A_NUMBER = re.compile(r"[+-]?\.?(?:nan|inf|infinity)", re.ASCII | re.IGNORECASE)
DATE = re.compile(
    r"\d{4}(?:-\d{1,2}(?:-\d{1,2}(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?)?)?|\d{1,2}/\d{1,2}/\d{4}", re.ASCII
)
UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
Media = Word["csv", "json", "yaml"]
QUOTE_LENGTH = 200
TEXT_LENGTH = 2_000
LARGEST_EXPONENT = 30
LARGEST_COUNT = 2**63 - 1


class Unreadable(Exception):
    """A value that cannot be read. `implausible`: it can be read and cannot be true."""

    def __init__(self, reason: str, quote: str = "", *, implausible: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.quote = quote
        self.implausible = implausible

    def problem(self, label: str) -> RowProblem:
        return RowProblem(label, self.reason, self.quote, implausible=self.implausible)


def quotable(text: str) -> str:
    """`text` as it may be stored and shown: at most 200 characters, unstorable ones spelled out."""
    return UNSTORABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text[:QUOTE_LENGTH])[:QUOTE_LENGTH]


def spelled(value: object) -> str:
    """A JSON value as the source's text spells it."""
    if isinstance(value, Literal):
        return str(value)
    return json.dumps(value, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Row:
    """One row or nested object, by its own keys. `label` names it in problems."""

    label: str
    cells: Mapping[str, object]
    media: Media = "json"

    def quote(self, *keys: str) -> str:
        """The verbatim cells: CSV cells as they stand, JSON and YAML with their keys."""
        present = [key for key in keys if key in self.cells]
        if self.media == "csv":
            return quotable(" | ".join(str(self.cells[key]) for key in present))
        if self.media == "yaml":
            return quotable(", ".join(f"{key}: {self.cells[key]}" for key in present))
        return quotable(", ".join(f'"{key}": {spelled(self.cells[key])}' for key in present))

    def wrong(self, key: str, reason: str, *, implausible: bool = False) -> Unreadable:
        """The error for one cell, with its quote."""
        return Unreadable(f"{key}: {reason}", self.quote(key), implausible=implausible)

    def text(self, key: str) -> str | None:
        """The cell as text on one line, outer and repeated white space dropped; None when there is none."""
        value = self.cells.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or isinstance(value, Literal):
            raise self.wrong(key, "not text")
        if UNSTORABLE.search(value):
            raise self.wrong(key, "a control character or half a surrogate pair", implausible=True)
        if len(value) > TEXT_LENGTH:
            raise self.wrong(key, f"{len(value)} characters, at most {TEXT_LENGTH} are read")
        return " ".join(value.split()) or None

    def due_text(self, key: str) -> str:
        """The cell as text; a row without it cannot be read."""
        value = self.text(key)
        if value is None:
            raise Unreadable(f"{key}: missing", self.quote(key))
        return value

    def date(self, key: str) -> str | None:
        """A date in the source's own words: `2025-08-07`, `2025-08`, `2025`, `9/20/2023`, or with a time."""
        value = self.text(key)
        if value is not None and not DATE.fullmatch(value):
            raise self.wrong(key, "not a date")
        return value

    def number(self, key: str) -> Decimal | None:
        """The exact number of a JSON number or of a numeral in text. NaN and infinity are implausible."""
        value = self.cells.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | str):
            raise self.wrong(key, "not a number")
        numeral = str(value).strip()
        if not numeral:
            return None
        if NOT_A_NUMBER.fullmatch(numeral):
            raise self.wrong(key, "not a finite number", implausible=True)
        if not NUMBER.fullmatch(numeral):
            raise self.wrong(key, "not a number")
        return self.bounded(key, Decimal(numeral))

    def bounded(self, key: str, number: Decimal) -> Decimal:
        if number and abs(number.adjusted()) > LARGEST_EXPONENT:
            raise self.wrong(key, "a number beyond anything that can be true", implausible=True)
        return number

    def due_number(self, key: str) -> Decimal:
        """The number; a row without it cannot be read."""
        value = self.number(key)
        if value is None:
            raise Unreadable(f"{key}: missing", self.quote(key))
        return value

    def number_within(self, key: str, low: int, high: int) -> Decimal:
        """The due number between two ends, both allowed; outside them it is implausible."""
        value = self.due_number(key)
        if not low <= value <= high:
            raise self.wrong(key, f"outside {low} to {high}", implausible=True)
        return value

    def count(self, key: str) -> int | None:
        """A whole number from 0 to 2^63 - 1, rounded: parameter counts come as 256999999.99999997."""
        value = self.number(key)
        if value is None:
            return None
        if not 0 <= value <= LARGEST_COUNT:
            raise self.wrong(key, "outside 0 to 2^63", implausible=True)
        return round(value)

    def flag(self, key: str) -> bool | None:
        value = self.cells.get(key)
        if value is not None and not isinstance(value, bool):
            raise self.wrong(key, "neither true nor false")
        return value

    def words(self, key: str) -> tuple[str, ...]:
        """A list of texts; () when it is absent or null."""
        value = self.cells.get(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            raise self.wrong(key, "not a list")
        items = Row(self.label, {f"{key}[{place}]": word for place, word in enumerate(value)})
        return tuple(items.due_text(place) for place in items.cells)

    def inner(self, key: str) -> Row:
        """The object under `key`; an empty row when it is absent or null."""
        value = self.cells.get(key)
        if value is None:
            return Row(self.label, {})
        if not isinstance(value, dict):
            raise self.wrong(key, "not an object")
        return Row(self.label, value)

    def inner_rows(self, key: str) -> tuple[Row, ...]:
        """The objects in the list under `key`; () when it is absent or null."""
        value = self.cells.get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.wrong(key, "not a list of objects")
        return tuple(Row(self.label, item) for item in value)


def facts(row: Row, *readers: Callable[[Row], Iterable[Parsed]]) -> Iterator[Parsed]:
    """What each reader finds in the row; a reader that meets an unreadable value leaves a RowProblem.

    A value that stops several readers, such as the id, is one problem.
    """
    named = set()
    for reader in readers:
        try:
            yield from reader(row)
        except Unreadable as error:
            problem = error.problem(row.label)
            if problem not in named:
                named.add(problem)
                yield problem


def facts_of(
    rows: Iterable[Row | RowProblem], *readers: Callable[[Row], Iterable[Parsed]]
) -> Iterator[Parsed]:
    """`facts` of each row, in order; rows that are problems already stay."""
    for row in rows:
        if isinstance(row, RowProblem):
            yield row
        else:
            yield from facts(row, *readers)


def numbered_rows(
    values: Iterable[object], noun: str, key: str, media: Media = "json"
) -> Iterator[Row | RowProblem]:
    """A list's values as rows, labelled by place and by the value under `key`: `model 3: owner/name`."""
    for place, value in enumerate(values, start=1):
        name = value.get(key, "?") if isinstance(value, dict) else "?"
        yield from rows_of([(f"{noun} {place}: {name}", value)], media)


def rows_of(values: Iterable[tuple[str, object]], media: Media = "json") -> Iterator[Row | RowProblem]:
    """Labelled values as rows; a value that is no object is a problem."""
    for label, value in values:
        if isinstance(value, dict):
            yield Row(quotable(label), value, media)
        else:
            yield RowProblem(quotable(label), "not an object", quotable(str(value)))
