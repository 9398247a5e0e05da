"""How do these models differ? Two to five side by side: facts and every benchmark any of them was tested on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from models_catalog.findings.model import model_detail
from models_catalog.findings.records import ModelDetail, Score, SourceCredit
from models_catalog.normalise.benchmarks import benchmarks

FEWEST, MOST = 2, 5


@dataclass(frozen=True, slots=True)
class BenchmarkLine:
    """One benchmark and metric: each model's best result in the order asked, None where it was not tested.

    "Best" is the highest, or the lowest where less is better; `results` counts what it was the best of.
    """

    benchmark: str
    metric: str
    unit: str
    higher_is_better: bool
    best: tuple[Score | None, ...]
    results: tuple[int, ...]
    index: bool

    @property
    def tested(self) -> int:
        return sum(1 for score in self.best if score)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`missing` are slugs nobody has; benchmarks most models share come first, of the index before others."""

    models: tuple[ModelDetail, ...]
    missing: tuple[str, ...]
    benchmarks: tuple[BenchmarkLine, ...]
    credits: tuple[SourceCredit, ...]


def comparison(slugs: Sequence[str], as_of: date | None = None) -> Comparison:
    """The first five different slugs, in the order asked; as of a day, what held then (see `model_detail`)."""
    asked = list(dict.fromkeys(slug for slug in slugs if slug))[:MOST]
    found = [(slug, model_detail(slug, as_of)) for slug in asked]
    models = tuple(detail for _, detail in found if detail)
    owed = {credit.slug: credit for detail in models for credit in detail.credits}
    return Comparison(
        models=models,
        missing=tuple(slug for slug, detail in found if detail is None),
        benchmarks=benchmark_lines([detail.scores for detail in models]),
        credits=tuple(owed[slug] for slug in sorted(owed)),
    )


def benchmark_lines(scores: Sequence[Iterable[Score]]) -> tuple[BenchmarkLine, ...]:
    """One line per benchmark, metric and unit: numbers in different units do not compare."""
    columns = [by_test(column) for column in scores]
    tests = sorted({test for column in columns for test in column})
    lines = [line(test, [column.get(test, []) for column in columns]) for test in tests]
    return tuple(
        sorted(lines, key=lambda row: (-row.tested, not row.index, row.benchmark.lower(), row.metric))
    )


Test = tuple[str, str, str]


def by_test(scores: Iterable[Score]) -> dict[Test, list[Score]]:
    found: dict[Test, list[Score]] = {}
    for score in scores:
        found.setdefault((score.benchmark, score.metric, score.unit), []).append(score)
    return found


def line(test: Test, columns: Sequence[list[Score]]) -> BenchmarkLine:
    one = next(score for column in columns for score in column)
    known = benchmarks().get(one.benchmark_slug)
    higher = known.higher_is_better if known else True
    choose = max if higher else min
    best = tuple(choose(column, key=lambda score: score.value) if column else None for column in columns)
    benchmark, metric, unit = test
    return BenchmarkLine(benchmark, metric, unit, higher, best, tuple(map(len, columns)), one.index)
