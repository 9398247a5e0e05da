"""What stands beside the headline: by part of the scores, with decisions changed, by week; stored and found again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from models_catalog.analysis.reasons import NO_CLOSED, NO_ERRORS, NOTHING_COUNTS
from models_catalog.analysis.records import Insufficient
from models_catalog.findings.gap import gap_as_of, standing_gap
from models_catalog.findings.gap_series import frontier_steps, gap_series
from models_catalog.findings.gap_tables import (
    gap_by_benchmark,
    gap_by_domain,
    gap_by_split,
    gap_sensitivities,
)
from models_catalog.findings.published import published_figures
from models_catalog.measure import history
from models_catalog.measure.cuts import Part
from models_catalog.measure.issue import Question, issue
from models_catalog.measure.standing import alone, compute_details, compute_standing, is_detailed
from models_catalog.models import Fit, History, Issue, Refusal
from models_catalog.models.knowledge import now_known
from models_catalog.vocabulary import Access, Cut, Inputs, Method, Split
from tests.ingest.invented import on
from tests.measure.invented import changed, measure, measure_elsewhere, publish

pytestmark = pytest.mark.django_db
CODING = Part(Cut.DOMAIN, "coding")
GPQA = Part(Cut.BENCHMARK, "gpqa-diamond")


@pytest.fixture
def detailed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """A quarter stands for a week, and four draws for a thousand: the same, sooner."""
    monkeypatch.setattr(history, "WEEK", timedelta(days=91))
    settings.OPENGAP_BOOTSTRAP_DRAWS = 4
    publish(tmp_path, on(5))
    measure(tmp_path, on(6))
    measure_elsewhere(tmp_path, on(7))
    compute_standing()
    compute_details()


@pytest.mark.usefixtures("detailed")
def test_every_part_has_a_row_with_nine_figures_or_their_reason() -> None:
    domains, halves = gap_by_domain(), gap_by_split()
    assert domains
    assert halves
    assert (len(domains.rows), {row.key for row in halves.rows}) == (10, set(Split))
    for row in (*domains.rows, *halves.rows):
        assert len(row.values) == 9
        assert all(value.value is not None or value.reason for value in row.values)
    coding = next(row for row in domains.rows if row.key == "coding")
    assert (coding.value(Method.CATCH_UP).value, coding.benchmarks > 2) != (None, False)
    assert {value.draws for value in coding.values} <= {0, 4}
    assert coding.value(Method.CATCH_UP).draws == 4
    assert coding.best_open
    assert coding.best_open.name == "Birch 6"
    safety = next(row for row in domains.rows if row.key == "safety")
    assert safety.reason == NOTHING_COUNTS
    assert {value.value for value in safety.values} == {None}


@pytest.mark.usefixtures("detailed")
def test_a_benchmarks_own_scale_is_its_score_and_has_no_invented_interval() -> None:
    gap = standing_gap(Inputs.ALL, GPQA.cut, GPQA.key)
    assert gap
    assert gap.frontier.level_unit == "percentage points"
    assert gap.headline.value is not None
    assert (gap.headline.low, gap.headline.high, gap.headline.draws) == (None, None, 0)
    assert gap.headline.reason == NO_ERRORS
    table = gap_by_benchmark()
    assert table
    assert "gpqa-diamond" in {row.key for row in table.rows}


@pytest.mark.usefixtures("detailed")
def test_a_decision_changed_is_an_answer_on_the_same_scale() -> None:
    table = gap_sensitivities()
    assert table
    assert table.rows[0].label == "As defined"
    by_key = {row.key: row for row in table.rows}
    unknown_open = by_key["unknown-open"].value(Method.POINT_GAP).value
    assert unknown_open is not None
    assert unknown_open < 0  # Cedar 1 would lead
    assert "without-lab:Birch Lab" in by_key
    assert Issue.objects.exclude(sensitivity="").values("fit").distinct().count() == 3


@pytest.mark.usefixtures("detailed")
def test_the_last_week_of_the_series_is_the_standing_figure_and_earlier_ones_that_of_their_day() -> None:
    series, gap = gap_series(Inputs.EPOCH), standing_gap(Inputs.EPOCH)
    assert series
    assert gap
    assert (series.points[0].day, series.points[-1].day, series.draws) == (date(2023, 1, 2), gap.as_of, 4)
    assert series.points[-1].value == pytest.approx(gap.headline.value, abs=1e-3)
    middle = series.points[len(series.points) * 3 // 4]
    then = gap_as_of(middle.day, Inputs.EPOCH)
    assert then
    assert middle.value == pytest.approx(then.headline.value, abs=1e-3)
    early = series.points[0]
    assert (early.value, early.reason) == (None, NO_CLOSED)


@pytest.mark.usefixtures("detailed")
def test_computing_again_without_news_makes_nothing_new() -> None:
    before = (Fit.objects.count(), Issue.objects.count(), History.objects.count(), Refusal.objects.count())
    assert is_detailed()
    compute_details()
    after = (Fit.objects.count(), Issue.objects.count(), History.objects.count(), Refusal.objects.count())
    assert after == before


@pytest.mark.usefixtures("detailed")
def test_an_issued_figure_of_a_part_can_be_made_again_after_a_later_collection(tmp_path: Path) -> None:
    then = now_known()
    first = issue(Question(Inputs.ALL, known_at=then, part=CODING))
    measure(tmp_path, on(9), changed("Birch 6", level=155.0))
    later = issue(Question(Inputs.ALL, part=CODING))
    Issue.objects.filter(fit=first.fit).update(known_at=on(5).replace(year=2090))  # as if never issued
    again = issue(Question(Inputs.ALL, known_at=then, part=CODING))
    assert again.pk != first.pk
    assert figures(again) == figures(first)
    assert figures(later) != figures(first)


def figures(row: Issue) -> list[tuple[object, ...]]:
    rows = row.results.order_by("method", "delta")
    return list(rows.values_list("method", "delta", "value", "low", "high"))


@pytest.mark.usefixtures("detailed")
def test_each_closed_step_names_the_open_model_that_matched_it_and_its_sources() -> None:
    gap = standing_gap(Inputs.EPOCH)
    assert gap
    steps = {step.point.name: step for step in frontier_steps(gap, Access.CLOSED)}
    assert steps["Amber 1"].other
    assert steps["Amber 1"].other.name == "Birch 2"
    assert steps["Amber 1"].months == pytest.approx(13.2, abs=0.1)
    assert steps["Amber 1"].point.sources == ("epoch",)
    assert (steps["Amber 5"].at_least, steps["Amber 5"].other) == (True, None)
    opened = frontier_steps(gap, Access.OPEN)
    assert [step.point.name for step in opened][-1] == "Birch 6"


def test_a_part_of_epochs_published_index_is_refused(tmp_path: Path) -> None:
    publish(tmp_path, on(5))
    with pytest.raises(Insufficient, match="publishes one index"):
        issue(Question(Inputs.EPOCH, part=CODING))


def test_before_anything_is_computed_there_are_no_tables_and_published_figures_stand_alone() -> None:
    assert (gap_by_domain(), gap_by_benchmark(), gap_series()) == (None, None, None)
    found = published_figures()
    assert {item.who for item in found} >= {"Epoch AI", "Ihle"}
    assert all(item.ours is None and item.reason for item in found)


@pytest.mark.usefixtures("detailed")
def test_an_earlier_day_has_no_interval_and_says_so() -> None:
    table = gap_by_domain(as_of=date(2025, 9, 1))
    assert table
    coding = next(row for row in table.rows if row.key == "coding")
    assert coding.as_of == date(2025, 9, 1)
    point_gap = coding.value(Method.POINT_GAP)
    assert point_gap.value is not None
    assert (point_gap.low, point_gap.reason) == (None, "no interval: it is computed for the newest day only")
    assert replace(coding, values=()).best_open is not None


def test_two_at_once_would_do_the_same_work_twice() -> None:
    with alone() as first:
        assert first
    with alone() as second:
        assert second
