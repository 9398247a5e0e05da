"""A page's bytes -> text -> JSON, CSV or YAML. Whatever is wrong with a page as a whole is named here.

Every opener raises one of the contract's payload errors with a sentence that says what arrived and what was
due. Values come out as the source wrote them: JSON numbers with a point or an exponent stay text
(`Literal`), CSV cells and YAML scalars always are text.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence

from models_catalog.sources.cells import Row, quotable
from models_catalog.sources.contract import (
    Challenge,
    EmptyPayload,
    MissingColumn,
    Page,
    PayloadError,
    RowProblem,
    Truncated,
    WrongShape,
)
from models_catalog.sources.literals import Literal

ROBOT_CHECKS = (
    "just a moment",
    "captcha",
    "cf-chl",
    "cf-challenge",
    "challenge-platform",
    "attention required",
    "verify you are human",
    "enable javascript",
    "access denied",
)
GLIMPSE = 20_000  # characters of an unexpected page that are searched for a robot check
LITERAL_ENDS = 8  # a JSON text cut inside a word or an escape fails at most this far before its end


def page_text(page: Page, due: str) -> str:
    """The page as text, its byte order mark dropped. `due` names the format for the error sentences."""
    try:
        text = page.body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise broken_encoding(error, due) from None
    if not text.strip():
        raise EmptyPayload(f"the page is empty where {due} is due")
    if text.lstrip().startswith("<"):
        raise markup(text, due)
    return text


def broken_encoding(error: UnicodeDecodeError, due: str) -> PayloadError:
    if error.reason == "unexpected end of data":
        return Truncated(f"the {due} stops inside a character")
    return WrongShape(
        f"not UTF-8 text where {due} is due: byte 0x{error.object[error.start]:02x} at {error.start}"
    )


def markup(text: str, due: str) -> PayloadError:
    """HTML or XML where data are due: a robot check has its own name, because a pause may end it."""
    start = text[:GLIMPSE].lower()
    for sign in ROBOT_CHECKS:
        if sign in start:
            return Challenge(f"a page for browsers ({sign!r}) arrived where {due} is due")
    return WrongShape(f"an HTML or XML page arrived where {due} is due: {quotable(text.strip()[:60])}")


def read_json(page: Page) -> object:
    """The page's JSON value. Duplicate keys, NaN and Infinity are refused; so is nesting without end."""
    text = page_text(page, "JSON")
    try:
        value: object = json.loads(
            text, parse_float=Literal, parse_constant=refuse_constant, object_pairs_hook=one_value_per_key
        )
    except json.JSONDecodeError as error:
        raise broken_json(text, error) from None
    except RecursionError:
        raise WrongShape("the JSON is nested without end") from None
    except ValueError as error:  # an integer of thousands of digits
        raise WrongShape(f"the JSON holds a number that cannot be read: {error}") from None
    return value


def refuse_constant(word: str) -> object:
    raise WrongShape(f"the JSON holds {word}, which is not a number")


