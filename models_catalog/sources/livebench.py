"""LiveBench: category averages and the global average of each release, from its tables of task scores.

A table has one row per model (with effort and date suffixes in the name) and one column per task, percent.
LiveBench's own page shows what is computed here: a category is the mean of its tasks, the global average the
mean of the categories. Where a task is empty, its category and the global average are absent, never guessed.
Old tables are corrected in place, so every release is asked for again. The release is in the address alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import partial

from models_catalog.sources.cells import Row, facts_of, quotable
from models_catalog.sources.contract import (
    Board,
    Door,
    Page,
    Parsed,
    Rights,
    RowProblem,
    ScoreSeen,
    Source,
    WrongShape,
)
from models_catalog.sources.livebench_releases import NEWEST, RELEASES, categories_of
from models_catalog.sources.reading import object_of, read_csv, read_json

HOME = "https://livebench.ai"
RELEASE = re.compile(r"(?:table|categories)_(\d{4})_(\d{2})_(\d{2})(?!\d)", re.ASCII)
THOUSANDTHS = Decimal("0.001")  # the tables state tasks to three decimals
Averages = Mapping[str, tuple[str, ...]]


def address(kind: str, release: str) -> str:
    return f"{HOME}/{kind}_{release.replace('-', '_')}.{'csv' if kind == 'table' else 'json'}"


TABLE = Board(
    slug="table",
    title="LiveBench, task scores of one release",
    url=address("table", NEWEST),
    media="csv",
    recorded=("table_*.csv", "history/table_*@*.csv"),
    complete=False,  # one page per release: what a page lacks may stand in another
)
CATEGORIES = Board(
    slug="categories",
    title="LiveBench, categories of one release",
    url=address("categories", NEWEST),
    media="json",
    recorded=("categories_*.json",),
    complete=False,
    min_rows=0,  # states which task belongs to which category: no fact of a model
)


def pages(get: Door) -> Iterator[Page]:
    for release in reversed(RELEASES):
        yield get(CATEGORIES.slug, address("categories", release))
        yield get(TABLE.slug, address("table", release))


def parse(page: Page) -> Iterator[Parsed]:
    """The averages of one release's table; a categories page gives nothing, and is refused when it differs."""
    release = release_of(page)
    if page.board == CATEGORIES.slug:
        check_categories(page, release)
        return
    categories = categories_of(release)
    tasks = tuple(task for names in categories.values() for task in names)
    rows = read_csv(ended(page), ("model", *tasks), name="model")
    refuse_new_tasks(rows, {"model", *tasks})
    yield from facts_of(rows, partial(averages, f"LiveBench {release}", categories))


def release_of(page: Page) -> str:
    """The release, from the recorded file's name or the address. WrongShape when it is not a known one."""
    found = RELEASE.search(page.file or "") or RELEASE.search(page.url)
    release = "-".join(found.groups()) if found else "unnamed"
    if release not in RELEASES:
        raise WrongShape(f"the release {release} of LiveBench is not declared: its tasks are unknown")
    return release


def check_categories(page: Page, release: str) -> None:
    stated = object_of(read_json(page), "LiveBench's categories")
    for category, tasks in categories_of(release).items():
        names = stated.get(category)
        if not isinstance(names, list) or sorted(map(str, names)) != sorted(tasks):
            raise WrongShape(f"{category} of {release} has other tasks now: {quotable(str(names))}")
    if others := stated.keys() - categories_of(release).keys():
        raise WrongShape(f"{release} has another category now: {quotable(', '.join(sorted(others)))}")


def ended(page: Page) -> Page:
    """The page with one line end at its end: four of the tables have none, and one has two."""
    return replace(page, body=page.body.rstrip(b"\r\n") + b"\n") if page.body.strip() else page


def refuse_new_tasks(rows: Iterable[Row | RowProblem], known: set[str]) -> None:
    """A column that is no known task would make every average wrong in silence."""
    first = next((row for row in rows if isinstance(row, Row)), None)
    if first and (others := first.cells.keys() - known):
        raise WrongShape(f"the table has tasks of no known category: {quotable(', '.join(sorted(others)))}")


def averages(benchmark: str, categories: Averages, row: Row) -> Iterator[Parsed]:
    """One score per category without a gap, and the mean of all categories when none has one."""
    found = {name: average(row, tasks) for name, tasks in categories.items()}
    for name, value in found.items():
        if value is not None:
            yield score(row, f"{benchmark}, {name}", "category average", value, categories[name])
    whole = [value for value in found.values() if value is not None]
    if len(whole) == len(found):
        tasks = tuple(task for names in categories.values() for task in names)
        yield score(row, benchmark, "global average", mean(whole), tasks)


def average(row: Row, tasks: tuple[str, ...]) -> Decimal | None:
    scores = [row.number_within(task, 0, 100) for task in tasks if row.number(task) is not None]
    return mean(scores) if len(scores) == len(tasks) else None


def mean(values: list[Decimal]) -> Decimal:
    return sum(values, Decimal(0)) / len(values)


def score(row: Row, benchmark: str, metric: str, value: Decimal, tasks: tuple[str, ...]) -> ScoreSeen:
    return ScoreSeen(
        model=row.due_text("model"),
        name=row.due_text("model"),
        quote=row.quote(*tasks),
        benchmark=benchmark,
        metric=metric,
        value=value.quantize(THOUSANDTHS),
        unit="percent",
        evaluator="LiveBench",
    )


SOURCE = Source(
    slug="livebench",
    title="LiveBench",
    home=f"{HOME}/",
    rights=Rights(
        owner="The LiveBench authors (LiveBench/LiveBench)",
        terms_url="https://github.com/LiveBench/LiveBench/blob/main/LICENSE",
        data_licence="not stated for the tables",
        display=True,
        export=False,
        attribution="LiveBench, livebench.ai (White et al., arXiv 2406.19314); averages computed from its tables",
        robots="Not applied: CSV and JSON files its own page loads.",
        basis="The code repository carries a licence; no text was found that states terms for the published "
        "tables, and neither that licence nor livebench.ai was opened here. Unknown means no export.",
    ),
    boards=(TABLE, CATEGORIES),
    hosts=("livebench.ai",),
    cadence=timedelta(days=7),
    stale_after=timedelta(days=30),
    pages=pages,
    parse=parse,
)
