"""What was known: the same question at the same state of knowledge has the same answer for ever."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from models_catalog.ingest.identity import refresh_identity
from models_catalog.models import Alias, Fetch
from models_catalog.models.knowledge import Knowledge, aliases, claims, now_known, scores
from models_catalog.normalise.aliases import shipped_aliases
from models_catalog.normalise.names import read_name
from models_catalog.sources.contract import DownloadsSeen, LicenceSeen
from tests.ingest.invented import on, take
from tests.ingest.stated import state

pytestmark = pytest.mark.django_db


def values(knowledge: Knowledge) -> dict[str, str]:
    return {row.subject: str(row.value["value"]) for row in scores(knowledge)}


def test_a_vintage_sees_only_what_was_captured_by_then(tmp_path: Path) -> None:
    take(tmp_path, [{"name": "alpha", "score": 40}], on(1))
    take(tmp_path, [{"name": "alpha", "score": 60}, {"name": "beta", "score": 70}], on(10))
    assert values(Knowledge(vintage=on(9))) == {"alpha": "40"}
    assert values(Knowledge(vintage=on(10))) == {"alpha": "60", "beta": "70"}


def test_what_was_known_does_not_change_when_an_older_capture_arrives_late(tmp_path: Path) -> None:
    take(tmp_path, [{"name": "alpha", "score": 60}], on(10))
    then = now_known()
    take(tmp_path, [{"name": "alpha", "score": 40}, {"name": "gone", "score": 5}], on(1))
    assert values(Knowledge(known_at=then, vintage=on(5))) == {}
    assert values(Knowledge(vintage=on(5))) == {"alpha": "40", "gone": "5"}
    assert values(Knowledge(known_at=then)) == {"alpha": "60"}


def test_a_withdrawn_score_counts_no_more_and_a_withdrawn_release_still_happened(tmp_path: Path) -> None:
    take(tmp_path, [{"name": "alpha", "score": 40}, {"name": "beta", "score": 50}], on(1))
    take(tmp_path, [{"name": "beta", "score": 50}], on(2))
    assert values(Knowledge()) == {"beta": "50"}
    assert sorted(claim.model for claim in claims(Knowledge())) == ["alpha", "beta"]


def test_commit_stamps_grow_whatever_the_capture_times(tmp_path: Path) -> None:
    for day in (9, 3, 6):
        take(tmp_path, [{"name": "alpha", "score": day}], on(day))
    stamps = list(Fetch.objects.order_by("id").values_list("recorded_at", flat=True))
    assert stamps == sorted(stamps)
    assert now_known() == stamps[-1]
    assert stamps[-1] > on(9) + timedelta(days=1)


def meaning(name: str, knowledge: Knowledge) -> str | None:
    found = aliases(knowledge).find(read_name(name), None)
    return found.target if found else None


def review(name: str, target: str, day: int) -> None:
    Alias.objects.create(
        name=name, target=target, reason="invented", reviewed_on=date(2026, 1, day), recorded_at=on(day)
    )


def test_before_any_alias_is_recorded_the_shipped_ones_count() -> None:
    entry = shipped_aliases()[0]
    assert not Alias.objects.exists()
    assert aliases(Knowledge()).find(read_name(entry.name), entry.source or None)


def test_the_newest_recorded_alias_counts_at_its_time_and_no_earlier() -> None:
    review("The Invented One", "alpha", 3)
    review("The Invented One", "beta", 9)
    assert meaning("the-invented-one", Knowledge()) == "beta"
    assert meaning("the-invented-one", Knowledge(known_at=on(8))) == "alpha"
    assert meaning("the-invented-one", Knowledge(known_at=on(2))) is None


def test_what_was_known_of_names_does_not_change_with_a_later_release(tmp_path: Path) -> None:
    refresh_identity()
    then = now_known()
    entry = shipped_aliases()[0]
    Alias.objects.filter(name=entry.name).delete()  # as if this release had been the first to ship it
    assert aliases(Knowledge(known_at=then)).find(read_name(entry.name), entry.source or None) is None
    refresh_identity()
    assert aliases(Knowledge()).find(read_name(entry.name), entry.source or None)
    assert aliases(Knowledge(known_at=then)).find(read_name(entry.name), entry.source or None) is None


def test_words_that_may_not_be_taken_off_a_name_are_kept_when_aliases_are_rows() -> None:
    before = aliases(Knowledge())
    refresh_identity()
    after = aliases(Knowledge())
    assert after.separate == before.separate != frozenset()
    assert after.modes == before.modes
    assert after.by_name.keys() == before.by_name.keys()


def test_a_repository_that_is_only_counted_is_a_claim_with_its_licence(tmp_path: Path) -> None:
    name = "microsoft/phi-9"
    counted = DownloadsSeen(model=name, name=name, window="30d", count=7)
    tagged = LicenceSeen(model=name, name=name, licence="mit")
    state(tmp_path, counted, tagged, source="huggingface", board="top_text", complete=False)
    found = {(claim.board, claim.model): claim.licence for claim in claims(Knowledge())}
    assert found == {("top_text", name): "mit", ("counted", name): None}
    assert claims(Knowledge(vintage=on(1) - timedelta(days=1))) == []
