"""Announced ends of models, from the Markdown tables of deprecation pages.

Three kinds of table: announcements (a shutdown date, the models it ends, a replacement), a status table (state,
deprecated on, retires on), and others, which say nothing about a model. A cell may name several models.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from models_catalog.sources.cells import Row, facts_of, quotable
from models_catalog.sources.contract import Drift, LifecycleSeen, Parsed, ReleaseSeen
from models_catalog.sources.days import day_stated
from models_catalog.sources.money import plain
from models_catalog.sources.offers import distinct
from models_catalog.sources.tables import Column, Layout, Table, read_all
from models_catalog.vocabulary import DateKind

MODEL_NAMES = r"model / system|model snapshot|deprecated models?|system|model"
ANNOUNCED = Layout(
    columns=(
        Column("model", MODEL_NAMES, due=True),
        Column("shutdown", r"(?:shutdown|retirement|tentative retirement) date", due=True),
    ),
    ignored=(
        r"(?:recommended )?replacement(?: base model)?|substitute model|recommended replacement.*",
        r"deprecated model price|training price|usage price",
    ),
    noun="announcement",
)
STATUS = Layout(
    columns=(
        Column("model", "api model name|model name", due=True),
        Column("state", "current (?:state|status)", due=True),
        Column("deprecated", "deprecated(?: on)?", due=True),
        Column("retired", "(?:tentative )?(?:retirement date|shutdown)|retired", due=True),
    ),
    ignored=("type of model", "(?:recommended )?replacement"),
    noun="model",
)
CODE = re.compile(r"`([^`]+)`")
UNSTATED = re.compile(r"n/?a|-|—|")


@dataclass(frozen=True, slots=True)
class Announcer:
    """Who announces, and what a model's id looks like on its page: anything else is a service, not a model."""

    provider: str
    organization: str
    model: re.Pattern[str]


def shutdowns(tables: Iterable[Table], announcer: Announcer, page: str) -> Iterator[Parsed]:
    """Lifecycle facts of every announcement, and state and lifecycle of every model in a status table."""
    for layout, reading in read_all(tables, [STATUS, ANNOUNCED], page):
        yield from reading.drift
        reader = announcements if layout is ANNOUNCED else states
        yield from facts_of(reading.rows, partial(reader, announcer))


def from_page(tables: Iterable[Table], announcer: Announcer, page: str) -> Iterator[Parsed]:
    """The page's facts. A model announced more than once: the pages list the newest announcement first."""
    said: set[tuple[str, str]] = set()
    for item in distinct(shutdowns(tables, announcer, page)):
        if isinstance(item, LifecycleSeen):
            if (item.model, item.event) in said:
                continue
            said.add((item.model, item.event))
        yield item


def models_named(row: Row, announcer: Announcer) -> list[str]:
    """The ids in the model cell: those in code marks, else its words; only what looks like a model's id.

    A cell that starts with other words ends something of the model (`New fine-tuning training on …`), not it.
    """
    cell = str(row.cells["model"]).split("(including")[0].strip()
    if "`" in cell and not cell.startswith("`"):
        return []
    names = CODE.findall(cell) or re.split(r"[\s,|]+", plain(cell))
    return [name for name in (plain(name).strip("`") for name in names) if announcer.model.fullmatch(name)]


def announcements(announcer: Announcer, row: Row) -> Iterator[Parsed]:
    day = day_stated(row.text("shutdown") or "")
    for model in models_named(row, announcer):
        yield from ending(row, model, announcer, "retires", "shutdown", day)


def states(announcer: Announcer, row: Row) -> Iterator[Parsed]:
    """`Not sooner than …` is a promise, not a date of retirement: it stays in the status."""
    for model in models_named(row, announcer):
        retirement = row.text("retired") or ""
        promised = retirement if "sooner" in retirement.lower() else ""
        yield ReleaseSeen(
            model=model,
            name=model,
            quote=row.quote("model", "state", "retired"),
            organization=announcer.organization,
            date_kind=DateKind.LISTING,
            status=", ".join(filter(None, (row.text("state"), promised))) or None,
        )
        for key, event in (("deprecated", "deprecated"), ("retired", "retires")):
            words = row.text(key) or ""
            if not UNSTATED.fullmatch(words.lower()) and not (key == "retired" and promised):
                yield from ending(row, model, announcer, event, key, day_stated(words))


def ending(
    row: Row, model: str, announcer: Announcer, event: str, key: str, day: str | None
) -> Iterator[Parsed]:
    if day is None:
        yield Drift(row.label, f"{key}: no day that can be", row.quote(key))
    yield LifecycleSeen(
        model=model,
        name=model,
        quote=quotable(row.quote("model", key)),
        provider=announcer.provider,
        event=event,
        date=day,
    )
