"""The trend of the lag, its interval as a process and a forecast, for one standing answer; worked out once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
from django.conf import settings

from models_catalog.analysis.forecast import forecast, monthly
from models_catalog.analysis.frontier import Frontiers, Roster
from models_catalog.analysis.process import process_interval
from models_catalog.analysis.records import Insufficient, Point
from models_catalog.analysis.track import Track
from models_catalog.analysis.trend import RULE, Rule, find_trend
from models_catalog.analysis.worlds import Blueprint
from models_catalog.measure.frozen import Basis, stored
from models_catalog.models import Issue, Study
from models_catalog.vocabulary import Method

TRACK_VERSION = "4"  # 4: worlds drawn from the scale's own draws, each side as high as its records (rule 2)
FORECAST_SINCE = date(2023, 1, 1)
FORECAST_METHODS = (Method.PARITY_AGE, Method.POINT_GAP)  # the catch-up median of all years hardly moves

Watch = Callable[[int], None]


def track_basis(issue: Issue) -> Basis:
    return Basis.of(issue, Study.Subject.TREND, TRACK_VERSION, issue.fit.method_version, settled_rule())


def settled_rule() -> Rule:
    """The rule that was fixed, with fewer worlds only where this installation asks for fewer draws, too."""
    return replace(RULE, worlds=min(RULE.worlds, settings.OPENGAP_BOOTSTRAP_DRAWS - 1))


def stored_track(issue: Issue, watch: Watch | None = None) -> Study:
    """The study of a standing answer: minutes of work when its inputs are new."""
    return stored(track_basis(issue), Track, lambda: find_track(issue, settled_rule(), watch))


def find_track(issue: Issue, rule: Rule, watch: Watch | None = None) -> Track:
    """Trend, process interval and forecasts; what cannot be had says why."""
    points = issue.fit.placed_points()
    sides = frontiers(points, issue.as_of)
    forecasts = tuple(forecast(method, monthly(method, sides, FORECAST_SINCE)) for method in FORECAST_METHODS)
    try:
        blueprint = blueprint_of(issue)
        trend, simulated = find_trend(blueprint, rule=rule, progress=watch)
        process = process_interval(simulated.planted, simulated.catch_up)
    except Insufficient as refusal:
        return Track(None, None, forecasts, refusal.reason)
    return Track(trend, process, forecasts)


def frontiers(points: Sequence[Point], as_of: date) -> Frontiers:
    return Roster.of(points, as_of).frontiers(np.array([point.level for point in points]))


def blueprint_of(issue: Issue) -> Blueprint:
    """What the answer's worlds are drawn from: its levels, and the draws behind their intervals.

    Insufficient when a side has too few records, or nobody states an error of these levels.
    """
    return Blueprint.of(issue.fit.placed_points(), issue.fit.drawn_levels(), issue.as_of)
