"""What others publish about the gap, beside our figure of the definition that comes closest."""

from __future__ import annotations

from collections.abc import Iterable

from models_catalog.charts import words
from models_catalog.charts.derived import steps_of
from models_catalog.charts.figure import Cell, Column, Rows, Table, absent, number_column
from models_catalog.charts.numerals import decimal, interval
from models_catalog.findings.published import Published


def published_table(figures: Iterable[Published]) -> Table:
    columns = (
        Column("Who"),
        Column("What they measured"),
        Column("Their figure"),
        number_column("Ours"),
        Column("How ours is made"),
        Column("As of"),
    )
    return Table(
        "Published figures of the gap, and ours beside them", columns, tuple(row(item) for item in figures)
    )


def row(item: Published) -> tuple[Cell, ...]:
    read = "" if item.primary else "read in reports, not in their own text"
    return (
        Cell(item.who, aside=item.published),
        Cell(item.definition),
        Cell(item.figure, aside=read),
        ours(item),
        Cell(how(item)),
        Cell("", day=item.day),
    )


def ours(item: Published) -> Cell:
    """Months and points to one decimal; the Arena's per cent to two, as it is quoted."""
    if item.ours is None:
        return absent(item.reason)
    if item.unit == "per cent":
        return Cell(f"{decimal(item.ours, 2)} %", rows=Rows("gap", place="arena"))
    return Cell(f"{decimal(item.ours)} {item.unit}", aside=interval(item.low, item.high), rows=behind(item))


def behind(item: Published) -> Rows:
    asked = {"inputs": item.inputs or "", "method": item.method or "", "as_of": item.day.isoformat()}
    return steps_of(item.cut, item.key, asked)


def how(item: Published) -> str:
    if item.method is None or item.inputs is None:
        return "best closed minus best open rating, by the best open one, in one table"
    of = f"{item.part.lower()}, " if item.part else ""
    return f"{words.METHOD[item.method].lower()}, {of}from {words.INPUTS[item.inputs]}"
