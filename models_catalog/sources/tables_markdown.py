"""Markdown -> tables and lines, as pages and their renderings write them.

A table is a header row, a row of dashes and rows of cells. A cell may hold HTML line breaks, links and an escaped
`|`. Cut text is noticed in a table (a last row without its end) and in a list of arrays that never closes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from models_catalog.sources.cells import quotable
from models_catalog.sources.contract import EmptyPayload, Page, Truncated, WrongShape
from models_catalog.sources.reading import GLIMPSE, broken_encoding, markup
from models_catalog.sources.tables import MOST_COLUMNS, Table

DASHES = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
BREAK = re.compile(r"<br\s*/?>|<hr\s*/?>")
HEADING = re.compile(r"\s*(#{1,6})\s+(.*)")
WHOLE_PAGE = re.compile(r"<(?:!doctype|html|head|body|\?xml)\b", re.IGNORECASE)


def read_markdown(page: Page) -> str:
    """The page as Markdown text. A page that starts as HTML is none, though Markdown may hold tags."""
    try:
        text = page.body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise broken_encoding(error, "Markdown") from None
    if not text.strip():
        raise EmptyPayload("the page is empty where Markdown is due")
    if WHOLE_PAGE.match(text.lstrip()[:GLIMPSE]):
        raise markup(text, "Markdown")
    if "\x00" in text:
        raise WrongShape("a NUL in the Markdown")
    return text


def tables_of(text: str) -> list[Table]:
    """The tables in order, with the headings above each."""
    tables: list[Table] = []
    path: dict[int, str] = {}
    lines = text.split("\n")
    place = 0
    while place < len(lines):
        if heading := HEADING.fullmatch(lines[place]):
            rank = len(heading[1])
            path = {key: value for key, value in path.items() if key < rank} | {rank: heading[2].strip()}
        if "|" in lines[place] and place + 1 < len(lines) and is_dashes(lines[place + 1]):
            body = rows_from(lines, place + 2)
            tables.append(table_of(lines[place], body, len(tables) + 1, tuple(path.values())))
            place += 2 + len(body)
            refuse_cut(tables[-1], body, at_end=place >= len(lines) or not any(lines[place:]))
        else:
            place += 1
    return tables


def is_dashes(line: str) -> bool:
    return "-" in line and DASHES.fullmatch(line) is not None


def rows_from(lines: Sequence[str], start: int) -> list[str]:
    """The rows of a table whose first stands at `start`: all lines with a `|` up to one without."""
    end = start
    while end < len(lines) and "|" in lines[end]:
        end += 1
    return list(lines[start:end])


def refuse_cut(table: Table, body: Sequence[str], *, at_end: bool) -> None:
    """A table at the very end of the text: does its last row end as the others do?"""
    if not at_end:
        return
    if not body:
        raise Truncated(f"the Markdown stops under the header of {quotable(table.label)}")
    *whole, last = (line.strip() for line in body)
    cut = last.startswith("|") and not last.endswith("|")
    if cut and all(line.endswith("|") for line in whole):
        raise Truncated(f"the Markdown stops inside the last row of {quotable(table.label)}")


def table_of(header: str, body: Sequence[str], number: int, headings: tuple[str, ...]) -> Table:
    names = cells_of(header)
    if len(names) > MOST_COLUMNS:
        raise WrongShape(f"a table of {len(names)} columns, at most {MOST_COLUMNS} are read")
    return Table(number, headings, names, tuple(map(cells_of, body)))


def cells_of(line: str) -> tuple[str, ...]:
    """The cells of one row; the outer `|`s are optional, `\\|` is a character of the cell."""
    parts = re.split(r"(?<!\\)\|", line.strip())
    if parts and not parts[0].strip() and line.lstrip().startswith("|"):
        parts = parts[1:]
    if parts and not parts[-1].strip() and line.rstrip().endswith("|"):
        parts = parts[:-1]
    return tuple(BREAK.sub("\n", part.replace("\\|", "|")).strip() for part in parts)


def lines_of(text: str) -> list[str]:
    """The text's lines without blank ones and without the backslashes that escape signs.

    A last line without its end may be cut, and `$1` of `$15` is another price: it is left out.
    """
    whole = text if text.endswith("\n") else text.rpartition("\n")[0]
    return [line for raw in whole.split("\n") if (line := re.sub(r"\\([>$*\-_\[\]])", r"\1", raw).strip())]


def sections(lines: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """The lines under each heading, whatever its rank; what stands before the first is left out."""
    title, body = "", list[str]()
    for line in lines:
        if heading := HEADING.fullmatch(line):
            if title:
                yield title, body
            title, body = heading[2].strip(), []
        else:
            body.append(line)
    if title:
        yield title, body
