"""Aider's leaderboards: what share of a set of coding tasks a model solves, as YAML lists of runs.

The headline is `pass_rate_2`, percent solved within two tries; the refactoring tasks allow one try, so there
it is `pass_rate_1`. A run is named by its `dirname`; the same model may have several. Names are free text,
sometimes of two models ("A + B"); on the Qwen3 board they also say host, format and quantisation. A
`total_cost` of 0 means unknown. The polyglot board has not changed since October 2025, the others ended
before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import partial

from models_catalog.sources.cells import Row, facts_of, numbered_rows
from models_catalog.sources.contract import (
    Board,
    Door,
    Page,
    Parsed,
    Rights,
    ScoreSeen,
    Source,
    Truncated,
)
from models_catalog.sources.reading import list_of, require_keys
from models_catalog.sources.yaml_text import read_yaml

DATA = "https://raw.githubusercontent.com/Aider-AI/aider/main/aider/website/_data"
ALWAYS_DUE = ("dirname", "model", "edit_format", "date", "seconds_per_case")
SETTINGS = ("edit_format", "reasoning_effort", "thinking_tokens", "editor_model", "editor_edit_format")


@dataclass(frozen=True, slots=True)
class Tasks:
    """One board's set of tasks: its benchmark, and the column of its headline figure."""

    benchmark: str
    metric: str = "pass_rate_2"

    @property
    def due(self) -> tuple[str, ...]:
        return (*ALWAYS_DUE, self.metric)


TASKS = {
    "polyglot": Tasks("Aider polyglot"),
    "edit": Tasks("Aider code editing"),
    "refactor": Tasks("Aider refactoring", "pass_rate_1"),
    "qwen3": Tasks("Aider polyglot, Qwen3 hosts and settings"),
}


def board(slug: str) -> Board:
    file = f"{slug}_leaderboard"
    return Board(
        slug=slug,
        title=f"Aider {slug} leaderboard",
        url=f"{DATA}/{file}.yml",
        media="yaml",
        recorded=(f"{file}.yml", f"{file}@*.yml", f"history/{file}@*.yml"),
    )


BOARDS = tuple(map(board, TASKS))


def pages(get: Door) -> Iterator[Page]:
    for board in BOARDS:
        yield get(board.slug, board.url)


def parse(page: Page) -> Iterator[Parsed]:
    """One score per run."""
    tasks = TASKS[page.board]
    runs = list_of(read_yaml(page), "Aider's list of runs")
    require_keys(runs, tasks.due, "run")
    refuse_cut(runs, tasks.due)
    yield from facts_of(numbered_rows(runs, "run", "model", "yaml"), partial(scores, tasks))


def refuse_cut(runs: Sequence[object], due: Sequence[str]) -> None:
    """YAML cut between two lines is still YAML: then the last run, and only it, lacks its last keys."""
    whole = [isinstance(run, dict) and set(due) <= set(run) for run in runs]
    if not whole[-1] and all(whole[:-1]):
        raise Truncated("the YAML stops inside its last run")


def scores(tasks: Tasks, row: Row) -> Iterator[Parsed]:
    yield ScoreSeen(
        model=row.due_text("model"),
        name=row.due_text("model"),
        quote=row.quote(tasks.metric),
        benchmark=tasks.benchmark,
        metric=tasks.metric,
        value=row.number_within(tasks.metric, 0, 100),
        unit="percent",
        run=row.due_text("dirname"),
        evaluator="Aider",
        evaluated_on=row.date("date"),
        settings="; ".join(f"{key}: {row.text(key)}" for key in SETTINGS if row.text(key)) or None,
        cost_usd=cost(row),
    )


def cost(row: Row) -> Decimal | None:
    total = row.number("total_cost")
    if total is not None and total < 0:
        raise row.wrong("total_cost", "a negative cost", implausible=True)
    return total or None


SOURCE = Source(
    slug="aider",
    title="Aider leaderboards",
    home="https://aider.chat/docs/leaderboards/",
    rights=Rights(
        owner="Paul Gauthier and the Aider contributors (Aider-AI/aider)",
        terms_url="https://github.com/Aider-AI/aider/blob/main/LICENSE.txt",
        data_licence="Apache-2.0",
        display=True,
        export=True,
        attribution="Aider leaderboards, Aider-AI/aider, Apache License 2.0",
        robots="Not applied: a file of a public repository, served raw to programs.",
        basis="The repository declares the Apache License (its pyproject.toml was read, LICENSE.txt was "
        "not); the leaderboards are data files inside that repository. Section 4 asks for the licence text "
        "and for a notice of changes.",
    ),
    boards=BOARDS,
    hosts=("raw.githubusercontent.com",),
    cadence=timedelta(days=7),
    stale_after=timedelta(days=30),
    pages=pages,
    parse=parse,
)
