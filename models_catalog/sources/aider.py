"""Aider's polyglot leaderboard: how many of 225 coding exercises a model solves, as a YAML list of runs.

The headline is `pass_rate_2`, percent solved within two tries. A run is named by its `dirname`; the same
model may have several. Names are free text, sometimes of two models ("A + B"). A `total_cost` of 0 means
unknown. The board has not changed since October 2025.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal

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

DUE = ("dirname", "model", "edit_format", "pass_rate_2", "date", "seconds_per_case")
SETTINGS = ("edit_format", "reasoning_effort", "thinking_tokens", "editor_model", "editor_edit_format")

POLYGLOT = Board(
    slug="polyglot",
    title="Aider polyglot leaderboard",
    url="https://raw.githubusercontent.com/Aider-AI/aider/main/aider/website/_data/polyglot_leaderboard.yml",
    media="yaml",
    recorded=("polyglot_leaderboard.yml", "polyglot_leaderboard@*.yml", "history/polyglot_leaderboard@*.yml"),
)


def pages(get: Door) -> Iterator[Page]:
    yield get(POLYGLOT.slug, POLYGLOT.url)


def parse(page: Page) -> Iterator[Parsed]:
    """One score per run."""
    runs = list_of(read_yaml(page), "Aider's list of runs")
    require_keys(runs, DUE, "run")
    refuse_cut(runs)
    yield from facts_of(numbered_rows(runs, "run", "model", "yaml"), scores)


def refuse_cut(runs: Sequence[object]) -> None:
    """YAML cut between two lines is still YAML: then the last run, and only it, lacks its last keys."""
    whole = [isinstance(run, dict) and set(DUE) <= set(run) for run in runs]
    if not whole[-1] and all(whole[:-1]):
        raise Truncated("the YAML stops inside its last run")


def scores(row: Row) -> Iterator[Parsed]:
    yield ScoreSeen(
        model=row.due_text("model"),
        name=row.due_text("model"),
        quote=row.quote("pass_rate_2"),
        benchmark="Aider polyglot",
        metric="pass_rate_2",
        value=row.number_within("pass_rate_2", 0, 100),
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
        attribution="Aider polyglot leaderboard, Aider-AI/aider, Apache License 2.0",
        robots="Not applied: a file of a public repository, served raw to programs.",
        basis="The repository declares the Apache License (its pyproject.toml was read, LICENSE.txt was "
        "not); the leaderboard is a data file inside that repository. Section 4 asks for the licence text "
        "and for a notice of changes.",
    ),
    boards=(POLYGLOT,),
    hosts=("raw.githubusercontent.com",),
    cadence=timedelta(days=7),
    stale_after=timedelta(days=30),
    pages=pages,
    parse=parse,
)
