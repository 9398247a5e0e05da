"""How much cheaper is open? Every common form of the question, side by side, because they disagree.

"90 % cheaper" compares the best of either side; the cheapest closed model that does the same job tells another
story. A saving is 1 − open price / closed price: 0.9 means 90 % cheaper, negative means that open is dearer.
Prices are blended $ per 1M tokens; guarded ones decide, the lowest ones stand beside them (see `prices`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

import numpy as np

from models_catalog.analysis.prices import PricedModel, cheapest_to_reach, of
from models_catalog.vocabulary import Access

NEAR = 2.0  # points: "within two points" of the best open model
EQUAL = 1.0  # points: models this close count as equally capable
TOP = 15.0  # points below the best open model: how far down pairs of equals are looked for
LEAST_PAIRS = 4
BELOW_BEST = (0.0, 5.0, 10.0)  # points below the best open model: levels at which the cheapest are compared


class Form(StrEnum):
    """Which models are compared."""

    BEST = "best open against best closed"
    EQUAL = "equally capable pairs"
    CHEAPEST = "cheapest open against cheapest closed that reach a level"
    NEAR_BEST = "best open against the cheapest closed within two points of it"


@dataclass(frozen=True, slots=True)
class Saving:
    """One form of the saving. `saving` is None exactly when `reason` says why.

    `low` and `high` are the quartiles of the pairs where the form takes many, else None.
    """

    form: Form
    level: float | None  # that has to be reached, where the form has one
    saving: float | None  # guarded prices
    saving_lowest: float | None  # lowest prices
    open: PricedModel | None
    closed: PricedModel | None
    n: int  # pairs compared
    low: float | None = None
    high: float | None = None
    reason: str = ""


def savings(models: Sequence[PricedModel]) -> tuple[Saving, ...]:
    """All forms, from models of one day."""
    opened, closed = of(models, Access.OPEN), of(models, Access.CLOSED)
    if not (opened and closed):
        side = "closed" if opened else "open"
        return tuple(_none(form, None, f"no {side} model has both a level and a price") for form in Form)
    best_open = max(opened, key=lambda model: (model.level, -model.guarded))
    return tuple(_all_forms(best_open, opened, closed))


def _all_forms(
    best: PricedModel, opened: Sequence[PricedModel], closed: Sequence[PricedModel]
) -> Iterator[Saving]:
    yield _pair(Form.BEST, None, best, max(closed, key=lambda model: (model.level, -model.guarded)))
    yield _equals(best, opened, closed)
    for below in BELOW_BEST:
        level = best.level - below
        yield _reaching(level, opened, closed)
    nearest = cheapest_to_reach(closed, best.level - NEAR)
    if nearest is None:
        yield _none(Form.NEAR_BEST, best.level - NEAR, "no closed model with a price is within two points")
    else:
        yield _pair(Form.NEAR_BEST, best.level - NEAR, best, nearest)


def _reaching(level: float, opened: Sequence[PricedModel], closed: Sequence[PricedModel]) -> Saving:
    cheap_open, cheap_closed = cheapest_to_reach(opened, level), cheapest_to_reach(closed, level)
    if cheap_open is None or cheap_closed is None:
        side = "open" if cheap_open is None else "closed"
        return _none(Form.CHEAPEST, level, f"no {side} model with a price reaches this level")
    return _pair(Form.CHEAPEST, level, cheap_open, cheap_closed)


def _pair(form: Form, level: float | None, opened: PricedModel, closed: PricedModel) -> Saving:
    return Saving(
        form=form,
        level=level,
        saving=saved(opened.guarded, closed.guarded),
        saving_lowest=saved(opened.cheapest, closed.cheapest),
        open=opened,
        closed=closed,
        n=1,
    )


def _equals(best: PricedModel, opened: Sequence[PricedModel], closed: Sequence[PricedModel]) -> Saving:
    """The median over open models near the top, each against the closed model nearest to it in level."""
    pairs = near_pairs(best, opened, closed)
    if len(pairs) < LEAST_PAIRS:
        return _none(Form.EQUAL, None, f"{LEAST_PAIRS} pairs are needed, and there are {len(pairs)}")
    guarded = [saved(model.guarded, near.guarded) for model, near in pairs]
    lowest = [saved(model.cheapest, near.cheapest) for model, near in pairs]
    low, middle, high = (float(side) for side in np.quantile(guarded, [0.25, 0.5, 0.75]))
    return Saving(Form.EQUAL, None, middle, float(np.median(lowest)), None, None, len(pairs), low, high)


def near_pairs(
    best: PricedModel, opened: Sequence[PricedModel], closed: Sequence[PricedModel]
) -> list[tuple[PricedModel, PricedModel]]:
    return [
        (model, near)
        for model in opened
        if model.level >= best.level - TOP
        and abs((near := min(closed, key=lambda other: abs(other.level - model.level))).level - model.level)
        <= EQUAL
    ]


def equal_pairs(models: Sequence[PricedModel]) -> list[tuple[PricedModel, PricedModel]]:
    """The open and closed models that the median saving of equals is taken over; empty where it has none."""
    opened, closed = of(models, Access.OPEN), of(models, Access.CLOSED)
    if not (opened and closed):
        return []
    best = max(opened, key=lambda model: (model.level, -model.guarded))
    pairs = near_pairs(best, opened, closed)
    return pairs if len(pairs) >= LEAST_PAIRS else []


def saved(opened: Decimal, closed: Decimal) -> float:
    """The share of the closed price that the open one saves; negative when open is dearer."""
    return float(1 - opened / closed)


def _none(form: Form, level: float | None, reason: str) -> Saving:
    return Saving(form, level, None, None, None, None, 0, reason=reason)
