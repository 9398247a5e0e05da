"""Where will a figure be in one to six months, and how wrong was the same rule before?

Half the last value, half the mean of the last twelve months. A straight line through the past lost against it
in the backtest, so lines are not drawn, and no date of parity is given. The bands are the errors the same rule
made at the same distance on the same series: nothing is assumed about their shape. More than six months ahead
there is no forecast, and none at all where "it stays as it is" was closer, three months ahead, in the same backtest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

from models_catalog.analysis.frontier import Frontiers, Staircase
from models_catalog.analysis.lag import READERS
from models_catalog.analysis.records import DAYS_PER_MONTH, Floats
from models_catalog.vocabulary import Method

AHEAD = 6  # months, at most
MEMORY = 12  # months behind the mean
JUDGED = 3  # months ahead, where the rule must not lose against "unchanged"
LEAST_TRIALS = 12  # past forecasts at one distance, before an error band is given
BAND = 0.80  # what so few, overlapping errors can carry


class Step(NamedTuple):
    """The figure expected so many months ahead, and the band of past errors around it."""

    months: int
    value: float
    low: float
    high: float
    trials: int  # past forecasts behind the band


@dataclass(frozen=True, slots=True)
class Forecast:
    """`steps` is empty exactly when `reason` says why. Errors are mean absolute, three months ahead."""

    method: Method
    unit: str
    last: float | None
    steps: tuple[Step, ...]
    error: float | None  # of this rule
    error_unchanged: float | None  # of "it stays as it is"
    error_line: float | None  # of a straight line through the last twelve months
    months: int  # of history
    reason: str = ""


def monthly(method: Method, sides: Frontiers, since: date, delta: float = 0.0) -> Floats:
    """A method's figure as of every month since then, the last one as of the day asked; NaN where there is none.

    Censored readings are no values. Levels are those of the scale as it is now: only the models differ.
    """
    count = int((sides.today - since.toordinal()) / DAYS_PER_MONTH)
    days = sides.today - DAYS_PER_MONTH * np.arange(count, -1, -1)
    return np.array([_value(method, _as_of(sides, day), delta) for day in days])


def _as_of(sides: Frontiers, day: float) -> Frontiers:
    return Frontiers(_until(sides.closed, day), _until(sides.open, day), day)


def _until(side: Staircase, day: float) -> Staircase:
    known = side.days <= day
    return Staircase(side.days[known], side.levels[known])


def _value(method: Method, sides: Frontiers, delta: float) -> float:
    found = READERS[method](sides, delta)
    return found.least if found.least == found.most and np.isfinite(found.least) else np.nan


def expected(series: Floats) -> float:
    """Half the last value, half the mean of the last twelve months."""
    return float(0.5 * series[-1] + 0.5 * series[-MEMORY:].mean())


def line(series: Floats, ahead: int) -> float:
    """A straight line through the last twelve months, continued: the rule that lost."""
    at = np.arange(MEMORY)
    slope, level = np.polyfit(at, series[-MEMORY:], 1)
    return float(level + slope * (MEMORY - 1 + ahead))


def forecast(method: Method, series: Floats) -> Forecast:
    """Up to six months ahead, from the months without a hole up to now."""
    unit = "points" if method is Method.POINT_GAP else "months"
    whole = _unbroken(series)
    if not len(whole):
        return Forecast(method, unit, None, (), None, None, None, 0, "there is no figure now to start from")
    errors = {ahead: _errors(whole, ahead) for ahead in range(1, AHEAD + 1)}
    steps = tuple(_step(whole, ahead, found) for ahead, found in errors.items() if len(found) >= LEAST_TRIALS)
    ours, unchanged, straight = (_mean(errors[JUDGED][:, rule]) for rule in range(3))
    reason = _refusal(len(whole), bool(steps), ours, unchanged, unit)
    return Forecast(
        method=method,
        unit=unit,
        last=float(whole[-1]),
        steps=() if reason else steps,
        error=ours,
        error_unchanged=unchanged,
        error_line=straight,
        months=len(whole),
        reason=reason,
    )


def _refusal(months: int, enough: bool, ours: float | None, unchanged: float | None, unit: str) -> str:
    """Why nothing is forecast; "" when something is."""
    if not enough:
        return f"{MEMORY + 1 + LEAST_TRIALS} months of history are needed, and there are {months}"
    if ours is None or unchanged is None or ours <= unchanged:
        return ""
    return (
        f"no forecast is supported: three months ahead the rule missed by {ours:.2f} {unit} on average, "
        f'and "it stays as it is" by {unchanged:.2f}'
    )


def _unbroken(series: Floats) -> Floats:
    holes = np.flatnonzero(~np.isfinite(series))
    return series[holes[-1] + 1 :] if len(holes) else series


def _errors(series: Floats, ahead: int) -> Floats:
    """What came minus what was expected, at every past month: trials × (this rule, unchanged, line)."""
    origins = range(MEMORY, len(series) - ahead + 1)
    rows = [
        (
            series[end + ahead - 1] - expected(series[:end]),
            series[end + ahead - 1] - series[end - 1],
            series[end + ahead - 1] - line(series[:end], ahead),
        )
        for end in origins
    ]
    return np.array(rows, dtype=np.float64).reshape(-1, 3)


def _step(series: Floats, ahead: int, errors: Floats) -> Step:
    value = expected(series)
    low, high = np.quantile(errors[:, 0], [(1 - BAND) / 2, (1 + BAND) / 2])
    return Step(ahead, value, value + float(min(low, 0.0)), value + float(max(high, 0.0)), len(errors))


def _mean(errors: Floats) -> float | None:
    return float(np.abs(errors).mean()) if len(errors) else None
