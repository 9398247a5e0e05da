"""The Arena's data files: tables of the older leaderboard, ratings by category, and the models' licences.

The tables give rank, score, interval (`+5/-5`, 95 %), votes, organization and licence in the Arena's own spelling
(`Propretary`, `Gemma license`). A score is `arena_elo` until July 2024 and `arena_score` after. The catalogue's
files map category -> model slug -> rating with its 2.5 % and 97.5 % quantiles, and say nothing about the models;
`scatterplot-data` does, with prices that were collected for a plot and are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from models_catalog.sources.arena_scales import benchmark_at, in_category
from models_catalog.sources.cells import Row, facts_of, numbered_rows, quotable, rows_of
from models_catalog.sources.contract import LicenceSeen, Page, Parsed, ScoreSeen
from models_catalog.sources.reading import list_of, object_of, read_csv, read_json, require_keys

SCORE = ("arena_score", "arena_elo")
INTERVAL = "95_pct_ci"
TABLE_COLUMNS = ("model", SCORE, INTERVAL, "votes", "organization", "license")
MODEL_KEYS = ("name", "model_api_name", "organization", "license")
OFFSETS = re.compile(r"\+(\d+)/-(\d+)", re.ASCII)
LOWEST, HIGHEST = 500, 2500
LEVEL = 0.95


def table(arena: str, page: Page) -> Iterator[Parsed]:
    """One score and one licence per row of a leaderboard table."""
    rows = read_csv(page, TABLE_COLUMNS, name="model")
    yield from facts_of(rows, partial(table_score, benchmark_at(arena, page)), table_licence)


def table_score(benchmark: str, row: Row) -> Iterator[Parsed]:
    column = next(name for name in SCORE if name in row.cells)
    value = row.number_within(column, LOWEST, HIGHEST)
    below, above = offsets(row)
    yield ScoreSeen(
        model=row.due_text("model"),
        name=row.due_text("model"),
        quote=row.quote(column, INTERVAL, "votes"),
        benchmark=benchmark,
        metric="rating",
        value=value,
        unit="elo",
        low=value - below,
        high=value + above,
        interval_level=LEVEL,
        evaluator="Arena",
        settings=f"votes: {row.count('votes')}",
    )


def offsets(row: Row) -> tuple[Decimal, Decimal]:
    """How far the interval reaches down and up: `+4/-5` is 5 down and 4 up."""
    found = OFFSETS.fullmatch(row.due_text(INTERVAL))
    if not found:
        raise row.wrong(INTERVAL, "not an interval like +5/-5")
    return Decimal(found[2]), Decimal(found[1])


def table_licence(row: Row) -> Iterator[Parsed]:
    if licence := row.text("license"):
        name = row.due_text("model")
        yield LicenceSeen(model=name, name=name, quote=row.quote("organization", "license"), licence=licence)


def ratings(arena: str, page: Page, *, style_control: bool = False) -> Iterator[Parsed]:
    """One score per category and model of a catalogue file."""
    benchmark = benchmark_at(arena, page, style_control=style_control)
    categories = object_of(read_json(page), "the Arena's categories")
    for category, value in categories.items():
        models = object_of(value, f"the category {quotable(repr(category))}")
        require_keys(models.values(), ("rating", "rating_q025", "rating_q975"), f"model of {category}")
        rows = rows_of((f"{category}: {model}", named(model, found)) for model, found in models.items())
        yield from facts_of(rows, partial(rating, in_category(benchmark, category)))


def named(model: str, value: object) -> object:
    """The rating with its model's slug in it; what is no object stays what it is."""
    return {**value, "model": model} if isinstance(value, dict) else value


def rating(benchmark: str, row: Row) -> Iterator[Parsed]:
    low, value, high = (row.due_number(key) for key in ("rating_q025", "rating", "rating_q975"))
    if value > HIGHEST:
        raise row.wrong("rating", f"above {HIGHEST}", implausible=True)
    if value < LOWEST:  # real for a hopeless model where ties do not count, and nothing anybody compares with
        raise row.wrong("rating", f"below {LOWEST}, where ratings stop to be taken")
    if not low <= value <= high:
        raise row.wrong("rating", "outside its own interval", implausible=True)
    yield ScoreSeen(
        model=row.due_text("model"),
        name=row.due_text("model"),
        quote=row.quote("rating", "rating_q025", "rating_q975"),
        benchmark=benchmark,
        metric="rating",
        value=value,
        unit="elo",
        low=low,
        high=high,
        interval_level=LEVEL,
        evaluator="Arena",
    )


def licences(page: Page) -> Iterator[Parsed]:
    """The licence of each model in the plot's data."""
    models = list_of(read_json(page), "the Arena's list of models")
    require_keys(models, MODEL_KEYS, "model")
    yield from facts_of(numbered_rows(models, "model", "name"), licence)


def licence(row: Row) -> Iterator[Parsed]:
    if words := row.text("license"):
        yield LicenceSeen(
            model=row.text("model_api_name") or row.due_text("name"),
            name=row.due_text("name"),
            quote=row.quote("name", "organization", "license"),
            licence=words,
        )
