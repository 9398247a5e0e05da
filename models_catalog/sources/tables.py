"""One tolerant table reader: a page's tables, read by the names in their headers and never by position.

`tables_html` and `tables_markdown` make `Table`s; a `Layout` says which columns a source knows, finds them under
whatever spelling and order, and gives rows keyed by its own words. Drift is noticed: an unknown column and a
doubled row are `Drift` (counted, costing nothing), a missing column is MissingColumn with its name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from models_catalog.sources.cells import Row, quotable
from models_catalog.sources.contract import Drift, MissingColumn, RowProblem, WrongShape
from models_catalog.sources.money import header_terms

MOST_ROWS, MOST_COLUMNS, MOST_TABLES = 5_000, 60, 2_000
FOOTNOTE = re.compile(r"\s*(?:\(\d+\)|\[\d+\]|[¹²³⁴⁵*]+|<sup>.*?</sup>)\s*$")
LINK = re.compile(r"\[([^\]]*)\]\(<?[^)]*\)")
MARK_UP = re.compile(r"</?[a-zA-Z][^>]*>")


@dataclass(frozen=True, slots=True)
class Span:
    """One cell as written: its text and how many rows and columns it covers."""

    text: str
    rows: int = 1
    columns: int = 1
    heads: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with every span filled in. `header` holds one name per column, two header rows joined by " / "."""

    number: int
    headings: tuple[str, ...]  # above it, outermost first
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    marks: Mapping[str, str] = field(default_factory=dict)  # what surrounds it: {"pane": "batch"}

    @property
    def label(self) -> str:
        return f"table {self.number}" + (f" ({self.headings[-1]})" if self.headings else "")

    def turned(self, labels: int = 1) -> Table:
        """The table with rows as columns: for pages whose models stand side by side.

        The first `labels` cells of a row are its name, repeated ones once: `Price / Input`.
        """
        lines = (self.header, *self.rows)
        names = tuple(" / ".join(dict.fromkeys(filter(None, line[:labels]))) for line in lines)
        columns = zip_longest(*(line[labels:] for line in lines), fillvalue="")
        return replace(self, header=names, rows=tuple(columns))


def filled(lines: Sequence[Sequence[Span]]) -> list[tuple[str, ...]]:
    """The grid under the spans, each span's text in every cell it covers.

    A span never reaches past the last written row, so `rowspan="65534"` costs nothing.
    """
    if len(lines) > MOST_ROWS:
        raise WrongShape(f"a table of {len(lines)} rows, at most {MOST_ROWS} are read")
    carried: dict[int, tuple[int, str]] = {}  # column -> rows still covered from here on, text
    grid = []
    for line in lines:
        cells, carried = filled_line(line, carried)
        if len(cells) > MOST_COLUMNS:
            raise WrongShape(f"a table of more than {MOST_COLUMNS} columns")
        grid.append(tuple(cells))
    return grid


def filled_line(
    line: Sequence[Span], carried: dict[int, tuple[int, str]]
) -> tuple[list[str], dict[int, tuple[int, str]]]:
    """One row's cells, and what its spans and the ones above it still cover in the next row."""
    cells: list[str] = []
    following: dict[int, tuple[int, str]] = {}

    def place(rows: int, text: str) -> None:
        if rows > 1:
            following[len(cells)] = (rows - 1, text)
        cells.append(text)

    for span in (*line, None):
        while len(cells) in carried:
            place(*carried[len(cells)])
        for _ in range(min(span.columns, MOST_COLUMNS + 1) if span else 0):
            place(span.rows if span else 1, span.text if span else "")
    return cells, following


