"""Vectara's hallucination leaderboard: how often a model's summary says what its document does not.

One Markdown table in the README of its repository, read by header names: in 2023 accuracy stands before the
hallucination rate, later a consistency rate after it. Lower is better. The evaluating model and the data set were
replaced twice, and the page says so; each generation is a benchmark of its own, because the numbers do not compare:
HHEM-1.0 until summer 2024, HHEM-2.1, and from November 2025 a new and harder set of documents with HHEM-2.3.
The date on the page is its last change, not the day a model was measured: it is no part of a score.
Names are prose at first ("GPT 4") and `vendor/model` ids from the new data set on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from functools import partial

from models_catalog.sources.cells import Row, facts_of
from models_catalog.sources.contract import (
    Board,
    Bounds,
    Door,
    Page,
    Parsed,
    Rights,
    ScoreSeen,
    Source,
    Truncated,
    WrongShape,
)
from models_catalog.sources.tables import Column, Layout, read_all
from models_catalog.sources.tables_markdown import read_markdown, tables_of

NAME = "Vectara hallucination rate"
NEW_DOCUMENTS, SECOND_EVALUATOR = "hhem-2.3-old-dataset", "hhem-2"
MARKS = ("<!-- leaderboard_start -->", "<!-- leaderboard_end -->")
PERCENT = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*%?", re.ASCII)
LAYOUT = Layout(
    columns=(
        Column("model", "model", due=True),
        Column("hallucination", "hallucination rate", due=True),
        Column("consistency", "factual consistency rate|accuracy", due=True),
        Column("answers", "answer rate", due=True),
        Column("length", r"average summary length \(words\)"),
    ),
)

README = Board(
    slug="readme",
    title="Vectara hallucination leaderboard",
    url="https://raw.githubusercontent.com/vectara/hallucination-leaderboard/main/README.md",
    media="markdown",
    recorded=("README@*.md",),
    bounds=Bounds(
        shrink=0.30,
        overlap=0.0,
        reason="A new generation starts with fewer models under other names: in November 2025 59 rows of "
        "`vendor/model` ids followed on 167 rows of prose names, none of them the same.",
    ),
)


def pages(get: Door) -> Iterator[Page]:
    yield get(README.slug, README.url)


def parse(page: Page) -> Iterator[Parsed]:
    """One hallucination rate per model, with the generation in the benchmark's name."""
    text = read_markdown(page)
    refuse_cut(text)
    found = read_all(tables_of(text), [LAYOUT], "Vectara's README")
    if len(found) != 1:
        raise WrongShape(f"{len(found)} leaderboards in Vectara's README, one is due")
    [(_, reading)] = found
    yield from reading.drift
    yield from facts_of(reading.rows, partial(score, generation(text)))


def refuse_cut(text: str) -> None:
    """What follows the table in every README: the section on its method, and the closing mark where there are marks."""
    start, end = MARKS
    lower = text.lower()
    if (start in lower) != (end in lower) or "## methodology" not in lower:
        raise Truncated("Vectara's README stops before its leaderboard's end")


def generation(text: str) -> str:
    lower = text.lower()
    if NEW_DOCUMENTS in lower:
        return f"{NAME}, documents of November 2025"
    return f"{NAME}, HHEM-2.1" if SECOND_EVALUATOR in lower else f"{NAME}, HHEM-1.0"


def score(benchmark: str, row: Row) -> Iterator[Parsed]:
    rate, consistent = percent(row, "hallucination"), percent(row, "consistency")
    if abs(rate + consistent - 100) > Decimal("0.15"):
        raise row.wrong("consistency", f"does not add up to 100 with {rate}: one of the two is wrong")
    yield ScoreSeen(
        model=row.due_text("model"),
        name=row.due_text("model"),
        quote=row.quote("model", "hallucination", "consistency", "answers"),
        benchmark=benchmark,
        metric="hallucination rate",
        value=rate,
        unit="percent",
        higher_is_better=False,
        evaluator="Vectara",
        settings=f"answer rate: {percent(row, 'answers')} %",
    )


def percent(row: Row, key: str) -> Decimal:
    """`1.8 %`, and once `100.0`. Above 100 it is implausible."""
    found = PERCENT.fullmatch(row.due_text(key))
    if not found:
        raise row.wrong(key, "not a percentage")
    value = Decimal(found[1])
    if value > 100:
        raise row.wrong(key, "above 100 %", implausible=True)
    return value


SOURCE = Source(
    slug="vectara",
    title="Vectara hallucination leaderboard",
    home="https://github.com/vectara/hallucination-leaderboard",
    rights=Rights(
        owner="Vectara (vectara/hallucination-leaderboard)",
        terms_url="https://github.com/vectara/hallucination-leaderboard/blob/main/LICENSE",
        data_licence="Apache-2.0 (of the repository)",
        display=True,
        export=False,
        attribution="Vectara hallucination leaderboard, vectara/hallucination-leaderboard, Apache License 2.0",
        robots="Not applied: a file of a public repository, served raw to programs.",
        basis="The recorded README was read; the repository is recorded under the Apache License 2.0, whose text in "
        "it was not opened here. Not exported until it has been.",
    ),
    boards=(README,),
    hosts=("raw.githubusercontent.com",),
    cadence=timedelta(days=7),
    stale_after=timedelta(days=120),
    pages=pages,
    parse=parse,
)
