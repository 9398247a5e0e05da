"""HTML -> tables and lines. Scripts, styles and hidden copies apart, what a reader of the page would see.

Besides `<table>` a grid of `div`s (`grid-template-columns` in each row's style) is read as a table, and so is a
header in one table whose rows stand in the next, as pages with a fixed header write it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from models_catalog.sources.cells import UNSTORABLE, quotable
from models_catalog.sources.contract import Challenge, EmptyPayload, Page, Truncated, WrongShape
from models_catalog.sources.reading import GLIMPSE, ROBOT_CHECKS, broken_encoding
from models_catalog.sources.tables import Span, Table, filled, joined_header

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = {"p", "div", "li", "ul", "ol", "blockquote", "section", "article", "tr", "td", "th", "br", *HEADINGS}
UNSEEN = ("script", "style", "noscript", "template", "svg")
STRUCK = re.compile(r"line-through")
GRID = re.compile(r"grid-template-columns")
DEEPEST = 200  # the deepest of the recorded pages has 60
CHECK_LENGTH = 20_000  # error pages and robot checks are short; a long page may well mention captchas


def read_html(page: Page) -> BeautifulSoup:
    """The page as a tree without its unseen parts. Truncated when it does not end; Challenge for a robot check."""
    return tree_of(html_text(page))


def html_text(page: Page) -> str:
    try:
        text = page.body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise broken_encoding(error, "HTML") from None
    body = text.strip()
    if not body:
        raise EmptyPayload("the page is empty where HTML is due")
    if not body.startswith("<"):
        raise WrongShape(f"no HTML: the page starts with {body[:40]!r}")
    refuse_check(body)
    if not body.lower().endswith("</html>"):
        raise Truncated("the HTML stops in the middle: it does not end with </html>")
    return text


def refuse_check(body: str) -> None:
    """A short page without a table or a price is an error's or a robot check's."""
    if "<table" in body or len(body) >= CHECK_LENGTH or re.search(r"[$¥元]\s*(?:<[^>]*>)?\d", body):
        return
    start = body[:GLIMPSE].lower()
    for sign in ROBOT_CHECKS:
        if sign in start:
            raise Challenge(f"a page for browsers ({sign!r}) arrived where HTML with prices is due")
    raise WrongShape(f"an HTML or XML page arrived that holds no price: {quotable(body[:60])}")


def tree_of(text: str) -> BeautifulSoup:
    # The parser stops at a NUL. Pages carry some in scripts; in a cell the other character is refused there.
    try:
        tree = BeautifulSoup(text.replace("\x00", "\x01"), "lxml")
    except RecursionError:
        raise WrongShape("the HTML is nested without end") from None
    for tag in tree.find_all(UNSEEN):
        tag.decompose()
    return tree


def text_of(tag: Tag) -> str:
    """The text below a tag: one line per block or `<br>`, white space collapsed, struck-out text left out."""
    parts: list[str] = []
    waiting: list[PageElement | None] = list(reversed(tag.contents))  # None: a block ends here
    while waiting:
        element = waiting.pop()
        if element is None or (isinstance(element, Tag) and element.name in BLOCKS):
            parts.append("\n")
        if isinstance(element, Tag):
            waiting += [None] if element.name in BLOCKS else []
            waiting += reversed(element.contents)
        elif element is not None and is_shown(element) and not is_struck(element, tag):
            parts.append(re.sub(r"\s+", " ", str(element)))
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(filter(None, lines))


def is_shown(element: PageElement) -> bool:
    """Is it text a reader sees, and no comment?"""
    return isinstance(element, NavigableString) and not isinstance(element, PreformattedString)


def pieces_of(cell: Tag) -> str:
    """The text of a grid's cell, one line per piece: there spans stand below each other without a block."""
    pieces = (text for text in cell.find_all(string=True) if not is_struck(text, cell))
    return "\n".join(filter(None, (" ".join(piece.split()) for piece in pieces)))


def is_struck(element: PageElement, within: Tag) -> bool:
    """Was the text crossed out, as a former price is?"""
    for parent in element.parents:
        if parent is within:
            return False
        classes = parent.get_attribute_list("class") if isinstance(parent, Tag) else []
        style = str(parent.get("style", "")) if isinstance(parent, Tag) else ""
        if parent.name in ("del", "s") or STRUCK.search(" ".join(filter(None, [*classes, style]))):
            return True
    return False