def joined_header(lines: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """One name per column of one or more header rows; what a span repeats is said once."""
    columns = zip_longest(*lines, fillvalue="")
    return tuple(" / ".join(dict.fromkeys(filter(None, names))) for names in columns)


def spelled_name(text: str) -> str:
    """A header or label as it is compared: one line, lower case, without mark-up, links and footnote marks."""
    words = MARK_UP.sub("", LINK.sub(r"\1", FOOTNOTE.sub("", text)))
    narrow = unicodedata.normalize("NFKC", words).replace("**", "").replace("`", "").replace("\\", "")
    return " ".join(FOOTNOTE.sub("", narrow).lower().split())


@dataclass(frozen=True, slots=True)
class Column:
    """One column a source knows: our word for it and the pattern of its names, compared in lower case."""

    key: str
    names: str
    due: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What a layout found in one table: its rows, and the full header over each key."""

    table: Table
    headers: Mapping[str, str]
    rows: tuple[Row | RowProblem, ...]
    drift: tuple[Drift, ...]

    def terms(self, key: str) -> tuple[str, str]:
        """Currency and unit named in a column's header, "" for what it does not name."""
        return header_terms(self.headers[key])


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of one kind of table. The first names the row; `ignored` are known and not read.

    A table is claimed when it has the first column and at least one of the others: enough to be the one that is
    meant, and little enough that a renamed price column is named as missing rather than its table overlooked.
    """

    columns: tuple[Column, ...]
    ignored: tuple[str, ...] = ()
    noun: str = "row"
    signs: tuple[str, ...] = ()  # further keys that tell this kind of table from a similar one

    def claims(self, table: Table) -> bool:
        found = {column.key for name in table.header if (column := self.column(name))}
        return found >= {self.columns[0].key, *self.signs} and len(found) > 1

    def column(self, name: str) -> Column | None:
        spelled = spelled_name(name)
        return next((column for column in self.columns if re.fullmatch(column.names, spelled)), None)

    def read(self, table: Table) -> Reading:
        """The table's rows by key. MissingColumn names a due column; WrongShape a column that is there twice."""
        places = self.places(table)
        headers = {key: table.header[place] for key, place in places.items()}
        rows = [self.row(table, number, line, places) for number, line in enumerate(table.rows, start=1)]
        single, doubled = once(rows)
        return Reading(table, headers, tuple(single), (*self.unknown(table), *doubled))

    def places(self, table: Table) -> dict[str, int]:
        places: dict[str, int] = {}
        for place, name in enumerate(table.header):
            column = self.column(name)
            if column is None:
                continue
            if column.key in places:
                raise WrongShape(f"{quotable(table.label)}: the column {quotable(name)!r} stands twice")
            places[column.key] = place
        for column in self.columns:
            if column.due and column.key not in places:
                known = quotable(", ".join(filter(None, map(spelled_name, table.header))))
                raise MissingColumn(
                    f"{quotable(table.label)}: the column {column.key!r} is missing; there are: {known}"
                )
        return places

    def unknown(self, table: Table) -> Iterator[Drift]:
        for name in table.header:
            spelled = spelled_name(name)
            if spelled and not self.column(name) and not any(re.fullmatch(w, spelled) for w in self.ignored):
                yield Drift(quotable(table.label), "a column we do not know", quotable(name))

    def row(
        self, table: Table, number: int, line: Sequence[str], places: Mapping[str, int]
    ) -> Row | RowProblem:
        first = places[self.columns[0].key]
        name = " ".join(line[first].split()) if first < len(line) else ""
        label = quotable(f"{table.label}, {self.noun} {number} ({name})")
        if len(line) != len(table.header):
            reason = f"{len(line)} cells under {len(table.header)} columns: the row is shifted"
            return RowProblem(label, reason, quotable(" | ".join(line)))
        return Row(label, {key: line[place] for key, place in places.items()}, "csv")


def once(rows: Iterable[Row | RowProblem]) -> tuple[list[Row | RowProblem], list[Drift]]:
    """The rows without exact repetitions, and a note of each repetition."""
    seen: set[tuple[tuple[str, object], ...]] = set()
    single: list[Row | RowProblem] = []
    doubled = []
    for row in rows:
        if isinstance(row, Row):
            cells = tuple(row.cells.items())
            if cells in seen:
                doubled.append(Drift(row.label, "the row stands twice", row.quote(*row.cells)))
                continue
            seen.add(cells)
        single.append(row)
    return single, doubled


def read_all(tables: Iterable[Table], layouts: Iterable[Layout], page: str) -> list[tuple[Layout, Reading]]:
    """Every table some layout claims, read by the first that does. MissingColumn when none is claimed at all."""
    layouts, tables = tuple(layouts), tuple(tables)
    if len(tables) > MOST_TABLES:
        raise WrongShape(f"{page}: {len(tables)} tables, at most {MOST_TABLES} are read")
    found = [
        (layout, layout.read(table))
        for table in tables
        if (layout := next((one for one in layouts if one.claims(table)), None))
    ]
    if not found:
        wanted = " or ".join(dict.fromkeys(layout.columns[0].key for layout in layouts))
        heads = quotable("; ".join(", ".join(filter(None, table.header)) for table in tables))
        raise MissingColumn(
            f"{page}: no table has the column {wanted!r} and another we know; there are: {heads}"
        )
    return found
