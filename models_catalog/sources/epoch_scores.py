"""Epoch AI's capability index: the published scores, and the benchmark results they are fitted to.

In both files a model is what the index is fitted for: the column `Model` of the scores and `model` of the
benchmarks hold the same names (222 of 222 on 2026-08-11). The benchmarks' own `Model` column is another
thing, the entry in Epoch's model database: it is empty for 90 rows and folds dated versions into one.
Versions, with their effort, are runs of a model.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from models_catalog.sources.cells import Row, facts_of
from models_catalog.sources.contract import Page, Parsed, ReleaseSeen, ScoreSeen
from models_catalog.sources.reading import read_csv

INDEX = "Epoch Capabilities Index"
INDEX_BY_VERSION = "Epoch Capabilities Index, by version"
INTERVAL_LEVEL = 0.90
SCORE_COLUMNS = (
    "Model",
    "Display name",
    "eci",
    "eci_ci_low",
    "eci_ci_high",
    "date",
    "Organization",
    "Country (of organization)",
    "Model accessibility",
    "Accessibility group",
)
VERSION_COLUMNS = (
    "Model version",
    "ECI Score",
    "Release date",
    "Organization",
    "Model accessibility",
    "Display name",
)
BENCHMARK_COLUMNS = ("model", "model_version", "benchmark", "performance", "source")


def index_scores(page: Page) -> Iterator[Parsed]:
    """`eci_scores.csv`: per model its index value with a 90 % interval, release date and accessibility."""
    return facts_of(read_csv(page, SCORE_COLUMNS, name="Model"), index_release, index_score)


def index_release(row: Row) -> Iterator[Parsed]:
    yield ReleaseSeen(
        model=row.due_text("Model"),
        name=row.text("Display name") or row.due_text("Model"),
        quote=row.quote("date", "Model accessibility", "Accessibility group"),
        organization=row.text("Organization"),
        date=row.date("date"),
        access_claim=row.text("Model accessibility"),
        access_group=row.text("Accessibility group"),
        country=row.text("Country (of organization)"),
    )


def index_score(row: Row) -> Iterator[Parsed]:
    low, high = interval(row)
    yield ScoreSeen(
        model=row.due_text("Model"),
        name=row.text("Display name") or row.due_text("Model"),
        quote=row.quote("eci", "eci_ci_low", "eci_ci_high"),
        benchmark=INDEX,
        metric="eci",
        value=row.due_number("eci"),
        unit="index",
        low=low,
        high=high,
        interval_level=None if low is None and high is None else INTERVAL_LEVEL,
        evaluator="Epoch AI",
    )


def interval(row: Row) -> tuple[Decimal | None, Decimal | None]:
    """The two ends; the models that anchor the scale have none."""
    low, high = row.number("eci_ci_low"), row.number("eci_ci_high")
    if low is not None and high is not None and low > high:
        raise row.wrong("eci_ci_low", "above eci_ci_high", implausible=True)
    return low, high


def version_scores(page: Page) -> Iterator[Parsed]:
    """`epoch_capabilities_index.csv`: the index of each version and effort that has one (about 60 % of the rows).

    A benchmark of its own, because the published scores are per model. Of the release only the day is read, to be
    set against others: the file folds some distinct models into one, and is wrong or stale for a handful.
    """
    return facts_of(read_csv(page, VERSION_COLUMNS, name="Model version"), version_score, version_day)


def version_score(row: Row) -> Iterator[Parsed]:
    version = row.due_text("Model version")
    value = row.number("ECI Score")
    if value is not None:
        yield ScoreSeen(
            model=version,
            name=row.text("Display name") or version,
            quote=row.quote("Model version", "ECI Score"),
            benchmark=INDEX_BY_VERSION,
            metric="eci",
            value=value,
            unit="index",
            evaluator="Epoch AI",
        )


def version_day(row: Row) -> Iterator[Parsed]:
    """The day of a version that has an index; neither developer nor access."""
    version, day = row.due_text("Model version"), row.date("Release date")
    if day and row.number("ECI Score") is not None:
        yield ReleaseSeen(
            model=version,
            name=row.text("Display name") or version,
            quote=row.quote("Model version", "Release date"),
            date=day,
        )


def benchmark_scores(page: Page) -> Iterator[Parsed]:
    """`eci_benchmarks.csv`: one result per model version and benchmark, as a fraction."""
    return facts_of(read_csv(page, BENCHMARK_COLUMNS, name="model_version"), benchmark_score)


def benchmark_score(row: Row) -> Iterator[Parsed]:
    yield ScoreSeen(
        model=row.due_text("model"),
        name=row.due_text("model"),
        quote=row.quote("performance"),
        benchmark=row.due_text("benchmark"),
        metric="performance",
        value=row.number_within("performance", 0, 1),
        unit="fraction",
        run=row.due_text("model_version"),
        evaluator=row.text("source"),
        settings=row.text("reasoning_level"),
    )
