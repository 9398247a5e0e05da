"""What every address may be asked: as of which day, known when, which page, which fields."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import Annotated, Any

from ninja import Schema
from pydantic import BeforeValidator, Field, WithJsonSchema

from models_catalog.findings.moment import Moment

PAGE_SIZE = 50
LARGEST_PAGE = 100
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,6})?([Zz]|[+-]\d\d:\d\d)", re.ASCII)


def read_day(text: Any) -> Any:
    """A day as YYYY-MM-DD and nothing else: "20260101" and a count of seconds are other languages."""
    if isinstance(text, str) and not DAY.fullmatch(text):
        raise ValueError("not a day: write 2026-08-11")
    return text


def read_instant(text: Any, of_day: time = time.max) -> Any:
    """An instant with its offset, in UTC; a day means its last moment."""
    if not isinstance(text, str):
        return text
    if DAY.fullmatch(text):
        return datetime.combine(date.fromisoformat(text), of_day, UTC)
    if not INSTANT.fullmatch(text):
        raise ValueError("not a day or an instant: write 2026-08-11 or 2026-08-11T12:00:00Z")
    try:
        return datetime.fromisoformat(text.upper().replace(" ", "T")).astimezone(UTC)
    except OverflowError as error:
        raise ValueError("not an instant within the calendar") from error


def read_beginning(text: Any) -> Any:
    """As an instant, but a day means its first moment."""
    return read_instant(text, time.min)


TIMES = {"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]}
Day = Annotated[date, BeforeValidator(read_day)]
Instant = Annotated[datetime, BeforeValidator(read_instant), WithJsonSchema(TIMES)]
Beginning = Annotated[datetime, BeforeValidator(read_beginning), WithJsonSchema(TIMES)]
Word = Annotated[str, Field(max_length=100)]
LongWord = Annotated[str, Field(max_length=300)]


class Times(Schema):
    """The two limits of every question."""

    as_of: Day | None = Field(
        None, description="what held on this day; a score holds from its model's release"
    )
    known_at: Instant | None = Field(
        None,
        description="only what had been recorded here by then (a day: its end): such answers never change",
    )

    @property
    def moment(self) -> Moment:
        return Moment(self.as_of, self.known_at)


class PageAsked(Times):
    """One page of a list."""

    limit: int = Field(PAGE_SIZE, ge=1, le=LARGEST_PAGE, description="rows a page")
    cursor: str | None = Field(None, max_length=1200, description="`next` of the page before")
    fields: str = Field(
        "", max_length=600, description="only these fields, comma-separated; id and links always"
    )
