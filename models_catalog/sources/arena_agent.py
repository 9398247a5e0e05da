"""The Arena's board of agents as others rendered it: how much better than a baseline a model gets tasks done.

The rendering lost its minus signs (as it lost the dashes of rank spreads): the rows stand in falling order of the
net improvement, and from the row where it rises again the number is negative and printed without a sign. Such a row
is noted and not read. The other columns have signs too and no order that would show them: none of them is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from models_catalog.sources.arena_pages import END, FOOTNOTE, LINK, Reader, votes
from models_catalog.sources.cells import Row, facts
from models_catalog.sources.contract import Drift, Page, Parsed, RowProblem, ScoreSeen, Truncated, WrongShape
from models_catalog.sources.tables import Column, Layout, read_all
from models_catalog.sources.tables_markdown import read_markdown, tables_of

LAYOUT = Layout(
    columns=(
        Column("model", "模型名?", due=True),
        Column("improvement", "净改进率", due=True),
        Column("votes", "会话数", due=True),
    ),
    ignored=("排名.*", "确认成功率", "赞踩比", "可控性", "bash 恢复率", "工具幻觉率"),
    noun="model",
)
SHARE = re.compile(r"(\d+(?:\.\d+)?)%±(\d+(?:\.\d+)?)%", re.ASCII)
BENCHMARK = "Arena agent"
GLUED = Reader(BENCHMARK, glued=True, logos=False)
LEVEL = 0.95
NOTHING = Decimal(-1)  # below every number printed without a sign: no further row is read


def agents(page: Page) -> Iterator[Parsed]:
    """One score per row, as long as the numbers fall."""
    text = read_markdown(page)
    found = read_all(tables_of(text), [LAYOUT], "the rendered board of agents")
    if END not in text:
        raise Truncated("the rendered board of agents stops before the section on its data")
    if len(found) != 1:
        raise WrongShape(f"{len(found)} boards on one rendered page, one is due")
    [(_, reading)] = found
    yield from reading.drift
    least = Decimal(100)
    for row in reading.rows:
        for item in (row,) if isinstance(row, RowProblem) else facts(row, score):
            if isinstance(item, ScoreSeen) and item.value > least:
                yield Drift(item.name, "no longer falling: a negative number whose sign was lost", item.quote)
                least = NOTHING
                continue
            least = item.value if isinstance(item, ScoreSeen) else least
            yield item


def score(row: Row) -> Iterator[Parsed]:
    """Per cent more tasks done than the baseline, with half its 95 % interval."""
    cell = FOOTNOTE.sub("", LINK.sub(r"\1", row.due_text("model"))).strip()
    name = GLUED.split(row, cell)[0].strip() if " · " in cell else cell
    found = SHARE.fullmatch(row.due_text("improvement"))
    if not found:
        raise row.wrong("improvement", "not a share with its reach")
    value, reach = Decimal(found[1]), Decimal(found[2])
    yield ScoreSeen(
        model=name,
        name=name,
        quote=row.quote("model", "improvement", "votes"),
        benchmark=BENCHMARK,
        metric="net improvement",
        value=value,
        unit="percent",
        low=value - reach,
        high=value + reach,
        interval_level=LEVEL,
        evaluator="Arena",
        settings=f"sessions: {votes(row)}",
    )
