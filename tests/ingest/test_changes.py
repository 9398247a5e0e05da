"""Changes between successive observations become events with both sides kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from models_catalog.ingest.changes import differ, lifecycle_changes, release_changes
from models_catalog.models import Change
from models_catalog.sources.contract import LicenceSeen, ReleaseSeen
from models_catalog.vocabulary import ChangeKind
from tests.ingest.invented import on, take
from tests.ingest.stated import state


def events() -> list[tuple[str, str]]:
    rows = Change.objects.order_by("observed_at", "id").select_related("subject")
    return [(row.kind, row.subject.external_id) for row in rows]


@pytest.mark.django_db
def test_the_first_page_of_a_board_brings_no_news(tmp_path: Path) -> None:
    take(tmp_path, [{"name": "alpha", "price": "5"}], on(1))
    assert events() == []


@pytest.mark.django_db
def test_a_new_model_and_a_new_price_are_events_with_both_sides(tmp_path: Path) -> None:
    take(tmp_path, [{"name": "alpha", "price": "5"}], on(1))
    take(tmp_path, [{"name": "alpha", "price": "4"}, {"name": "beta", "date": "2026-01-02"}], on(3))
    assert events() == [("price changed", "alpha"), ("released", "beta")]
    price = Change.objects.get(kind=ChangeKind.PRICE_CHANGED)
    assert price.before is not None
    assert (price.before.value["amount"], price.after.value["amount"]) == ("5", "4")
    assert Change.objects.get(kind=ChangeKind.RELEASED).happened_on == date(2026, 1, 2)


@pytest.mark.django_db
def test_no_longer_listed_takes_three_pages_and_is_said_once(tmp_path: Path) -> None:
    both = [{"name": "alpha"}, {"name": "beta", "price": "1"}]
    take(tmp_path, both, on(1))
    for day in (2, 3, 4, 5):
        take(tmp_path, [{"name": "beta", "price": str(day)}], on(day))
        gone = [event for event in events() if event[0] == "no longer listed"]
        assert gone == ([("no longer listed", "alpha")] if day >= 4 else [])


@pytest.mark.django_db
def test_a_replayed_page_tells_its_news_once(tmp_path: Path) -> None:
    take(tmp_path, [{"name": "alpha", "price": "5"}], on(1))
    for _ in range(2):
        take(tmp_path, [{"name": "alpha", "price": "4"}], on(2))
    assert events() == [("price changed", "alpha")]


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        (None, {}, [ChangeKind.RELEASED]),
        (
            {"access_claim": "open_weights: false"},
            {"access_claim": "open_weights: true"},
            [ChangeKind.WEIGHTS_PUBLISHED],
        ),
        ({}, {"access_claim": "Open weights (unrestricted)"}, [ChangeKind.WEIGHTS_PUBLISHED]),
        ({"access_claim": "open_weights: true"}, {"access_claim": "open_weights: true"}, []),
        ({"status": "beta"}, {"status": "deprecated"}, [ChangeKind.DEPRECATED]),
    ],
)
def test_release_statements_tell(
    before: dict[str, str] | None, after: dict[str, str], kinds: list[ChangeKind]
) -> None:
    assert list(release_changes(before, after)) == kinds


@pytest.mark.parametrize(
    ("after", "kinds"),
    [
        ({"event": "expires", "date": "2026-06-01"}, [ChangeKind.RETIRES_ON]),
        ({"event": "expires", "date": "2025-06-01"}, [ChangeKind.RETIRED]),
        ({"event": "deprecated"}, [ChangeKind.DEPRECATED]),
    ],
)
def test_lifecycle_statements_tell(after: dict[str, str], kinds: list[ChangeKind]) -> None:
    assert list(lifecycle_changes(None, after, date(2026, 1, 1))) == kinds
    assert list(lifecycle_changes(after, after, date(2026, 1, 1))) == []


@pytest.mark.parametrize(
    ("licence", "repository", "conflict"),
    [
        ("mit", "lab/m-1", False),
        ("mit, apache-2.0", "lab/m-1", True),  # tag and card
        ("mit", "moonshotai/Kimi-K2-Instruct", True),  # tag and text as read
        ("other", "moonshotai/Kimi-K2-Instruct", False),  # names nothing, contradicts nothing
        ("mit", "deepseek-ai/DeepSeek-R1", False),
        (None, "moonshotai/Kimi-K2-Instruct", False),
    ],
)
def test_a_tag_that_differs_from_card_or_text_is_a_conflict(
    licence: str | None, repository: str, conflict: bool
) -> None:
    assert differ({"licence": licence}, repository) is conflict


@pytest.mark.django_db
def test_a_licence_that_comes_into_conflict_is_an_event_with_both_sides(tmp_path: Path) -> None:
    name = "moonshotai/Kimi-K2-Instruct"
    for day, tag in ((1, "other"), (2, "mit"), (3, "mit")):
        seen = ReleaseSeen(model=name, name=name, hub_repository=name)
        tagged = LicenceSeen(model=name, name=name, licence=tag)
        state(tmp_path, seen, tagged, source="openrouter", board="models", observed_at=on(day))
    assert events() == [("licence tag and text differ", name), ("licence metadata changed", name)]
    change = Change.objects.get(kind=ChangeKind.LICENCE_CONFLICT)
    assert change.before is not None
    assert (change.before.value["licence"], change.after.value["licence"]) == ("other", "mit")
