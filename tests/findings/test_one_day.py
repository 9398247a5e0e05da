"""One day and method, one figure: the weekly row, the day's page, the API and the export say the same."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from django.test import Client

from models_catalog.analysis.drawn import OF_PAST
from models_catalog.findings.gap import gap_as_of, standing_gap
from models_catalog.findings.gap_series import gap_series
from models_catalog.findings.issued import issued_gap
from models_catalog.findings.moment import Moment
from models_catalog.findings.records import GapValue
from models_catalog.measure.history import history
from models_catalog.measure.issue import Question, freeze
from models_catalog.measure.scale import packed
from models_catalog.models import Fit, History
from models_catalog.vocabulary import Inputs, Method
from tests.charts.invented import AS_OF, POINTS
from tests.web.reading import page, text_of
from tests.web.stored import CAPTURED, World

pytestmark = pytest.mark.django_db
DRAWS = 300  # more than a past day is read with
SAID = ("value", "low", "high", "at_least", "n", "censored_share", "draws")


@pytest.fixture
def many_draws(stored: World) -> Fit:
    """The stored scale with more draws than a past day needs, its answer and its weeks."""
    fit = Fit.objects.get()
    levels = np.array([point.level for point in POINTS])
    fit.draws = packed(levels + np.random.default_rng(3).normal(0, 2, (DRAWS, len(POINTS))))
    fit.save()
    freeze(Question(Inputs.ALL, standing=True), fit, AS_OF, CAPTURED, CAPTURED)
    days = [AS_OF - timedelta(weeks=back) for back in (60, 30, 2, 1, 0)]
    named = [day.isoformat() for day in days]
    History.objects.create(fit=fit, days=named, series=history(fit, days), computed_at=CAPTURED)
    return fit


def of(values: tuple[GapValue, ...], method: Method) -> GapValue:
    return next(item for item in values if item.method is method and item.delta == 0)


@pytest.mark.parametrize("method", list(Method))
def test_a_week_says_what_its_day_says(many_draws: Fit, method: Method) -> None:
    series, newest = gap_series(method=method), standing_gap()
    assert series is not None
    assert newest is not None
    known = 0
    for point in series.points:
        gap = newest if point.day == newest.as_of else gap_as_of(point.day)
        assert gap is not None
        said = of(gap.results, method)
        assert {name: getattr(point, name) for name in SAID} == {name: getattr(said, name) for name in SAID}
        known += said.low is not None
    assert known or newest.headline.value is None
    assert of(newest.results, method).draws in (0, DRAWS)


def test_a_past_day_is_read_with_as_many_draws_on_any_weekday(many_draws: Fit) -> None:
    for before in (8, 9, 10):
        found = gap_as_of(AS_OF - timedelta(days=before))
        assert found is not None
        assert of(found.results, Method.POINT_GAP).draws == OF_PAST
    day, found = AS_OF - timedelta(days=8), gap_as_of(AS_OF - timedelta(days=8))
    assert found is not None
    assert issued_gap(Inputs.ALL, Moment(day)) == found
    asked = freeze(Question(Inputs.ALL, as_of=day), many_draws, day, CAPTURED, CAPTURED)
    mine = asked.results.get(method=Method.POINT_GAP)
    said = of(found.results, Method.POINT_GAP)
    digits = 5e-5  # a command's document is not rounded as a week's row is
    assert (mine.value, mine.low, mine.high) == pytest.approx((said.value, said.low, said.high), abs=digits)


def test_page_and_api_print_the_week_of_the_table(client: Client, many_draws: Fit) -> None:
    series = gap_series(method=Method.POINT_GAP)
    assert series is not None
    week = series.points[-2]
    address = f"method=point_gap&as_of={week.day}"
    [said] = client.get(f"/api/v1/gap?{address}").json()["results"]
    assert (said["low"], said["high"], said["draws"]) == (week.low, week.high, OF_PAST)
    rows = client.get("/api/v1/gap/series?method=point_gap&limit=100").json()["data"]
    assert {row["draws"] for row in rows} == {OF_PAST, DRAWS}
    assert f"from {OF_PAST} draws" in text_of(page(client, f"/gap/?{address}").select_one(".answer"))