def tables_in(tree: BeautifulSoup, marks: Sequence[str] = ()) -> list[Table]:
    """The page's tables in order, nested ones apart. `marks`: attributes of surrounding tags to note."""
    tables: list[Table] = []
    path: list[Tag] = []
    for tag in tags_of(tree.find_all(lambda tag: tag.name in HEADINGS or starts_table(tag))):
        if tag.name in HEADINGS:
            path = below(path, tag)
            continue
        lines = written(tag)
        if not lines:
            continue
        table = table_of(tag, lines, len(tables) + 1, path, marks)
        if tables and not tables[-1].rows and not heads(lines[0]):
            tables[-1] = replace(tables[-1], rows=tuple(filled(lines)))
        else:
            tables.append(table)
    return tables


def starts_table(tag: Tag) -> bool:
    return tag.name == "table" or (is_grid_row(tag) and not is_grid_row(tag.find_previous_sibling()))


def is_grid_row(tag: PageElement | None) -> bool:
    return isinstance(tag, Tag) and tag.name == "div" and bool(GRID.search(str(tag.get("style", ""))))


def written(tag: Tag) -> list[list[Span]]:
    """The rows as written. Only the table's own rows count, not those of a table inside a cell."""
    if tag.name != "table":
        return [[Span(pieces_of(cell), heads=row is tag) for cell in tags_in(row)] for row in grid_rows(tag)]
    rows = [row for row in tags_of(tag.find_all("tr")) if row.find_parent("table") is tag]
    lines = [[span(cell) for cell in cells_in(row)] for row in rows]
    return [line for line in lines if line]


def grid_rows(first: Tag) -> Iterator[Tag]:
    yield first
    yield from (row for row in tags_of(first.find_next_siblings()) if is_grid_row(row))


def cells_in(row: Tag) -> list[Tag]:
    return [cell for cell in tags_in(row) if cell.name in ("td", "th") and not is_placeholder(cell)]


def tags_in(tag: Tag) -> Iterator[Tag]:
    return tags_of(tag.children)


def tags_of(elements: Iterable[PageElement]) -> Iterator[Tag]:
    return (element for element in elements if isinstance(element, Tag))


def is_placeholder(cell: Tag) -> bool:
    """Some editors leave a cell of no extent under a span of the row above."""
    return cell.get("rowspan") == "0" and cell.get("colspan") == "0"


def span(cell: Tag) -> Span:
    in_head = cell.name == "th" or cell.find_parent("thead") is not None
    return Span(text_of(cell), extent(cell, "rowspan"), extent(cell, "colspan"), in_head)


def extent(cell: Tag, name: str) -> int:
    written_extent = str(cell.get(name, "1")).strip()
    return (
        max(int(written_extent), 1)
        if written_extent.isascii() and written_extent.isdigit() and len(written_extent) < 7
        else 1
    )


def heads(line: Sequence[Span]) -> bool:
    return bool(line) and all(cell.heads for cell in line)


def header_rows(lines: Sequence[Sequence[Span]]) -> int:
    """How many rows are header: all leading ones of header cells, else the first and what its spans cover."""
    marked = next((number for number, line in enumerate(lines) if not heads(line)), len(lines))
    return marked or min(max(cell.rows for cell in lines[0]), 2, len(lines))


def table_of(
    tag: Tag, lines: Sequence[Sequence[Span]], number: int, path: Sequence[Tag], marks: Sequence[str]
) -> Table:
    grid = filled(lines)
    count = header_rows(lines)
    return Table(
        number=number,
        headings=tuple(filter(None, map(heading_text, path))),
        header=joined_header(grid[:count]),
        rows=tuple(grid[count:]),
        marks=dict(marks_around(tag, marks)),
    )


def below(path: Sequence[Tag], heading: Tag) -> list[Tag]:
    """The headings a reader has passed, outermost first: a new one ends all of its own rank and those under it."""
    return [*(passed for passed in path if passed.name < heading.name), heading]


def heading_text(heading: Tag) -> str:
    return " ".join(text_of(heading).replace("\u200b", "").split())


def marks_around(tag: Tag, marks: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The nearest value of each attribute on the tags around the table."""
    for name in marks:
        value = next((parent.get(name) for parent in tag.parents if parent.get(name)), None)
        if value:
            yield name, str(value)


def lines_in(tree: BeautifulSoup) -> list[str]:
    """The page as text lines, headings with their `#`s: the form in which a Markdown rendering has them too."""
    for heading in tree.find_all(HEADINGS):
        heading.insert(0, "#" * int(heading.name[1]) + " ")
    text = text_of(tree)
    if UNSTORABLE.search(text):
        raise WrongShape("a control character in the text of the HTML page")
    return text.split("\n")
