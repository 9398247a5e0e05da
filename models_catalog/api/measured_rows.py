"""The shapes of the gap in parts, by week and step by step; of the Arena; of published figures."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Schema

from models_catalog.api.schemas import FrontierPointOut, GapValueOut, Meta, Row
from models_catalog.vocabulary import Access, Inputs, Method


class GapPartOut(Row):
    """One part of the scores, or the whole index with one decision taken otherwise; `reason`: why without figures."""

    part: str
    key: str
    label: str
    as_of: date | None
    vintage: datetime | None
    models: int
    open_models: int
    closed_models: int
    benchmarks: int
    level_unit: str
    values: list[GapValueOut]
    best_open: FrontierPointOut | None
    best_closed: FrontierPointOut | None
    reason: str


class SeriesPointOut(Row):
    """A figure as of one day, through the scores of one vintage; in `unit`."""

    day: date
    value: float | None
    low: float | None
    high: float | None
    at_least: bool
    unit: str
    n: int
    censored_share: float | None
    draws: int
    reason: str


class StepOut(Row):
    """One step of one side's frontier; `months` until open matched it, or since closed had been there."""

    access: Access
    point: FrontierPointOut
    rise: float | None
    other: FrontierPointOut | None
    months: float | None
    at_least: bool
    reason: str


class ArenaModelOut(Schema):
    model: str
    name: str
    rating: float
    low: float | None
    high: float | None
    observation: int


class ArenaDayOut(Row):
    """Best closed against best open on one table, in Elo points; ratings compare inside one table only."""

    day: date
    scale: str
    best_closed: ArenaModelOut
    best_open: ArenaModelOut
    elo: float
    unit: str
    win_rate: float
    models: int
    unknown: int


class List(Schema):
    next: str | None
    meta: Meta


class GapPartList(List):
    data: list[GapPartOut]


class SeriesList(List):
    data: list[SeriesPointOut]


class StepList(List):
    data: list[StepOut]


class ArenaList(List):
    data: list[ArenaDayOut]


class PublishedOut(Row):
    """A figure somebody published, and ours of the definition that comes closest (`ours` null: see `reason`)."""

    who: str
    published: str
    definition: str
    figure: str
    primary: bool
    method: Method | None
    inputs: Inputs | None
    part: str
    day: date
    ours: float | None
    low: float | None
    high: float | None
    unit: str
    reason: str


class PublishedList(List):
    data: list[PublishedOut]
