"""SWE-bench: what share of real GitHub issues a system resolves, per split, from the JSON behind its website.

A row is an agent system, not a model: `folder` is its id, and its models are in its tags (`Model: …`), which
the file of May 2025 does not have and a fifth of the later rows lack. A row of exactly one model is named by
that model; any other keeps the system's name. `os_model` is wrong on several rows, so it is quoted as a setting
and is no claim about a model. The split is part of the benchmark's name; order and number of splits change.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from functools import partial

from models_catalog.sources.cells import Row, facts_of, numbered_rows
from models_catalog.sources.contract import (
    Board,
    Bounds,
    Door,
    MissingColumn,
    Page,
    Parsed,
    Rights,
    ScoreSeen,
    Source,
)
from models_catalog.sources.reading import list_of, object_of, read_json, require_keys

DUE = ("name", "folder", "resolved", "date")
CHECKED = (
    "checked",
    "verified",
)  # the same mark, as it was called from July 2025 on and before; a sentence means no

LEADERBOARDS = Board(
    slug="leaderboards",
    title="SWE-bench leaderboards",
    url="https://raw.githubusercontent.com/SWE-bench/swe-bench.github.io/master/data/leaderboards.json",
    media="json",
    recorded=("leaderboards@*.json", "leaderboards@*.json.gz"),
    bounds=Bounds(
        size=0.02,
        reason="Results per issue came in December 2025 and are fifteen times the rest; they may go again.",
    ),
)


def pages(get: Door) -> Iterator[Page]:
    yield get(LEADERBOARDS.slug, LEADERBOARDS.url)


def parse(page: Page) -> Iterator[Parsed]:
    """One score per system and split."""
    whole = object_of(read_json(page), "SWE-bench's answer")
    if "leaderboards" not in whole:
        raise MissingColumn("the answer has no 'leaderboards'")
    boards = list_of(whole["leaderboards"], "SWE-bench's list of leaderboards")
    require_keys(boards, ("name", "results"), "leaderboard")
    for board in numbered_rows(boards, "leaderboard", "name"):
        yield from facts_of([board], split)


def split(board: Row) -> Iterator[Parsed]:
    name = board.due_text("name")
    results = list_of(board.cells.get("results"), f"the list of {name} results")
    require_keys(results, DUE, f"{name} result")
    yield from facts_of(numbered_rows(results, f"{name} row", "name"), partial(score, name))


def score(split: str, row: Row) -> Iterator[Parsed]:
    models = tagged(row, "Model")
    yield ScoreSeen(
        model=row.due_text("folder"),
        name=models[0] if len(models) == 1 else row.due_text("name"),
        quote=row.quote("name", "resolved", "tags"),
        benchmark=f"SWE-bench {split}",
        metric="resolved",
        value=row.number_within("resolved", 0, 100),
        unit="percent",
        evaluator="SWE-bench" if any(row.cells.get(key) is True for key in CHECKED) else "the submitter",
        evaluated_on=row.date("date"),
        settings="; ".join(settings(row, models)),
        cost_usd=cost(row),
    )


def tagged(row: Row, key: str) -> tuple[str, ...]:
    """The values of one kind of tag: `Model: gpt-5` is `gpt-5` of the kind `Model`."""
    pairs = (tag.partition(":") for tag in row.words("tags"))
    return tuple(value.strip() for kind, _, value in pairs if kind == key and value.strip())


def settings(row: Row, models: tuple[str, ...]) -> Iterator[str]:
    yield f"system: {row.due_text('name')}"
    if len(models) > 1:
        yield f"models: {', '.join(models)}"
    yield from tagged(row, "System")
    for key in ("os_model", "os_system", "oss"):
        if (flag := row.flag(key)) is not None:
            yield f"{key}: {str(flag).lower()}"
    if row.cells.get("warning"):
        yield "with a warning: not shown on SWE-bench's own page"


def cost(row: Row) -> Decimal | None:
    total = row.number("cost")
    if total is not None and total < 0:
        raise row.wrong("cost", "a negative cost", implausible=True)
    return total or None


SOURCE = Source(
    slug="swebench",
    title="SWE-bench",
    home="https://www.swebench.com/",
    rights=Rights(
        owner="The SWE-bench team (SWE-bench/swe-bench.github.io)",
        terms_url="https://github.com/SWE-bench/swe-bench.github.io",
        data_licence="not stated",
        display=True,
        export=False,
        attribution="SWE-bench leaderboards, swebench.com (Jimenez et al., arXiv 2310.06770)",
        robots="Not applied: a file of a public repository, served raw to programs.",
        basis="The README of the website's repository was read: it states no licence for the data, and the "
        "repository's list of files shows no licence file. Unknown means no export.",
    ),
    boards=(LEADERBOARDS,),
    hosts=("raw.githubusercontent.com",),
    cadence=timedelta(days=7),
    stale_after=timedelta(days=60),
    pages=pages,
    parse=parse,
)
