"""What does a level of capability cost, open and closed, and how has that changed?

Prices are US dollars per million tokens, blended as (3 · input + output) / 4 (method.md), list prices of standard
requests. The *cheapest* price of a model is the lowest any host asks; the *guarded* one is the second lowest when
three or more hosts ask, so that one stray listing cannot set it. A price of zero says "free, subscription or
self-hosted", not what something costs, and is dropped. Every comparison is of models with a level and a price.

A price per token is not a price per answer: models that think longer use more tokens for one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import numpy as np

from models_catalog.analysis.records import Point
from models_catalog.vocabulary import Access

INPUT_WEIGHT, OUTPUT_WEIGHT = 3, 1
GUARDED_FROM = 3  # hosts
LEAST_HOSTS = 5  # for a spread between hosts


class Quote(NamedTuple):
    """One host's list price of one model, in force from `since` until (not on) `until`; None: still."""

    model: str
    host: str
    input: Decimal
    output: Decimal
    since: date
    until: date | None = None
    observation: int | None = None

    @property
    def blend(self) -> Decimal:
        return (INPUT_WEIGHT * self.input + OUTPUT_WEIGHT * self.output) / (INPUT_WEIGHT + OUTPUT_WEIGHT)


@dataclass(frozen=True, slots=True)
class PricedModel:
    """A model with a level and a price on one day; prices blended, $ per 1M tokens."""

    model: str
    access: Access
    level: float
    cheapest: Decimal
    guarded: Decimal
    hosts: int
    host: str  # of the guarded price
    observation: int | None  # behind the guarded price
    cheapest_observation: int | None = None  # behind the cheapest; None in studies that did not keep it


def in_force(quotes: Iterable[Quote], day: date) -> dict[str, list[Quote]]:
    """By model, each host's price on that day, cheapest first; zero prices are dropped.

    A host whose price several sources state counts once: with what began last, and of those the lowest.
    """
    lowest: defaultdict[str, dict[str, Quote]] = defaultdict(dict)
    for quote in quotes:
        if quote.blend <= 0 or quote.since > day or (quote.until is not None and quote.until <= day):
            continue
        known = lowest[quote.model].get(quote.host)
        if known is None or (-quote.since.toordinal(), quote.blend) < (-known.since.toordinal(), known.blend):
            lowest[quote.model][quote.host] = quote
    return {
        model: sorted(hosts.values(), key=lambda quote: (quote.blend, quote.host))
        for model, hosts in lowest.items()
    }


def guarded(ranked: Sequence[Quote]) -> Quote:
    """The quote that stands for a model: the second lowest of three or more hosts, else the lowest."""
    return ranked[1] if len(ranked) >= GUARDED_FROM else ranked[0]


def priced(points: Iterable[Point], quotes: Iterable[Quote], day: date) -> tuple[PricedModel, ...]:
    """Every open or closed model released by that day that has a price on it, best level first.

    Several points of one model (versions) count as its best one. Unknown access is on neither side.
    """
    prices, best = in_force(quotes, day), dict[str, Point]()
    for point in points:
        if point.released <= day and point.access is not Access.UNKNOWN and point.model in prices:
            known = best.get(point.model)
            if known is None or point.level > known.level:
                best[point.model] = point
    found = [_priced(point, prices[model]) for model, point in best.items()]
    return tuple(sorted(found, key=lambda model: (-model.level, model.model)))


def _priced(point: Point, ranked: Sequence[Quote]) -> PricedModel:
    chosen = guarded(ranked)
    return PricedModel(
        model=point.model,
        access=point.access,
        level=point.level,
        cheapest=ranked[0].blend,
        guarded=chosen.blend,
        hosts=len(ranked),
        host=chosen.host,
        observation=chosen.observation,
        cheapest_observation=ranked[0].observation,
    )


def of(models: Iterable[PricedModel], access: Access) -> list[PricedModel]:
    return [model for model in models if model.access is access]


def cheapest_to_reach(models: Iterable[PricedModel], level: float) -> PricedModel | None:
    """The model with the lowest guarded price among those at or above a level; None when there is none."""
    reaching = (model for model in models if model.level >= level)
    return min(reaching, key=lambda model: (model.guarded, -model.level, model.model), default=None)


def pareto(models: Iterable[PricedModel]) -> tuple[PricedModel, ...]:
    """Models that no other beats in level at the same or a lower guarded price, cheapest first."""
    best, frontier = -np.inf, list[PricedModel]()
    for model in sorted(models, key=lambda model: (model.guarded, -model.level, model.model)):
        if model.level > best:
            best = model.level
            frontier.append(model)
    return tuple(frontier)


class PathPoint(NamedTuple):
    """The cheapest guarded way to reach a level on one day, per side; None when no side's model does."""

    day: date
    open: PricedModel | None
    closed: PricedModel | None


def price_path(
    points: Sequence[Point], quotes: Sequence[Quote], level: float, days: Iterable[date]
) -> tuple[PathPoint, ...]:
    """What reaching a level cost, day by day."""
    return tuple(path_point(priced(points, quotes, day), level, day) for day in days)


def path_point(models: Sequence[PricedModel], level: float, day: date) -> PathPoint:
    sides = (cheapest_to_reach(of(models, access), level) for access in (Access.OPEN, Access.CLOSED))
    return PathPoint(day, *sides)


@dataclass(frozen=True, slots=True)
class Fall:
    """How fast a price fell: the share lost per year, by a log-linear line through the path's days.

    `per_year` 0.6 means 60 % cheaper after a year; negative means dearer. None exactly when `reason` says why.
    """

    per_year: float | None
    first: Decimal | None
    last: Decimal | None
    since: date | None
    until: date | None
    n: int  # days of the path that carry a price
    reason: str = ""


LEAST_DAYS, LEAST_MONTHS = 6, 6.0


def fall_per_year(series: Sequence[tuple[date, Decimal]]) -> Fall:
    """Fit log price against time. Needs six dated prices over half a year."""
    if not series:
        return Fall(None, None, None, None, None, 0, "no model reaches this level at a listed price")
    days, prices = [day for day, _ in series], [price for _, price in series]
    years = np.array([(day - days[0]).days / 365.25 for day in days])
    ends = (prices[0], prices[-1], days[0], days[-1], len(series))
    if len(series) < LEAST_DAYS or years[-1] * 12 < LEAST_MONTHS:
        months = years[-1] * 12
        reason = f"half a year of prices is needed, and there are {months:.0f} months"
        return Fall(None, *ends, reason)
    slope = float(np.polyfit(years, np.log([float(price) for price in prices]), 1)[0])
    return Fall(float(1 - np.exp(slope)), *ends)


@dataclass(frozen=True, slots=True)
class HostSpread:
    """How far apart hosts' prices of one model are: the 90th over the 10th percentile."""

    model: str
    hosts: int
    low: Decimal
    high: Decimal
    ratio: float


def host_spreads(quotes: Iterable[Quote], models: Iterable[str], day: date) -> tuple[HostSpread, ...]:
    """One line per model with at least five hosts on that day, most hosts first."""
    ranked = in_force(quotes, day)
    found = [_spread(model, ranked[model]) for model in models if len(ranked.get(model, ())) >= LEAST_HOSTS]
    return tuple(sorted(found, key=lambda spread: (-spread.hosts, spread.model)))


def _spread(model: str, ranked: Sequence[Quote]) -> HostSpread:
    blends = np.array([float(quote.blend) for quote in ranked])
    low, high = np.quantile(blends, [0.1, 0.9])
    return HostSpread(model, len(ranked), ranked[0].blend, ranked[-1].blend, float(high / low))
