"""The claim ledger: verdicts from stored rows, and silence where nothing can tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.cache import cache

from models_catalog.findings.claims import claims, counted, last_flip, ledger
from models_catalog.findings.claims.lags import distance, lag_within, months, weeks, within
from models_catalog.findings.claims.makers import share_at_top, unmatched
from models_catalog.findings.claims.records import Verdict
from models_catalog.findings.gap import standing_gap
from models_catalog.findings.measured import SeriesPoint
from models_catalog.models import AIModel, Family, Fit, History
from tests.charts.invented import POINTS
from tests.web.stored import CAPTURED, World

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 5)


def week(
    value: float | None, low: float | None = None, high: float | None = None, **more: bool
) -> SeriesPoint:
    reason = "" if value is not None else "too few steps"
    return SeriesPoint(DAY, value, low, high, more.get("at_least", False), 9, 0.1, reason)


@pytest.mark.parametrize(
    ("point", "verdict"),
    [
        (week(5.7, 5.0, 7.1), Verdict.HOLDS),
        (week(6.9, 5.7, 8.0), Verdict.PARTLY),
        (week(9.0, 7.0, 11.0), Verdict.FAILS),
        (week(2.0, at_least=True), Verdict.FAILS),
        (week(None), Verdict.UNSETTLED),
    ],
)
def test_a_lag_is_judged_by_its_value_then_by_its_interval(point: SeriesPoint, verdict: Verdict) -> None:
    assert within(point, 3.0, 6.0).verdict is verdict


def test_the_newest_week_of_a_lag_claim_is_the_headline(stored: World) -> None:
    gap = standing_gap()
    assert gap is not None
    assert gap.headline.value is None  # refused: too few steps are invented
    other = [5.0, 4.0, 50.0, False, 9, 0.1, ""]
    days = [(gap.as_of - timedelta(days=7)).isoformat(), gap.as_of.isoformat()]
    History.objects.create(
        fit=Fit.objects.get(), days=days, series={"catch_up 0": [other, other]}, computed_at=CAPTURED
    )
    before, now = weeks()
    assert (before.value, before.high) == (5.0, 50.0)
    assert (now.value, now.reason) == (None, gap.headline.reason)
    assert lag_within(None, low=3.0, high=6.0).verdict is Verdict.UNSETTLED
    assert lag_within(before.day, low=3.0, high=6.0).verdict is Verdict.HOLDS


def test_every_claim_has_a_verdict_and_nothing_is_guessed_without_data() -> None:
    found = ledger()
    assert len(found) == len(claims()) > 25
    settled = {entry.claim.slug for entry in found if entry.now.verdict is not Verdict.UNSETTLED}
    assert settled == {"llama-350m-downloads"}
    assert all(entry.now.because for entry in found)
    assert sum(counted(found).values()) == len(found)


def test_claims_that_contradict_each_other_name_each_other() -> None:
    known = {claim.slug: claim for claim in claims()}
    pairs = [(claim.slug, other) for claim in known.values() for other in claim.contradicts]
    assert pairs
    assert all(one in known[other].contradicts for one, other in pairs)


def verdict_of(slug: str) -> Verdict:
    return next(entry.now.verdict for entry in ledger() if entry.claim.slug == slug)


def test_a_licence_with_a_cap_is_not_permissive_and_an_unknown_one_settles_nothing(stored: World) -> None:
    llama = Family.objects.create(slug="llama", name="Llama")
    AIModel.objects.filter(slug="birch-3").update(family=llama, tier="unknown")
    assert verdict_of("llama-licence-permissive") is Verdict.UNSETTLED
    AIModel.objects.filter(slug="birch-3").update(tier="open-weights-restricted")
    cache.clear()
    assert verdict_of("llama-licence-permissive") is Verdict.FAILS


def test_the_distance_needs_both_sides() -> None:
    assert distance([point for point in POINTS if point.access == "open"]) is None
    assert distance(POINTS) == pytest.approx(9.0)


def test_days_at_the_top_are_counted_until_somebody_is_better() -> None:
    start = min(point.released for point in POINTS)
    whole = share_at_top(
        sorted(POINTS, key=lambda p: p.released), POINTS[0].organization, start, start + timedelta(days=30)
    )
    assert whole == pytest.approx(1.0)
    assert share_at_top(POINTS, "somebody else", start, start + timedelta(days=30)) == 0


def test_a_model_matched_by_a_smaller_earlier_one_is_not_efficient() -> None:
    ordered = sorted(
        (point for point in POINTS if point.access == "open"), key=lambda p: (p.released, p.level)
    )
    first, later = ordered[0], ordered[-1]
    assert unmatched(first, 7, [(first, 7), (later, 7)])
    assert not unmatched(first, 7, [(first, 7), (replace(first, model="twin"), 3)])


def test_a_claim_without_a_series_has_no_flip() -> None:
    assert [last_flip(claim) for claim in claims() if claim.judge == "lag_within"] == [None, None]


def test_a_negative_value_has_a_minus_and_its_interval_no_dash() -> None:
    point = SeriesPoint(date(2026, 8, 22), 5.7, 5.2, 7.1, False, 12, None, "")
    assert months(point) == "5.7 months [5.2–7.1]"
    assert months(replace(point, value=-10.2, low=-20.2)) == "−10.2 months [−20.2 to 7.1]"
