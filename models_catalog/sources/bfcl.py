"""The Berkeley Function-Calling Leaderboard: how well a model calls functions, overall and by kind of call.

Unverified: no page of it was recorded. This is written against what its repository documents and what its own
command-line tool reads of `data_overall.csv`: `Rank`, `Overall Acc`, `Model`, `Model Link`, one column per kind of
call, `Organization`, `License`. A cell may hold HTML (a link around the name), an accuracy is `77.47%`, or `N/A`
where a kind was not run. The same model stands there once per way of calling: `(FC)` or `(Prompt)`.
The board has had four versions with other tasks; a version is in the benchmark's name and has to be raised here.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from models_catalog.sources.cells import Row, facts_of
from models_catalog.sources.contract import Board, Door, LicenceSeen, Page, Parsed, Rights, ScoreSeen, Source
from models_catalog.sources.reading import read_csv

VERSION = "BFCL v4"
OVERALL = "Overall Acc"
COLUMNS = ("Model", OVERALL, "Organization", "License")
KINDS = ("Non-Live AST Acc", "Live Acc", "Multi Turn Acc", "Web Search Acc", "Memory Acc")
DETECTION = ("Relevance Detection", "Irrelevance Detection")
MARK_UP = re.compile(r"</?[a-zA-Z][^<>]*>")
PERCENT = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*%?", re.ASCII)
NOT_RUN = frozenset({"", "N/A", "NA", "-"})

OVERALL_BOARD = Board(
    slug="overall",
    title="BFCL, all models",
    url="https://gorilla.cs.berkeley.edu/data_overall.csv",
    media="csv",
    recorded=("data_overall@*.csv",),
)


def pages(get: Door) -> Iterator[Page]:
    yield get(OVERALL_BOARD.slug, OVERALL_BOARD.url)


def parse(page: Page) -> Iterator[Parsed]:
    """The overall accuracy, that of each kind of call the table has, and the licence words, per row."""
    yield from facts_of(read_csv(page, COLUMNS, name="Model"), scores, licence)


def scores(row: Row) -> Iterator[Parsed]:
    for column in (OVERALL, *KINDS, *DETECTION):
        accuracy = percent(row, column)
        if accuracy is not None:
            kind = column.removesuffix(" Acc")
            yield ScoreSeen(
                model=plain(row, "Model"),
                name=plain(row, "Model"),
                quote=row.quote("Model", column),
                benchmark=VERSION if column == OVERALL else f"{VERSION}, {kind}",
                metric="accuracy",
                value=accuracy,
                unit="percent",
                evaluator="BFCL",
            )


def plain(row: Row, key: str) -> str:
    """The cell's text without its mark-up; a row whose cell holds nothing else cannot be read."""
    text = " ".join(html.unescape(MARK_UP.sub("", row.due_text(key))).split())
    if not text:
        raise row.wrong(key, "no text in it")
    return text


def percent(row: Row, key: str) -> Decimal | None:
    text = row.text(key) or ""
    if text in NOT_RUN:
        return None
    found = PERCENT.fullmatch(text)
    if not found:
        raise row.wrong(key, "not a percentage")
    value = Decimal(found[1])
    if value > 100:
        raise row.wrong(key, "above 100 %", implausible=True)
    return value


def licence(row: Row) -> Iterator[Parsed]:
    if row.text("License"):
        yield LicenceSeen(
            model=plain(row, "Model"),
            name=plain(row, "Model"),
            quote=row.quote("Organization", "License"),
            licence=plain(row, "License"),
        )


SOURCE = Source(
    slug="bfcl",
    title="Berkeley Function-Calling Leaderboard",
    home="https://gorilla.cs.berkeley.edu/leaderboard.html",
    rights=Rights(
        owner="The Gorilla team, UC Berkeley (ShishirPatil/gorilla)",
        terms_url="https://github.com/ShishirPatil/gorilla/blob/main/LICENSE",
        data_licence="not established",
        display=True,
        export=False,
        attribution="Berkeley Function-Calling Leaderboard, gorilla.cs.berkeley.edu (Patil et al.)",
        robots="Not applied: a CSV file its own page loads.",
        basis="A third party calls board and data Apache-2.0; neither the repository's licence nor any terms of the "
        "published table were read here. Unknown means no export.",
    ),
    boards=(OVERALL_BOARD,),
    hosts=("gorilla.cs.berkeley.edu",),
    cadence=timedelta(days=7),
    stale_after=timedelta(days=120),
    pages=pages,
    parse=parse,
)
