"""What a figure is: two drawings, a sentence, a table, the data behind it, credits, a note of changes.

The table is what the page shows; the data is what a download holds: every value drawn, raw, each row with those of
its values that are a source's own word, because a source's owner decides whether these may be handed on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode

from models_catalog.charts.numerals import EM_DASH, day
from models_catalog.charts.render import (
    MAIL,
    Build,
    Caption,
    Shape,
    download_png,
    download_svg,
    live_specification,
    page_svg,
    plain_png,
)
from models_catalog.findings.handing import Quote
from models_catalog.findings.records import SourceCredit

Raw = str | int | float | bool | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """`label` heads the column, `unit` stands beside it; numbers are set flush right."""

    label: str
    unit: str = ""
    number: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """Where the rows stand that a derived number was made from: a page by its name, asked like this, and an id on it.

    "" is the page that shows the number.
    """

    page: str = ""
    arguments: tuple[str | int, ...] = ()
    query: tuple[tuple[str, str], ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One value. `missing` says why there is none; the slugs and the observation lead to its pages.

    `aside` stands under it, smaller: what qualifies the value. `rows` leads from a number that nobody stated to what
    it was made from; where the value itself leads elsewhere, from its aside.
    """

    text: str
    model: str = ""
    organization: str = ""
    method: str = ""
    observation: int | None = None
    missing: str = ""
    link: str = ""  # to another site; shown only when it is plain https
    day: date | None = None
    aside: str = ""
    rows: Rows | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows; the first cell of a row names it."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def filled(self) -> Table:
        """Without the columns in which nobody states anything: the caption names them once, instead of a dash a row."""
        places = range(len(self.columns))
        kept = [place for place in places if any(not row[place].missing for row in self.rows)]
        if not self.rows or len(kept) == len(self.columns):
            return self
        gone = ", ".join(self.columns[place].label.lower() for place in places if place not in kept)
        return Table(
            f"{self.caption}. Empty in every row: {gone}",
            tuple(self.columns[place] for place in kept),
            tuple(tuple(row[place] for place in kept) for row in self.rows),
        )


@dataclass(frozen=True, slots=True)
class DataRow:
    """Raw values in the order of the data's keys; `quotes` are those among them that are a source's own word.

    The others are results of ours, whatever they were made from.
    """

    values: tuple[Raw, ...]
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Data:
    keys: tuple[str, ...]
    rows: tuple[DataRow, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart that can be drawn at any size: a module's draw function and what it draws."""

    build: Build
    content: object  # frozen and hashable: pictures are cached by it
    wide: Shape
    narrow: Shape


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `slug` is unique on a page; `path` addresses its downloads, `query` the view."""

    slug: str
    title: str
    sentence: str
    reading: str  # how the marks are to be read
    drawing: Drawing
    table: Table
    data: Data
    credits: tuple[SourceCredit, ...]
    changes: str
    path: str = ""
    query: str = ""
    day: date | None = None  # the newest day it shows, where `as_of` that day shows it again

    @property
    def page(self) -> str:
        """Where it stands on the site, in this view: a page's second figure is a place on that page."""
        top, _, beside = self.path.strip("/").partition("/")
        query = f"?{self.query}" if self.query else ""
        return f"/{top}/{query}{'#' if beside else ''}{self.slug if beside else ''}"

    def kept(self) -> Figure:
        """The same in an address that goes on showing its day, when newer data have come."""
        asked = parse_qsl(self.query)
        if self.day is None or "as_of" in dict(asked):
            return self
        return replace(self, query=urlencode([*asked, ("as_of", self.day.isoformat())]))

    @property
    def wide(self) -> str:
        """SVG markup of ours, safe to include as it is."""
        return page_svg(self.drawing.build, self.drawing.content, self.drawing.wide, self.title)

    @property
    def narrow(self) -> str:
        return page_svg(self.drawing.build, self.drawing.content, self.drawing.narrow, self.title)

    @property
    def caption(self) -> Caption:
        """What a downloaded picture says about itself."""
        return Caption(self.sentence, f"Open Gap; {self.source_line}")

    @property
    def source_line(self) -> str:
        """ "adapted from Epoch AI, CC BY 4.0 (retrieved 11 Aug 2026); changes: …" """
        owners = ", and from ".join(credited(credit) for credit in self.credits)
        return f"adapted from {owners}; changes: {self.changes}" if owners else self.changes

    def svg(self) -> str:
        return download_svg(self.drawing.build, self.drawing.content, self.drawing.wide, self.caption)

    def live(self, *, narrow: bool) -> dict[str, Any]:
        """The Vega-Lite specification that answers to the pointer, its colours the page's."""
        drawing = self.drawing
        return live_specification(drawing.build, drawing.content, drawing.narrow if narrow else drawing.wide)

    def mail_png(self) -> bytes:
        """Pixels for a mail: without a caption, which the mail's text is, and legible on a phone."""
        return plain_png(self.drawing.build, self.drawing.content, MAIL)

    def png(self) -> bytes:
        return download_png(self.drawing.build, self.drawing.content, self.drawing.wide, self.caption)


def shown_day(owed: Iterable[SourceCredit], until: date | None) -> date | None:
    """The day that a count of the catalogue is of: the one asked for, else the newest on which a source was read."""
    read = [credit.retrieved.date() for credit in owed if credit.retrieved]
    return until or max(read, default=None)


def credited(credit: SourceCredit) -> str:
    """Whose data, in the words they ask for, and when it was retrieved; that it is adapted is said once."""
    retrieved = f" (retrieved {day(credit.retrieved)})" if credit.retrieved else ""
    return f"{credit.attribution.removesuffix('; adapted') or credit.title}{retrieved}"


def absent(reason: str) -> Cell:
    """A missing value: an em dash with its reason, never 0."""
    return Cell(EM_DASH, missing=reason)


def number_column(label: str, unit: str = "") -> Column:
    return Column(label, unit, number=True)
