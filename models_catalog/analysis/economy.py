"""Everything about prices that is found in one go, as one record: what is stored, and what pages read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from models_catalog.analysis.prices import (
    Fall,
    HostSpread,
    PathPoint,
    PricedModel,
    Quote,
    fall_per_year,
    host_spreads,
    of,
    pareto,
    price_path,
    priced,
)
from models_catalog.analysis.records import Point
from models_catalog.analysis.savings import Saving, savings
from models_catalog.vocabulary import Access

LEVELS = (130.0, 140.0, 145.0, 150.0, 155.0)  # index points; 130 is Claude 3.5 Sonnet, 150 is GPT-5


@dataclass(frozen=True, slots=True)
class LevelPath:
    """What reaching one level cost, month by month, and how fast that fell on either side."""

    level: float
    points: tuple[PathPoint, ...]
    open_fall: Fall
    closed_fall: Fall


@dataclass(frozen=True, slots=True)
class TaskCost:
    """What one run of a benchmark cost, as its leaderboard states it, in US dollars."""

    model: str
    access: Access
    source: str
    benchmark: str
    settings: str
    score: Decimal
    unit: str
    cost: Decimal
    tasks: int  # in the run
    per_task: Decimal
    observation: int


@dataclass(frozen=True, slots=True)
class PriceStudy:
    """Prices on one day and the way there. Blended $ per 1M tokens throughout (see `prices`)."""

    day: date
    models: tuple[PricedModel, ...]  # with a level and a price, best level first
    pareto: tuple[str, ...]  # the models no other beats in level at the same or a lower price, cheapest first
    savings: tuple[Saving, ...]
    paths: tuple[LevelPath, ...]
    spreads: tuple[HostSpread, ...]  # open models with five hosts or more
    tasks: tuple[TaskCost, ...]
    begins: dict[str, date]  # source -> first day of its prices: a break in every series
    offers: int  # (model, host) pairs behind all of it


def study_prices(
    points: Sequence[Point],
    quotes: Sequence[Quote],
    *,
    day: date,
    begins: dict[str, date],
    tasks: Sequence[TaskCost] = (),
) -> PriceStudy:
    """`points` carry page slugs as models. Paths run monthly from the first price to `day`."""
    models = priced(points, quotes, day)
    days = month_days(min((quote.since for quote in quotes), default=day), day)
    return PriceStudy(
        day=day,
        models=models,
        pareto=tuple(model.model for model in pareto(models)),
        savings=savings(models),
        paths=tuple(_path(points, quotes, level, days) for level in LEVELS),
        spreads=host_spreads(quotes, [model.model for model in of(models, Access.OPEN)], day),
        tasks=tuple(tasks),
        begins=begins,
        offers=len({(quote.model, quote.host) for quote in quotes}),
    )


def month_days(first: date, last: date) -> tuple[date, ...]:
    """The first of every month after `first`, then `last` itself."""
    days, day = list[date](), first
    while (day := (day.replace(day=1) + timedelta(days=32)).replace(day=1)) < last:
        days.append(day)
    return (*days, last)


def _path(points: Sequence[Point], quotes: Sequence[Quote], level: float, days: Sequence[date]) -> LevelPath:
    path = price_path(points, quotes, level, days)
    opened = [(point.day, point.open.guarded) for point in path if point.open]
    closed = [(point.day, point.closed.guarded) for point in path if point.closed]
    return LevelPath(level, path, fall_per_year(opened), fall_per_year(closed))
