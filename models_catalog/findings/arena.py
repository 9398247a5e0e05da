"""Best closed against best open on every stored table of the Arena, in Elo and as a win rate.

Ratings are fitted anew with every table and were re-based, so a difference is taken inside one table only, and a
series breaks where the scale does. Whose access it is comes from the catalogue as it is known now.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from models_catalog.findings.measured import ArenaDay, ArenaModel, ArenaSeries
from models_catalog.findings.remembered import remembered
from models_catalog.findings.status import credit
from models_catalog.findings.then import issued, known_then
from models_catalog.models import Fetch, ModelVersion, Observation, Resolution, SubjectVersion
from models_catalog.normalise.benchmarks import read_benchmarks
from models_catalog.sources import by_slug
from models_catalog.vocabulary import Access, FactKind, Outcome

ARENA = "arena"
TEXT = ("arena-text-1", "arena-text-2", "arena-text-style")


@dataclass(frozen=True, slots=True)
class Row:
    """One stored rating, or, where `present` is False, the news that a table no longer lists it."""

    subject: int
    name: str
    benchmark: str  # slug
    rating: float
    low: float | None
    high: float | None
    present: bool
    observed_at: datetime
    observation: int


@dataclass(frozen=True, slots=True)
class Side:
    """Who a subject is: slug of its model, and whether its weights are out."""

    model: str
    access: Access


NOBODY = Side("", Access.UNKNOWN)


def arena_series() -> ArenaSeries:
    """One day per stored text table and scale, oldest first; empty before any is stored."""
    return remembered(("arena series",), read_series)


def read_series() -> ArenaSeries:
    """Every complete board apart; where two state the same scale on one day, the table with more models counts."""
    who = sides()
    found: dict[tuple[str, date], ArenaDay] = {}
    for board in (board.slug for board in by_slug(ARENA).boards if board.complete):
        for day in days_of(board, who):
            key = (day.scale, day.day)
            if key not in found or day.models > found[key].models:
                found[key] = day
    days = tuple(sorted(found.values(), key=lambda item: (item.day, item.scale)))
    return ArenaSeries(days, (credit(ARENA),) if days else ())


def sides() -> Mapping[int, Side]:
    if known_at := known_then():
        return sides_then(known_at)
    rows = Resolution.objects.filter(subject__source=ARENA, model__isnull=False)
    known = rows.values_list("subject_id", "model__slug", "model__access")
    return {subject: Side(slug, Access(access)) for subject, slug, access in known}


def sides_then(known_at: datetime) -> Mapping[int, Side]:
    """The same as it was known."""
    models = ModelVersion.objects.at(known_at).values_list("slug", "fields__access")
    access = dict(models)
    names = SubjectVersion.objects.at(known_at).filter(subject__source=ARENA).exclude(model="")
    known = names.values_list("subject_id", "model")
    return {subject: Side(slug, Access(access[slug])) for subject, slug in known if slug in access}


def days_of(board: str, who: Mapping[int, Side]) -> Iterator[ArenaDay]:
    """The board as it stood at each of its captures: stored rows are changes, so they are played in order."""
    tables: dict[str, dict[int, Row]] = defaultdict(dict)
    changes = {
        moment: list(rows) for moment, rows in groupby(rows_of(board), key=lambda row: row.observed_at)
    }
    captures = Fetch.objects.filter(source=ARENA, board=board, records__gt=0, **issued("recorded_at"))
    if known_then():  # pages that only confirmed have no stamp that can be asked about
        captures = captures.filter(outcome=Outcome.ACCEPTED)
    moments = sorted({*captures.values_list("observed_at", flat=True), *changes})
    for moment in moments:
        for row in changes.get(moment, ()):
            if row.present:
                tables[row.benchmark][row.subject] = row
            else:
                tables[row.benchmark].pop(row.subject, None)
        for benchmark, table in tables.items():
            day = compared(benchmark, moment.date(), table.values(), who)
            if day:
                yield day


def rows_of(board: str) -> Iterator[Row]:
    """The board's overall text ratings, in the order in which they were captured."""
    names = text_names()
    rows = Observation.objects.filter(
        subject__source=ARENA,
        board=board,
        kind=FactKind.SCORE,
        value__benchmark__in=list(names),
        **issued("recorded_at"),
    )
    fields = ("subject_id", "subject__name", "value", "present", "observed_at", "pk")
    for subject, name, value, present, observed_at, key in rows.order_by("observed_at", "id").values_list(
        *fields
    ):
        yield Row(
            subject=subject,
            name=name,
            benchmark=names[str(value["benchmark"])],
            rating=float(value["value"]),
            low=number(value.get("low")),
            high=number(value.get("high")),
            present=present,
            observed_at=observed_at,
            observation=key,
        )


def text_names() -> Mapping[str, str]:
    """What the Arena calls its overall text tables -> slug."""
    return {
        name: benchmark.slug
        for (source, name), benchmark in read_benchmarks()[1].items()
        if source == ARENA and benchmark.slug in TEXT
    }


def number(stated: object) -> float | None:
    return None if stated is None else float(str(stated))


def compared(benchmark: str, day: date, table: Iterable[Row], who: Mapping[int, Side]) -> ArenaDay | None:
    """None where one side is not on the table."""
    rows = sorted(table, key=lambda row: (-row.rating, row.name))
    of_side = {
        access: [row for row in rows if who.get(row.subject, NOBODY).access is access] for access in Access
    }
    if not of_side[Access.CLOSED] or not of_side[Access.OPEN]:
        return None
    closed, opened = of_side[Access.CLOSED][0], of_side[Access.OPEN][0]
    elo = closed.rating - opened.rating
    return ArenaDay(
        day=day,
        scale=benchmark,
        best_closed=arena_model(closed, who),
        best_open=arena_model(opened, who),
        elo=elo,
        win_rate=1 / (1 + 10 ** (-elo / 400)),
        share=elo / opened.rating,
        models=len(rows),
        unknown=len(of_side[Access.UNKNOWN]),
    )


def arena_model(row: Row, who: Mapping[int, Side]) -> ArenaModel:
    return ArenaModel(
        who.get(row.subject, NOBODY).model, row.name, row.rating, row.low, row.high, row.observation
    )
