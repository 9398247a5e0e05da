"""Questions and frozen answers: which inputs, known when, captured by when, as of which day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from models_catalog.analysis.records import Insufficient
from models_catalog.measure import scale
from models_catalog.measure.issue import Question, issue
from models_catalog.measure.version import METHOD_VERSION
from models_catalog.models import Fit, Issue, Result
from models_catalog.models.knowledge import now_known
from models_catalog.vocabulary import Inputs, Method
from tests.ingest.invented import on, take
from tests.measure.invented import CLOSED, ENTRIES, OPEN, changed, measure, publish, version

pytestmark = pytest.mark.django_db

EPOCH = Inputs.EPOCH
NEXT = (*ENTRIES, version("Birch 6", name="Birch 7", level=151.0))


def known() -> datetime:
    """The newest commit: what everything known now means."""
    stamp = now_known()
    assert stamp is not None
    return stamp


def figures(row: Issue) -> list[tuple[Any, ...]]:
    """Method, tolerance and figure with its interval."""
    rows = row.results.order_by("method", "delta")
    return list(rows.values_list("method", "delta", "value", "low", "high", "n"))


def figure(row: Issue, method: Method, delta: float = 0.0) -> Result:
    return row.results.get(method=method, delta=delta)


def refused(question: Question) -> str:
    with pytest.raises(Insufficient) as refusal:
        issue(question)
    return refusal.value.reason


def test_the_day_is_that_of_the_newest_capture_with_changed_content_and_never_today(tmp_path: Path) -> None:
    publish(tmp_path, on(5))
    publish(tmp_path, on(9))  # the same content
    take(tmp_path, [{"name": "elsewhere", "score": 4}], on(20))  # not among these inputs
    row = issue(Question(EPOCH))
    assert (row.as_of, row.vintage) == (date(2026, 1, 5), on(5))


def test_the_same_question_gives_the_very_same_answer(tmp_path: Path) -> None:
    publish(tmp_path, on(5))
    first = issue(Question(EPOCH))
    second = issue(Question(EPOCH))
    assert second == first
    assert (Fit.objects.count(), Issue.objects.count()) == (1, 1)
    assert second.issued_at == first.issued_at


def test_another_tolerance_is_another_answer_on_the_same_scale(tmp_path: Path) -> None:
    publish(tmp_path, on(5))
    first = issue(Question(EPOCH))
    other = issue(Question(EPOCH, deltas=(0.0, 1.0)))
    assert other.pk != first.pk
    assert other.fit_id == first.fit_id
    assert figure(other, Method.CATCH_UP).value == figure(first, Method.CATCH_UP).value
    assert issue(Question(EPOCH, deltas=(1.0,))) == other


def test_an_answer_pinned_by_known_at_is_not_changed_by_a_later_collection(tmp_path: Path) -> None:
    publish(tmp_path, on(5))
    first, then = issue(Question(EPOCH)), known()
    publish(tmp_path, on(8), NEXT)
    later = issue(Question(EPOCH))
    pinned = issue(Question(EPOCH, known_at=then))
    assert pinned == first
    assert figures(pinned) != figures(later)
    assert len(later.fit.points) == len(pinned.fit.points) + 1


def test_a_pinned_answer_can_be_made_for_the_first_time_afterwards(tmp_path: Path) -> None:
    publish(tmp_path, on(5))
    then = known()
    publish(tmp_path, on(8), NEXT)
    later, pinned = issue(Question(EPOCH)), issue(Question(EPOCH, known_at=then))
    assert (pinned.as_of, pinned.known_at, pinned.vintage) == (date(2026, 1, 5), then, on(5))
    assert "Birch 7" not in {point["key"] for point in pinned.fit.points}
    assert "Birch 7" in {point["key"] for point in later.fit.points}


def test_no_answer_claims_to_have_been_known_later_than_was_asked(tmp_path: Path) -> None:
    publish(tmp_path, on(5))
    then = known()
    take(tmp_path, [{"name": "elsewhere", "score": 4}], on(20))
    now = issue(Question(EPOCH))
    pinned = issue(Question(EPOCH, known_at=then))
    assert now.known_at > then
    assert pinned.known_at == then
    assert pinned.fit_id == now.fit_id
    assert issue(Question(EPOCH)) == now


def test_a_state_of_knowledge_in_the_future_is_the_present_one(tmp_path: Path) -> None:
    publish(tmp_path, on(5))
    assert issue(Question(EPOCH, known_at=known() + timedelta(days=900))) == issue(Question(EPOCH))


def test_a_late_older_capture_belongs_to_its_vintage_but_was_not_known_then(tmp_path: Path) -> None:
    publish(tmp_path, on(8), NEXT)
    then = known()
    publish(tmp_path, on(5))
    assert issue(Question(EPOCH, vintage=on(6))).as_of == date(2026, 1, 5)
    assert "no published" in refused(Question(EPOCH, known_at=then, vintage=on(6)))


def test_a_vintage_hides_what_was_captured_later(tmp_path: Path) -> None:
    publish(tmp_path, on(5))
    publish(tmp_path, on(8), changed("Birch 6", level=151.5))
    past = issue(Question(EPOCH, vintage=on(7)))
    assert (past.vintage, past.asked_vintage) == (on(5), on(7))
    assert figure(past, Method.POINT_GAP).value == pytest.approx(3.0)
    assert figure(issue(Question(EPOCH)), Method.POINT_GAP).value == pytest.approx(0.5)


def test_a_day_in_the_past_selects_models_and_never_refits(tmp_path: Path) -> None:
    publish(tmp_path, on(5))
    measure(tmp_path, on(6))
    now = issue(Question(Inputs.ALL))
    past = issue(Question(Inputs.ALL, as_of=date(2025, 6, 1)))
    assert past.fit_id == now.fit_id
    assert figure(past, Method.POINT_GAP).value == pytest.approx(145.0 - 136.0, abs=0.1)


def test_a_day_after_the_newest_capture_is_refused(tmp_path: Path) -> None:
    publish(tmp_path, on(5))
    assert issue(Question(EPOCH, as_of=date(2026, 1, 5)))
    assert "captured on 2026-01-05" in refused(Question(EPOCH, as_of=date(2026, 1, 6)))
    assert Issue.objects.count() == 1


def test_a_day_before_any_model_gives_reasons_instead_of_numbers(tmp_path: Path) -> None:
    publish(tmp_path, on(5))
    row = issue(Question(EPOCH, as_of=date(2020, 1, 1)))
    assert row.results.count() == 9
    assert all(result.value is None and result.reason for result in row.results.all())


def test_nothing_collected_is_refused_with_a_reason() -> None:
    assert refused(Question(Inputs.ALL)) == "nothing has been collected yet"
    assert refused(Question(EPOCH, known_at=on(1))).startswith("no published Epoch")


def test_an_unknown_access_is_on_neither_side(tmp_path: Path) -> None:
    publish(tmp_path, on(5))
    unknown = figures(issue(Question(EPOCH)))
    publish(tmp_path, on(6), [item for item in ENTRIES if item.name != "Cedar 1"])
    without = figures(issue(Question(EPOCH, as_of=date(2026, 1, 5))))
    publish(tmp_path, on(7), changed("Cedar 1", access=CLOSED))
    as_closed = figure(issue(Question(EPOCH)), Method.POINT_GAP)
    publish(tmp_path, on(8), changed("Cedar 1", access=OPEN))
    as_open = figure(issue(Question(EPOCH)), Method.POINT_GAP)
    assert [row[:3] for row in unknown] == [row[:3] for row in without]
    assert as_closed.value == pytest.approx(160.0 - 149.0)
    assert as_open.value == pytest.approx(152.0 - 160.0)


def test_every_method_is_issued_at_every_tolerance_with_what_it_rests_on(tmp_path: Path) -> None:
    publish(tmp_path, on(5))
    row = issue(Question(EPOCH))
    found = {(result.method, result.delta) for result in row.results.all()}
    lags = {(method.value, delta) for method in Method for delta in (0.0, 2.0)}
    assert found == lags - {(Method.POINT_GAP.value, 2.0)}
    headline = figure(row, Method.CATCH_UP)
    assert (headline.domain, headline.unit, headline.n_unit) == ("overall", "months", "closed frontier steps")
    assert headline.low is not None
    assert headline.high is not None
    assert headline.low <= (headline.value or 0) <= headline.high


def test_a_matrix_too_thin_for_a_scale_is_refused(tmp_path: Path) -> None:
    few = [item for item in ENTRIES if item.name in {"Claude 3.5 Sonnet", "GPT-5", "Birch 6"}]
    publish(tmp_path, on(5))
    measure(tmp_path, on(6), few)
    assert "anchor" in refused(Question(Inputs.ALL))
    assert not Fit.objects.exists()


def test_the_stored_scale_says_how_it_was_made(tmp_path: Path) -> None:
    publish(tmp_path, on(5))
    measure(tmp_path, on(6))
    fit = issue(Question(Inputs.ALL)).fit
    assert {row["slug"] for row in fit.detail["benchmarks"]} >= {"gpqa-diamond", "osworld"}
    assert fit.detail["models"] == len(ENTRIES)
    assert fit.drawn_levels().shape == (20, len(ENTRIES))
    anchors = {point["key"]: point["level"] for point in fit.points}
    assert (anchors["claude-3-5-sonnet"], anchors["gpt-5"]) == (pytest.approx(130), pytest.approx(150))


def test_two_installations_draw_the_same_intervals(tmp_path: Path) -> None:
    publish(tmp_path, on(5))
    measure(tmp_path, on(6))
    first = figures(issue(Question(Inputs.ALL)))
    for table in (Result, Issue, Fit):
        table.objects.all().delete()
    assert figures(issue(Question(Inputs.ALL))) == first


def test_a_stored_figure_follows_from_its_method_version_vintage_and_seed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path, on(5))
    measure(tmp_path, on(6))
    kept = issue(Question(Inputs.ALL))
    first, vintage, fit = figures(kept), kept.vintage, kept.fit
    assert (fit.method_version, fit.detail["seed"], fit.draw_count) == (METHOD_VERSION, scale.SEED, 20)
    publish(tmp_path, on(8), NEXT)
    measure(tmp_path, on(9), NEXT)
    again = made_anew(Question(Inputs.ALL, vintage=vintage))
    assert (figures(again), again.vintage) == (first, vintage)
    monkeypatch.setattr(scale, "SEED", scale.SEED + 1)
    other = made_anew(Question(Inputs.ALL, vintage=vintage))
    assert [row[:3] for row in figures(other)] == [row[:3] for row in first]
    assert figures(other) != first  # the intervals are drawn


def made_anew(question: Question) -> Issue:
    for table in (Result, Issue, Fit):
        table.objects.all().delete()
    return issue(question)


def test_another_number_of_draws_is_another_scale(tmp_path: Path, settings: Settings) -> None:
    publish(tmp_path, on(5))
    first = issue(Question(EPOCH))
    settings.OPENGAP_BOOTSTRAP_DRAWS = 21
    second = issue(Question(EPOCH))
    assert second.fit_id != first.fit_id
    assert figure(second, Method.CATCH_UP).value == figure(first, Method.CATCH_UP).value
