"""One invented price list with everything such pages do, as HTML and as its Markdown rendering: the same prices."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from models_catalog.sources.cells import Row
from models_catalog.sources.contract import Page
from models_catalog.sources.money import Money, money
from models_catalog.sources.tables import Column, Layout, Table
from models_catalog.sources.tables_html import read_html, tables_in
from models_catalog.sources.tables_markdown import tables_of

LAYOUT = Layout(
    columns=(
        Column("model", "model", due=True),
        Column("plan", "plan", due=True),
        Column("short_input", r"short context / input.*", due=True),
        Column("short_output", r"short context / output.*", due=True),
        Column("long_input", r"long context / input.*", due=True),
        Column("yuan", r"china / 输入.*", due=True),
        Column("raw", r"usd per token", due=True),
    )
)
HTML = """<!DOCTYPE html><html><body><h2>Text</h2><table>
<thead>
<tr><th rowspan="2">Model</th><th rowspan="2">Plan</th><th colspan="2">Short context</th><th>Long context</th>
<th>China</th><th rowspan="2">USD per token</th></tr>
<tr><th>Input ($ / 1M tokens)</th><th>Output ($ / 1M tokens)</th><th>Input ($ / 1M tokens)</th>
<th>输入（元/百万 Token）</th></tr>
</thead><tbody>
<tr><td rowspan="3">Heron</td><td>standard</td><td>$5 / MTok</td><td>15</td><td>10</td><td>36</td><td>0.000005</td></tr>
<tr><td>batch</td><td>2.50</td><td>$0.40 until June 30, 2026</td><td>N/A</td><td>原价 12元 限时5折</td>
<td>2.5e-06</td></tr>
<tr><td>trial</td><td colspan="2">Free</td><td>—</td><td>免费</td><td>0</td></tr>
</tbody></table></body></html>"""
MARKDOWN = """## Text

| Model | Plan | Short context / Input ($ / 1M tokens) | Short context / Output ($ / 1M tokens) \
| Long context / Input ($ / 1M tokens) | China / 输入（元/百万 Token） | USD per token |
|---|---|---|---|---|---|---|
| **Heron** | standard | \\$5 / MTok | 15 | 10 | 36 | 0.000005 |
| Heron | batch | 2.50 | \\$0.40 until June 30, 2026 | N/A | 原价 12元 限时5折 | 2.5e-06 |
| Heron | trial | Free | Free | — | 免费 | 0 |
"""
MILLION = "1M tokens"
Prices = dict[tuple[str, str], Money | None]


def html_tables() -> list[Table]:
    return tables_in(
        read_html(Page("board", "https://heron.example/", HTML.encode(), datetime(2026, 8, 22, tzinfo=UTC)))
    )


def prices(tables: list[Table]) -> Prices:
    """The price of every plan and column, by what cell and header say."""
    [table] = tables
    reading = LAYOUT.read(table)
    assert reading.drift == ()
    found: Prices = {}
    for row in reading.rows:
        assert isinstance(row, Row)
        for key in ("short_input", "short_output", "long_input", "yuan", "raw"):
            currency, per = reading.terms(key)
            found[row.due_text("plan"), key] = money(str(row.cells[key]), currency=currency, per=per)
    return found


WANTED: Prices = {
    ("standard", "short_input"): Money(Decimal(5), "USD", MILLION),
    ("standard", "short_output"): Money(Decimal(15), "USD", MILLION),
    ("standard", "long_input"): Money(Decimal(10), "USD", MILLION),
    ("standard", "yuan"): Money(Decimal(36), "CNY", MILLION),
    ("standard", "raw"): Money(Decimal("0.000005"), "USD", "token"),
    ("batch", "short_input"): Money(Decimal("2.50"), "USD", MILLION),
    ("batch", "short_output"): Money(
        Decimal("0.40"), "USD", MILLION, promotion="until June 30, 2026", until="June 30, 2026"
    ),
    ("batch", "long_input"): None,
    ("batch", "yuan"): Money(Decimal(6), "CNY", MILLION, promotion="限时5折", before=Decimal(12)),
    ("batch", "raw"): Money(Decimal("0.0000025"), "USD", "token"),
    ("trial", "short_input"): Money(Decimal(0), "USD", MILLION, free=True),
    ("trial", "short_output"): Money(Decimal(0), "USD", MILLION, free=True),
    ("trial", "long_input"): None,
    ("trial", "yuan"): Money(Decimal(0), "CNY", MILLION, free=True),
    ("trial", "raw"): Money(Decimal(0), "USD", "token"),
}


@pytest.mark.parametrize("key", WANTED, ids=" ".join)
def test_a_cell_under_two_header_rows_is_the_price_it_says(key: tuple[str, str]) -> None:
    assert prices(html_tables())[key] == WANTED[key]


def test_the_markdown_rendering_of_the_page_gives_the_same_prices() -> None:
    assert prices(tables_of(MARKDOWN)) == prices(html_tables()) == WANTED
