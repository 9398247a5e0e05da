"""A figure beside itself four weeks before."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from models_catalog.charts.changed import changed, changes_of, lag_change
from models_catalog.findings.measured import GapSeries, SeriesPoint
from models_catalog.vocabulary import Access, Cut, Inputs, Method
from tests.charts.invented import AS_OF, POINTS, point
from tests.charts.invented import gap as invented_gap

SINCE = date(2026, 2, 1)  # four weeks before AS_OF


def week(day: date, value: float | None, *, at_least: bool = False) -> SeriesPoint:
    return SeriesPoint(day, value, None, None, at_least, 9, 0.1, "")


def series(*points: SeriesPoint) -> GapSeries:
    return GapSeries(
        inputs=Inputs.ALL,
        cut=Cut.INDEX,
        key="",
        label="",
        method=Method.CATCH_UP,
        delta=0,
        unit="months",
        level_unit="points",
        points=points,
        as_of=AS_OF,
        vintage=datetime(2026, 3, 1, tzinfo=UTC),
        method_version="3",
        interval_level=0.9,
        draws=100,
        credits=(),
    )


@pytest.mark.parametrize(
    ("now", "then", "said"),
    [
        (4.1, 8.7, "−4.6 points since 1 Feb 2026"),
        (8.7, 4.1, "+4.6 points since 1 Feb 2026"),
        (7.62, 7.66, "changed by less than 0.1 points since 1 Feb 2026"),
        (7.62, 7.62, "unchanged since 1 Feb 2026"),
    ],
)
def test_a_change_is_signed_with_unit_and_since_when(now: float, then: float, said: str) -> None:
    assert changed(now, then, "points", SINCE).words == said


def test_the_best_of_a_side_says_whom_it_followed() -> None:
    gap = invented_gap()
    still = changes_of(gap, None)
    assert still.open is not None
    assert still.open.words == "the same model as on 1 Feb 2026"
    assert still.points is not None
    assert still.points.words == "unchanged since 1 Feb 2026"
    assert still.lag is None
    new = point("Birch 4", date(2026, 2, 15), 148.0, Access.OPEN)
    moved = changes_of(invented_gap((*POINTS, new)), None)
    assert moved.open is not None
    assert moved.open.words == "+7.0 points since 1 Feb 2026, when it was Birch 3"
    assert moved.points is not None
    assert moved.points.words == "−7.0 points since 1 Feb 2026"


def test_the_lag_is_set_beside_the_newest_week_four_weeks_back() -> None:
    gap = invented_gap()
    now = gap.headline.value
    assert now is not None
    found = lag_change(
        gap, series(week(date(2026, 1, 19), 99), week(date(2026, 1, 26), now + 1), week(AS_OF, now))
    )
    assert found is not None
    assert found.words == "−1.0 months since 26 Jan 2026"
    assert found.since == date(2026, 1, 26)


def test_nothing_is_said_of_bounds_and_of_weeks_without_evidence() -> None:
    gap = invented_gap()
    assert lag_change(gap, series(week(SINCE, 5, at_least=True))) is None
    assert lag_change(gap, series(week(SINCE, None))) is None
    assert lag_change(gap, series(week(AS_OF, 5))) is None
