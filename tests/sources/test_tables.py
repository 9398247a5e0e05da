"""The table reader: spans, header rows, names instead of positions, and drift that is noticed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from models_catalog.ingest.gate import judge
from models_catalog.sources import by_slug
from models_catalog.sources.cells import Row
from models_catalog.sources.contract import (
    Drift,
    MissingColumn,
    Page,
    Parsed,
    PayloadError,
    PriceSeen,
    RowProblem,
    Truncated,
    WrongShape,
)
from models_catalog.sources.tables import Column, Layout, Span, filled, joined_header
from models_catalog.sources.tables_html import read_html, tables_in
from models_catalog.sources.tables_markdown import tables_of
from models_catalog.vocabulary import Outcome
from tests.sources.examples import FOLDER, parse

CAPTURED = datetime(2026, 8, 22, tzinfo=UTC)
LAYOUT = Layout(
    columns=(
        Column("model", "model", due=True),
        Column("input", "input", due=True),
        Column("output", "output", due=True),
    ),
    ignored=("notes",),
)


def html(*lines: str) -> str:
    rows = "".join(f"<tr>{line}</tr>" for line in lines)
    return f"<!DOCTYPE html><html><body><h2>Text</h2><table>{rows}</table></body></html>"


def page(body: str) -> Page:
    return Page("board", "https://heron.example/", body.encode(), CAPTURED)


def test_a_span_fills_every_cell_it_covers() -> None:
    lines = [[Span("a", rows=2), Span("b", columns=2)], [Span("c"), Span("d")]]
    assert filled(lines) == [("a", "b", "b"), ("a", "c", "d")]


def test_a_rowspan_without_end_reaches_no_further_than_the_rows_that_are_there() -> None:
    [table] = tables_in(
        read_html(
            page(
                html("<th>Model</th><th>Input</th>", '<td rowspan="65534">heron</td><td>1</td>', "<td>2</td>")
            )
        )
    )
    assert table.rows == (("heron", "1"), ("heron", "2"))


def test_a_colspan_without_end_is_refused() -> None:
    with pytest.raises(WrongShape, match="columns"):
        tables_in(read_html(page(html('<td colspan="65534">heron</td>'))))


def test_two_header_rows_are_one_name_per_column() -> None:
    assert joined_header([["", "Short", "Short"], ["Model", "Input", "Output"]]) == (
        "Model",
        "Short / Input",
        "Short / Output",
    )


def test_html_and_its_markdown_rendering_are_one_table() -> None:
    [left] = tables_in(
        read_html(
            page(html("<th>Model</th><th>Input</th><th>Output</th>", "<td>heron</td><td>$1</td><td>$2</td>"))
        )
    )
    [right] = tables_of("## Text\n\n| Model | Input | Output |\n|---|---|---|\n| heron | $1 | $2 |\n")
    assert (left.header, left.rows, left.headings) == (right.header, right.rows, right.headings)


def test_a_struck_out_price_is_not_read() -> None:
    [table] = tables_in(
        read_html(page(html("<th>Model</th><th>Input</th>", "<td>heron</td><td><del>$4</del> $2</td>")))
    )
    assert table.rows == (("heron", "$2"),)


def test_an_escaped_bar_is_a_character_of_its_cell() -> None:
    [table] = tables_of("| Model | Day |\n|---|---|\n| `a` \\| `b` | 2026 |\n")
    assert table.rows == (("`a` | `b`", "2026"),)


def test_a_table_cut_inside_its_last_row_is_truncated() -> None:
    with pytest.raises(Truncated):
        tables_of("| Model | Input |\n|---|---|\n| heron | $1 |\n| wren | $1")


def rows_of(text: str) -> list[Row | RowProblem]:
    [table] = tables_of(text)
    reading = LAYOUT.read(table)
    return [*reading.rows, *reading.drift]


STRAIGHT = "| Model | Input | Output |\n|---|---|---|\n| heron | $1 | $2 |\n| wren | $3 | $4 |\n"


def cells(found: list[Row | RowProblem]) -> list[dict[str, object]]:
    return [dict(row.cells) for row in found if isinstance(row, Row)]


def test_two_swapped_columns_change_nothing() -> None:
    swapped = "| Output | Model | Input |\n|---|---|---|\n| $2 | heron | $1 |\n| $4 | wren | $3 |\n"
    assert cells(rows_of(swapped)) == cells(rows_of(STRAIGHT))


def test_a_renamed_column_is_missing_by_its_name() -> None:
    with pytest.raises(MissingColumn, match="'input' is missing; there are: model, prompt, output"):
        rows_of(STRAIGHT.replace("Input", "Prompt"))


def test_an_unknown_column_is_noticed_and_costs_nothing() -> None:
    wider = "| Model | Input | Output | Mood |\n|---|---|---|---|\n| heron | $1 | $2 | calm |\n"
    found = rows_of(wider)
    assert [(item.reason, item.quote) for item in found if isinstance(item, Drift)] == [
        ("a column we do not know", "Mood")
    ]
    assert cells(found) == cells(rows_of(STRAIGHT))[:1]


def test_a_doubled_row_is_noticed_and_counts_once() -> None:
    found = rows_of(STRAIGHT + "| wren | $3 | $4 |\n")
    assert [item.reason for item in found if isinstance(item, Drift)] == ["the row stands twice"]
    assert cells(found) == cells(rows_of(STRAIGHT))


def test_a_column_that_stands_twice_cannot_be_read() -> None:
    with pytest.raises(WrongShape, match="stands twice"):
        rows_of("| Model | Input | Input | Output |\n|---|---|---|---|\n| heron | $1 | $1 | $2 |\n")


def test_a_row_with_a_cell_too_few_is_shifted() -> None:
    [problem] = rows_of("| Model | Input | Output |\n|---|---|---|\n| heron | $1 |\n")
    assert isinstance(problem, RowProblem)
    assert "shifted" in problem.reason


ANTHROPIC = (FOLDER / "anthropic" / "pricing.md").read_text(encoding="utf-8")


def read(text: str) -> list[Parsed]:
    return parse(by_slug("anthropic"), "pricing", text)


def prices(found: list[Parsed]) -> set[PriceSeen]:
    return {item for item in found if isinstance(item, PriceSeen)}


def test_a_real_page_with_two_columns_swapped_gives_the_same_prices() -> None:
    lines = ANTHROPIC.split("\n")
    swapped = [
        "|".join([*parts[:2], parts[6], *parts[3:6], parts[2], parts[7]])
        if len(parts := line.split("|")) == 8
        else line
        for line in lines
    ]
    assert swapped != lines
    assert prices(read("\n".join(swapped))) == prices(read(ANTHROPIC))


def test_a_real_page_with_a_renamed_column_is_refused_by_its_name() -> None:
    with pytest.raises(MissingColumn, match="'output'"):
        read(ANTHROPIC.replace("Output Tokens", "Completion Tokens"))


def test_a_real_page_with_a_doubled_row_is_noticed_and_accepted() -> None:
    row = next(line for line in ANTHROPIC.split("\n") if line.startswith("| Claude Heron 4    | $3"))
    found = read(ANTHROPIC.replace(row, f"{row}\n{row}", 1))
    assert [type(item) for item in found if isinstance(item, RowProblem)] == [Drift]
    assert prices(found) == prices(read(ANTHROPIC))
    verdict = judge(found, by_slug("anthropic").board("pricing"), CAPTURED)
    assert (verdict.outcome, verdict.reason) == (Outcome.ACCEPTED, "1 change(s) of the page noticed")


def test_a_doubled_row_with_another_price_keeps_the_first_and_is_a_problem() -> None:
    row = next(line for line in ANTHROPIC.split("\n") if line.startswith("| Claude Heron 4    | $3"))
    found = read(ANTHROPIC.replace(row, f"{row}\n{row.replace('$15 ', '$16 ')}", 1))
    verdict = judge(found, by_slug("anthropic").board("pricing"), CAPTURED)
    assert [problem.reason for problem in verdict.problems] == [
        "two values for one price anthropic|output|standard||USD|"
    ]


def test_unknown_columns_alone_never_quarantine_a_small_page() -> None:
    kimi = by_slug("moonshot")
    [board] = kimi.boards
    body = (FOLDER / "moonshot" / f"{board.slug}.html").read_text(encoding="utf-8")
    wider = body.replace("<th>输出价格</th>", "<th>输出价格</th><th>心情</th><th>天气</th>").replace(
        "<td>¥27.00</td>", "<td>¥27.00</td><td>-</td><td>-</td>"
    )
    verdict = judge(parse(kimi, board.slug, wider), board, CAPTURED)
    assert (verdict.outcome, verdict.records, len(verdict.problems)) == (Outcome.ACCEPTED, 3, 2)
    assert verdict.held_back == ()


@pytest.mark.parametrize(
    "path", sorted(FOLDER.glob("*/pricing*.html")), ids=lambda path: f"{path.parent.name}"
)
def test_a_deep_page_is_refused_or_read_and_never_crashes(path: Path) -> None:
    body = path.read_text(encoding="utf-8").replace("<body>", "<body>" + "<div>" * 20_000)
    source = by_slug(path.parent.name)
    try:
        found = parse(source, path.stem, body)
    except PayloadError:
        return
    assert prices(found) <= prices(parse(source, path.stem, path.read_text(encoding="utf-8")))