def one_value_per_key(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value = dict(pairs)
    if len(value) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise WrongShape(f"the key {quotable(repr(twice))} appears twice in one JSON object")
    return value


def broken_json(text: str, error: json.JSONDecodeError) -> PayloadError:
    """Cut off, or not JSON? A cut text fails at its very end, and does not close what it opened."""
    body = text.rstrip()
    closer = {"[": "]", "{": "}"}.get(body.lstrip()[0])
    rest = len(body) - error.pos
    cut = error.msg.startswith("Unterminated string") or rest <= 0
    if error.msg == "Extra data":
        return WrongShape(f"more text after the end of the JSON, at character {error.pos}")
    if closer and (cut or (rest <= LITERAL_ENDS and not body.endswith(closer))):
        return Truncated(f"the JSON stops in the middle, after {len(body)} characters")
    return WrongShape(f"not JSON: {error.msg} at character {error.pos}")


def object_of(value: object, what: str) -> Mapping[str, object]:
    """`value` as a non-empty JSON object; `what` names it in the error."""
    if not isinstance(value, dict):
        raise WrongShape(f"{kind_of(value)} where {what} is due")
    if not value:
        raise EmptyPayload(f"{what} is empty")
    return value


def list_of(value: object, what: str) -> Sequence[object]:
    """`value` as a non-empty JSON or YAML list; `what` names it in the error."""
    if not isinstance(value, list):
        raise WrongShape(f"{kind_of(value)} where {what} is due")
    if not value:
        raise EmptyPayload(f"{what} is empty")
    return value


def kind_of(value: object) -> str:
    """A JSON value's kind in words, with a glimpse of an object: error answers often are one."""
    if isinstance(value, dict):
        return f"an object with the keys {quotable(', '.join(map(str, list(value)[:5])))}"
    if isinstance(value, list):
        return "a list"
    return "nothing" if value is None else f"the single value {quotable(str(value)[:40])}"


def require_keys(rows: Iterable[object], due: Iterable[str], what: str) -> None:
    """MissingColumn when no row at all has a due key: it was renamed or dropped. `a.b` looks inside `a`."""
    objects = [row for row in rows if isinstance(row, dict)]
    if not objects:
        raise WrongShape(f"no {what} is an object")
    for path in due:
        if not any(has_key(row, path) for row in objects):
            known = quotable(", ".join(sorted(map(str, objects[0]))))
            raise MissingColumn(f"no {what} has {path!r}; the first has: {known}")


def has_key(row: Mapping[str, object], path: str) -> bool:
    first, _, rest = path.partition(".")
    if first not in row:
        return False
    inner = row[first]
    return not rest or (isinstance(inner, dict) and has_key(inner, rest))


def read_csv(page: Page, due: Iterable[str | tuple[str, ...]], name: str) -> list[Row | RowProblem]:
    """The rows of a CSV page, keyed by header. `due` columns must be there; `name` labels the rows.

    Several names for one due column are alternatives: one of them must be there.

    Columns without a name are ignored when they are empty. A row with a cell in such a column, or with
    more or fewer cells than the header, is shifted: a RowProblem. A last line without its end is Truncated.
    """
    text = page_text(page, "CSV")
    if not text.endswith("\n"):
        raise Truncated("the CSV stops in the middle of its last line")
    try:
        header, *lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    except csv.Error as error:
        raise broken_csv(error) from None
    columns = [column.strip() for column in header]
    check_header(columns, due)
    if not lines:
        raise EmptyPayload("the CSV has a header and no row")
    if len(lines[-1]) < len(columns):
        raise Truncated(f"the last row of the CSV has {len(lines[-1])} of {len(columns)} cells")
    return [csv_row(columns, line, number, name) for number, line in enumerate(lines, start=1)]


def broken_csv(error: csv.Error) -> PayloadError:
    if "unexpected end of data" in str(error):
        return Truncated("the CSV stops inside a quoted cell")
    return WrongShape(f"not CSV: {error}")


def check_header(columns: Sequence[str], due: Iterable[str | tuple[str, ...]]) -> None:
    for names in due:
        alternatives = (names,) if isinstance(names, str) else names
        if not set(alternatives) & set(columns):
            wanted = " or ".join(map(repr, alternatives))
            known = quotable(", ".join(filter(None, columns)))
            raise MissingColumn(f"the column {wanted} is missing; the header has: {known}")
    for column in filter(None, columns):
        if columns.count(column) > 1:
            raise WrongShape(f"the column {quotable(repr(column))} appears twice in the header")


def csv_row(columns: Sequence[str], line: Sequence[str], number: int, name: str) -> Row | RowProblem:
    cells = {column: cell for column, cell in zip(columns, line, strict=False) if column}
    label = quotable(f"row {number} ({' '.join(cells.get(name, '').split())})")
    if len(line) != len(columns):
        reason = f"{len(line)} cells under {len(columns)} columns: the row is shifted"
        return RowProblem(label, reason, quotable(",".join(line)))
    stray = [cell for column, cell in zip(columns, line, strict=True) if not column and cell.strip()]
    if stray:
        return RowProblem(label, "a cell outside the named columns: the row is shifted", quotable(stray[0]))
    return Row(label, cells, "csv")
