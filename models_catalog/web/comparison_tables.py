"""The two tables of a comparison: facts, what differs first; and benchmarks, those most models share first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from models_catalog.charts import words
from models_catalog.charts.figure import Cell, Column, Rows, Table, absent, number_column
from models_catalog.charts.numerals import count, decimal, price, scaled
from models_catalog.charts.releases import dated
from models_catalog.findings.comparison import BenchmarkLine, Comparison
from models_catalog.findings.records import ModelDetail, Score
from models_catalog.web.model_tables import UNIT_SIGN, amount

UNSTATED = "no source states it"


@dataclass(frozen=True, slots=True)
class Fact:
    """One row: its label, its unit, what to write of a model ("" = missing), and why it may be missing."""

    label: str
    written: Callable[[ModelDetail], str]
    unit: str = ""
    missing: str = UNSTATED
    behind: Callable[[ModelDetail], int | None] = lambda _model: None  # its observation
    place: str = "statements"  # of the model's page, where all that it was chosen from stands


def level(model: ModelDetail) -> str:
    return "" if model.row.level is None else decimal(model.row.level)


def dollars(model: ModelDetail, direction: str) -> str:
    found = model.row.input_price if direction == "input" else model.row.output_price
    return "" if found is None else price(found)


def size(value: int | None) -> str:
    return scaled(value) if value else ""


PRICES = (
    Fact(
        "Input price",
        lambda model: dollars(model, "input"),
        "$ per 1M tokens",
        "no price listed",
        lambda one: one.row.input_observation,
        "prices",
    ),
    Fact(
        "Output price",
        lambda model: dollars(model, "output"),
        "$ per 1M tokens",
        "no price listed",
        lambda one: one.row.output_observation,
        "prices",
    ),
)
OFFER = "prices are the developer’s own offer, else the second lowest of its hosts"
FACTS = (
    Fact("Organisation", lambda model: model.row.organization),
    Fact(
        "Released",
        lambda model: dated(model.row),
        missing="no source states a date",
        behind=lambda one: one.row.released_observation,
    ),
    Fact("Access", lambda model: words.ACCESS[model.row.access]),
    Fact("Openness", lambda model: words.graded(model.row.tier, model.row.access)),
    Fact("Licence", lambda model: model.row.licence, missing="no source states a licence"),
    Fact(
        "Index",
        level,
        "points",
        "not on the index: too few reviewed benchmarks",
        place="scores",
    ),
    *PRICES,
    Fact(
        "Context",
        lambda model: size(model.row.context_tokens),
        "tokens",
        behind=lambda one: one.row.context_observation,
    ),
    Fact(
        "Size",
        lambda model: size(model.row.parameters),
        "parameters",
        behind=lambda one: one.row.parameters_observation,
    ),
    Fact("Modalities", lambda model: ", ".join(model.modalities)),
    Fact("Country", lambda model: model.country),
)


def fact_table(found: Comparison, *, past: bool = False) -> Table:
    """What differs first, then what some lack, then what all share. One price a model is of the newest day only."""
    facts = [fact for fact in FACTS if not (past and fact in PRICES)]
    rows = [(fact, [fact.written(model) for model in found.models]) for fact in facts]
    rows.sort(key=lambda row: rank(row[1]))
    columns = (Column("Fact"), *(Column(model.row.name) for model in found.models))
    prices = "the prices of that day are on each model’s page" if past else OFFER
    return Table(
        f"What differs comes first; {prices}",
        columns,
        tuple(fact_row(fact, texts, found.models) for fact, texts in rows),
    )


def rank(texts: Sequence[str]) -> int:
    """0 all there and different, 1 some missing, 2 the same, 3 none there."""
    known = [text for text in texts if text]
    if len(known) < len(texts):
        return 1 if known else 3
    return 0 if len(set(known)) > 1 else 2


def fact_row(fact: Fact, texts: Sequence[str], models: Sequence[ModelDetail]) -> tuple[Cell, ...]:
    head = Cell(fact.label, aside=fact.unit)
    cells = zip(texts, models, strict=True)
    return (head, *(fact_cell(fact, text, model) if text else absent(fact.missing) for text, model in cells))


def fact_cell(fact: Fact, text: str, model: ModelDetail) -> Cell:
    place = Rows("model", (model.row.slug,), place=fact.place)
    return Cell(text, observation=fact.behind(model), rows=place)


def benchmark_table(found: Comparison) -> Table:
    """Each model's best result; every score leads to its evidence."""
    columns = (Column("Benchmark"), *(number_column(model.row.name) for model in found.models))
    metrics = Counter(row.benchmark for row in found.benchmarks)
    return Table(
        "Each model’s best published result; those most models share come first. Settings differ: see the evidence",
        columns,
        tuple(
            benchmark_row(row, found.models, several=metrics[row.benchmark] > 1) for row in found.benchmarks
        ),
    )


def benchmark_row(row: BenchmarkLine, models: Sequence[ModelDetail], *, several: bool) -> tuple[Cell, ...]:
    """One test; its metric is named where a benchmark has `several`."""
    aside = [row.metric.replace("_", " ")] if several else []
    aside += [] if row.higher_is_better else ["lower is better"]
    sides = zip(row.best, row.results, models, strict=True)
    cells = (score_cell(score, results, model.row.slug) for score, results, model in sides)
    return (Cell(row.benchmark.replace("_", " "), aside=", ".join(aside)), *cells)


def score_cell(score: Score | None, results: int, model: str) -> Cell:
    """The score leads to its evidence, how many it is the best of to all scores of the model."""
    if score is None:
        return absent("no result of this model on this benchmark is stored")
    text = f"{amount(score.value, score.unit)}{UNIT_SIGN.get(score.unit, f' {score.unit}')}"
    aside = f"best of {count(results, 'result')}" if results > 1 else ""
    every = Rows("model", (model,), place="scores") if aside else None
    return Cell(text, observation=score.observation, aside=aside, rows=every)
