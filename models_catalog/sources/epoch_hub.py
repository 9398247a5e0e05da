"""Epoch AI's Benchmarking Hub: one ZIP, in it one CSV per benchmark, each with its own score column.

`MEMBERS` is the reviewed route from member to benchmark. Benchmarks are called what Epoch's own table of their
difficulties (in the same ZIP) calls them. Files without `_external` in their name, and without a column `Source`,
are Epoch's own runs; every other row was taken by Epoch from a leaderboard, a paper or a model card, and is the
work of whoever its `Source` names. Scores here are raw, those of `eci_benchmarks.csv` are corrected for chance.

Some columns are named as percent and hold fractions (`Win Rate (%)` 0.497); the units below are those of the
numbers, read off both recorded releases (April and May 2026), and the range of a unit is checked in every row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from models_catalog.sources.cells import Row, facts, quotable
from models_catalog.sources.contract import (
    Board,
    Bounds,
    Drift,
    Page,
    Parsed,
    RowProblem,
    ScoreSeen,
    Unread,
)
from models_catalog.sources.epoch_hub_members import MEMBERS, Member
from models_catalog.sources.reading import read_csv
from models_catalog.sources.zip_archive import members_of

OWNER = "Epoch AI"
URL = "https://epoch.ai/data/benchmark_data.zip"  # as the manifest names it; not opened from here
LIMITS = {"fraction": 1, "percent": 100, "elo": 2500, "points": 5000, "minutes": 100_000}
RUN_COLUMNS = ("id", "ID", "UUID")
SOURCE_COLUMNS = ("Source", "Source link", "Source Link", "Source link (site from table)")
DAY_COLUMNS = ("Started at", "Date of evaluation", "Evaluation date", "Run date", "Date run")
SETTING_COLUMNS = ("Shots", "Edit format", "Scaffold", "Agent", "Tools", "Frames")
BY_MEMBER = {member.stem: member for member in MEMBERS}
INDEX_MEMBER = "epoch_capabilities_index"  # has a board of its own, older than the archive's
FITTED = (
    "Parameters of Epoch's own fit of its index (difficulty and slope per benchmark, scale): results of a method, no "
    "observation of a model. Our index fits its own."
)
UNREAD = (
    Unread("benchmark_data@*/eci_benchmark_difficulties_and_slopes.csv", FITTED),
    Unread("benchmark_data@*/eci_scaling.csv", FITTED),
)
UNREAD_MEMBERS = {
    "README.md": "the licence and the citation, read by hand",
    "eci_benchmark_difficulties_and_slopes.csv": FITTED,
    "eci_scaling.csv": FITTED,
}
CORRECTED = Bounds(
    shrink=0.7,
    overlap=0.7,
    reason="Boards of a few dozen rows: names of versions tested before release are replaced by the released ones "
    "(2026-04-11 to 2026-05-14), so each renamed row weighs several percent.",
)
ARCHIVE = Board(
    slug="benchmark_data",
    title="Epoch AI, Benchmarking Hub (the archive)",
    url=URL,
    media="zip",
    recorded=("benchmark_data@*.zip",),
)


def board(member: Member) -> Board:
    """The board of one member. What Epoch took from others is shown, and exported by nobody but them."""
    return Board(
        slug=member.stem,
        title=f"Epoch AI, Benchmarking Hub: {member.benchmark}",
        url=f"{URL}#{member.stem}.csv",
        media="csv",
        recorded=(f"benchmark_data@*/{member.stem}.csv",),
        bounds=CORRECTED,
        export=member.own,
    )


BOARDS = (ARCHIVE, *map(board, MEMBERS))


def unpack(page: Page) -> Iterator[Page | Drift]:
    """The archive's members as pages of their boards; a member that nobody has reviewed is noted."""
    for name, body in members_of(page):
        stem = name.rpartition("/")[2].removesuffix(".csv")
        if stem in BY_MEMBER or stem == INDEX_MEMBER:
            yield replace(
                page, board=stem, url=f"{URL}#{stem}.csv", body=body, file=f"{page.file or ''}#{name}"
            )
        elif name.rpartition("/")[2] not in UNREAD_MEMBERS:
            yield Drift(quotable(name), "a member of the archive that nobody has reviewed: not read")


def results(page: Page) -> Iterator[Parsed]:
    """One score per row of a member that has one and names a model."""
    member = BY_MEMBER[page.board]
    for row in read_csv(page, ("Model version", member.score), name="Model version"):
        if isinstance(row, RowProblem):
            yield row
        else:
            yield from facts(row, lambda item: score(item, member))


def score(row: Row, member: Member) -> Iterator[Parsed]:
    model = row.text("Model version") or row.text("Name")
    if row.number(member.score) is None:
        return
    if model is None:
        yield Drift(row.label, "a result that names no model: nothing of it is kept", row.quote(member.score))
        return
    low, high = (row.number(column) if column else None for column in (member.low, member.high))
    taken = None if member.own else first(row, SOURCE_COLUMNS)
    yield ScoreSeen(
        model=model,
        name=row.text("Name") or model,
        quote=row.quote(member.score),
        benchmark=benchmark_of(row, member),
        metric=member.score,
        value=value_of(row, member),
        unit=member.unit,
        run=run_of(row, member),
        low=low,
        high=high,
        interval_level=None if low is None and high is None else 0.95,
        evaluator=OWNER if member.own else taken,
        evaluator_type="independent" if member.own else "third-party",
        evaluated_on=first_day(row),
        settings=settings(row),
    )


def benchmark_of(row: Row, member: Member) -> str:
    """Releases that do not compare are benchmarks of their own: LiveBench's, METR's."""
    version = row.text(member.version) if member.version else None
    return f"{member.benchmark} ({version})" if version else member.benchmark


def value_of(row: Row, member: Member) -> Decimal:
    return row.number_within(member.score, 0, LIMITS[member.unit])


def run_of(row: Row, member: Member) -> str:
    """What tells two rows of one model apart: Epoch's id of the row, else what the model was run in."""
    return first(row, (*RUN_COLUMNS, member.run)) or ""


def first(row: Row, columns: tuple[str, ...]) -> str | None:
    return next(filter(None, map(row.text, filter(None, columns))), None)


def first_day(row: Row) -> str | None:
    return next(filter(None, map(row.date, DAY_COLUMNS)), None)


def settings(row: Row) -> str | None:
    stated = [(column, row.text(column)) for column in SETTING_COLUMNS]
    return ", ".join(f"{column}: {words}" for column, words in stated if words) or None
