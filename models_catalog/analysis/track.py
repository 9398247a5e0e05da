"""Trend, process interval and forecast of one scale, as one record: what is stored, and what pages read."""

from __future__ import annotations

from dataclasses import dataclass

from models_catalog.analysis.forecast import Forecast
from models_catalog.analysis.process import ProcessInterval
from models_catalog.analysis.trend import Trend


@dataclass(frozen=True, slots=True)
class Track:
    """Where the lag has been going, how sure it is as a process, and what is expected of it.

    `trend` and `process` are None exactly when `reason` says why; a forecast says so itself.
    """

    trend: Trend | None
    process: ProcessInterval | None
    forecasts: tuple[Forecast, ...]
    reason: str = ""
