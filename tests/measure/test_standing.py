"""The standing answers: what the pages show, and the level each model carries in lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from models_catalog.analysis.records import Insufficient
from models_catalog.ingest.identity import refresh_identity
from models_catalog.measure.issue import Question, issue
from models_catalog.measure.standing import compute_standing
from models_catalog.models import AIModel, Issue
from models_catalog.vocabulary import Inputs
from tests.ingest.invented import on
from tests.measure.invented import ENTRIES, measure, publish, version

pytestmark = pytest.mark.django_db


def collect(folder: Path, day: int = 5) -> None:
    publish(folder, on(day))
    measure(folder, on(day + 1))
    refresh_identity()


def level(slug: str) -> float | None:
    return AIModel.objects.get(slug=slug).level


def test_every_kind_of_inputs_is_answered_and_a_refusal_is_an_answer(tmp_path: Path) -> None:
    collect(tmp_path)
    answers = compute_standing()
    assert set(answers) == set(Inputs)
    refusal = answers[Inputs.OWN]
    assert isinstance(refusal, Insufficient)
    assert "no score of a known model" in refusal.reason
    standing = Issue.objects.filter(standing=True)
    assert {row.fit.inputs for row in standing} == {Inputs.EPOCH, Inputs.ALL}


def test_nothing_collected_gives_three_refusals() -> None:
    answers = compute_standing()
    assert all(isinstance(answer, Insufficient) for answer in answers.values())
    assert not Issue.objects.exists()


def test_computing_again_without_news_issues_nothing(tmp_path: Path) -> None:
    collect(tmp_path)
    first = compute_standing()
    assert compute_standing()[Inputs.ALL] == first[Inputs.ALL]
    assert Issue.objects.count() == 2


def test_an_answer_to_somebody_is_not_the_standing_one(tmp_path: Path) -> None:
    collect(tmp_path)
    asked = issue(Question(Inputs.ALL))
    standing = compute_standing()[Inputs.ALL]
    assert isinstance(standing, Issue)
    assert standing.pk != asked.pk
    assert standing.fit_id == asked.fit_id


def test_models_carry_their_level_and_lose_it_with_their_scores(tmp_path: Path) -> None:
    collect(tmp_path)
    assert level("amber-3") is None
    compute_standing()
    assert level("amber-3") == pytest.approx(138.0, abs=0.1)
    measure(tmp_path, on(9), [item for item in ENTRIES if item.name != "Amber 3"])
    refresh_identity()
    compute_standing()
    assert level("amber-3") is None
    assert level("amber-4") == pytest.approx(145.0, abs=0.1)


def test_a_model_carries_the_level_of_its_best_version(tmp_path: Path) -> None:
    entries = [*ENTRIES, version("Claude 3.5 Sonnet", name="claude-3-5-sonnet-20241022", level=134.0)]
    publish(tmp_path, on(5), entries)
    measure(tmp_path, on(6), entries)
    refresh_identity()
    standing = compute_standing()[Inputs.ALL]
    assert isinstance(standing, Issue)
    versions = [point["key"] for point in standing.fit.points if point["model"] == "claude-3-5-sonnet"]
    assert versions == ["claude-3-5-sonnet", "claude-3-5-sonnet-2024-10-22"]
    assert level("claude-3-5-sonnet") == pytest.approx(134.0, abs=0.1)


def test_an_answer_that_comes_back_is_the_newest_again(tmp_path: Path) -> None:
    publish(tmp_path, on(5))
    first = compute_standing()[Inputs.EPOCH]
    other = Issue.objects.get(standing=True)
    other.pk, other.as_of = None, on(4).date()  # what another release of the method made of it
    other.save()
    again = compute_standing()[Inputs.EPOCH]
    assert isinstance(first, Issue)
    assert isinstance(again, Issue)
    assert Issue.objects.filter(standing=True).latest("id") == again
    assert again.as_of == first.as_of


def test_progress_is_told_by_inputs_and_draws(tmp_path: Path) -> None:
    collect(tmp_path)
    heard: list[tuple[Inputs, int]] = []
    compute_standing(lambda inputs, done: heard.append((inputs, done)))
    assert heard == [(Inputs.ALL, done) for done in range(1, 21)]
