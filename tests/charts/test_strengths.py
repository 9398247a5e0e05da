"""Which side leads in a domain: only an interval that leaves zero out says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from models_catalog.charts.strengths import Leader, leader, strength_sentence, strength_table
from models_catalog.findings.measured import GapRow, GapTable
from models_catalog.findings.records import GapValue
from models_catalog.vocabulary import Cut, Inputs, Method
from tests.charts.invented import CLOSED, CREDIT, value


def row(label: str, gap: GapValue) -> GapRow:
    return GapRow(
        cut=Cut.DOMAIN,
        key=label.lower(),
        label=label,
        values=(gap,),
        as_of=date(2026, 3, 1),
        vintage=None,
        models=4,
        open_models=2,
        closed_models=2,
        benchmarks=4,
        level_unit="points",
        best_open=None,
        best_closed=CLOSED[-1],
        reason="",
    )


def lead(low: float | None, high: float | None) -> GapValue:
    return value(Method.POINT_GAP, 2.0, low=low, high=high)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0.1, 4.0, Leader.CLOSED),
        (0.0, 4.0, Leader.LEVEL),
        (-4.0, -0.1, Leader.OPEN),
        (None, None, Leader.UNTOLD),
    ],
)
def test_who_leads_is_said_by_the_interval(low: float | None, high: float | None, expected: Leader) -> None:
    assert leader(row("Maths", lead(low, high))) is expected


def test_the_sentence_and_the_table_name_every_domain() -> None:
    rows = (row("Maths", lead(1.0, 3.0)), row("Coding", lead(-1.0, 3.0)), row("Vision", lead(None, None)))
    table = GapTable(
        Inputs.ALL, date(2026, 3, 1), datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC),
        "1", 0.9, rows, (CREDIT,),
    )  # fmt: skip
    assert strength_sentence(table) == (
        "Closed models lead in maths; open models lead in no domain; the best of both are within the interval of "
        "each other in coding; in vision it cannot be told: too little is scored, or no interval is computed."
    )
    found = strength_table(table)
    assert [[cell.text for cell in cells[:3]] for cells in found.rows] == [
        ["Maths", "closed leads", "2.0"],
        ["Coding", "no clear lead", "2.0"],
        ["Vision", "cannot be told", "2.0"],
    ]
    assert all(cells[-1].missing for cells in found.rows)
    silent = replace(
        rows[0], values=(value(Method.POINT_GAP, None, low=None, high=None, reason="one side only"),)
    )
    assert strength_table(replace(table, rows=(silent,))).rows[0][2].missing == "one side only"
