"""Observations are appended, never updated; what did not change is not stored again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from models_catalog.fetch.archive import Archive
from models_catalog.ingest import run as run_module
from models_catalog.ingest.current import rebuild_current
from models_catalog.ingest.generation import announce, announce_forgotten
from models_catalog.ingest.run import running
from models_catalog.ingest.store import LeaseLost
from models_catalog.models import (
    CurrentObservation,
    DownloadSample,
    Fetch,
    Generation,
    Observation,
    Run,
    SourceState,
    Subject,
)
from models_catalog.sources.contract import Page, Parsed, PriceSeen, RowProblem
from models_catalog.vocabulary import Outcome
from tests.ingest.invented import PARTIAL, SOURCE, Row, entry_of, on, page, take

pytestmark = pytest.mark.django_db


def prices() -> list[tuple[str, str, bool]]:
    rows = Observation.objects.filter(kind="price").order_by("observed_at", "id")
    return [(f"{row.observed_at:%d}", str(row.value["amount"]), row.present) for row in rows]


def test_a_page_is_stored_with_its_three_times_and_its_quote(tmp_path: Path) -> None:
    fetch = take(tmp_path, [{"name": "alpha", "price": "5.0", "date": "2025-08"}], on(3))
    price = Observation.objects.get(kind="price")
    release = Observation.objects.get(kind="release")
    assert fetch.outcome == Outcome.ACCEPTED
    assert (price.observed_at, price.valid_from, price.value["quote"]) == (
        on(3),
        date(2026, 1, 3),
        "$5.0 / MTok",
    )
    assert release.valid_from == date(2025, 8, 1)
    assert price.recorded_at == release.recorded_at == fetch.recorded_at > on(3)
    assert price.fetch.sha256 == fetch.sha256


def test_an_unchanged_value_is_not_stored_again(tmp_path: Path) -> None:
    take(tmp_path, [{"name": "alpha", "price": "5"}], on(1))
    again = take(tmp_path, [{"name": "alpha", "price": "5.00"}], on(2))
    assert again.outcome == Outcome.UNCHANGED
    assert again.records == 2
    assert prices() == [("01", "5", True)]


def test_the_same_bytes_confirm_without_being_parsed(tmp_path: Path) -> None:
    take(tmp_path, [{"name": "alpha", "price": "5"}], on(1))
    again = take(tmp_path, [{"name": "alpha", "price": "5"}], on(2))
    assert (again.outcome, again.reason) == (Outcome.UNCHANGED, "the same bytes were accepted before")


def test_a_changed_value_is_appended_and_the_old_one_stays(tmp_path: Path) -> None:
    for day, price in enumerate(["5", "4", "5"], start=1):
        take(tmp_path, [{"name": "alpha", "price": price}], on(day))
    assert prices() == [("01", "5", True), ("02", "4", True), ("03", "5", True)]


def test_a_row_that_a_complete_board_drops_is_withdrawn_and_can_come_back(tmp_path: Path) -> None:
    rows = [{"name": "alpha", "price": "5"}, {"name": "beta", "price": "7"}]
    take(tmp_path, rows, on(1))
    take(tmp_path, rows[1:], on(2))
    take(tmp_path, rows, on(3))
    alpha = Observation.objects.filter(kind="price", subject__external_id="alpha").order_by("id")
    assert [(row.present, row.value["amount"]) for row in alpha] == [(True, "5"), (False, "5"), (True, "5")]


def test_a_late_older_capture_withdraws_only_what_was_listed_before_it(tmp_path: Path) -> None:
    take(tmp_path, priced(("alpha", "5"), ("beta", "7")), on(1))
    take(tmp_path, priced(("alpha", "5"), ("beta", "7"), ("gamma", "9")), on(5))
    late = take(tmp_path, priced(("alpha", "5")), on(3))
    gone = Observation.objects.filter(present=False).values_list("subject__external_id", "kind", "fetch")
    assert sorted(gone) == [("beta", "price", late.pk), ("beta", "release", late.pk)]


def test_an_absent_row_of_a_partial_page_means_nothing(tmp_path: Path) -> None:
    take(tmp_path, [{"name": "alpha", "price": "5"}], on(1), PARTIAL)
    take(tmp_path, [{"name": "beta", "price": "7"}], on(2), PARTIAL)
    assert all(row.present for row in Observation.objects.all())


def test_a_late_older_capture_takes_its_place_in_history_and_not_the_present(tmp_path: Path) -> None:
    take(tmp_path, [{"name": "alpha", "price": "4"}], on(5))
    take(tmp_path, [{"name": "alpha", "price": "9"}], on(2))
    assert prices() == [("02", "9", True), ("05", "4", True)]
    current = CurrentObservation.objects.get(kind="price")
    assert current.observation.value["amount"] == "4"


def test_the_projection_of_current_values_can_be_rebuilt(tmp_path: Path) -> None:
    for day, price in enumerate(["5", "4"], start=1):
        take(tmp_path, [{"name": "alpha", "price": price}, {"name": f"only {day}"}], on(day))
    projected = set(CurrentObservation.objects.values_list("pk", flat=True))
    assert rebuild_current() == len(projected)
    assert set(CurrentObservation.objects.values_list("pk", flat=True)) == projected


def test_download_counts_go_to_the_partition_of_their_month(tmp_path: Path) -> None:
    take(tmp_path, [{"name": "alpha", "downloads": 10}], on(31))
    assert DownloadSample.objects.get().count == 10
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM models_catalog_downloadsample_2026_01")
        assert cursor.fetchone() == (1,)


def test_a_generation_is_counted_only_when_something_changed(tmp_path: Path) -> None:
    take(tmp_path, [{"name": "alpha", "price": "5"}], on(1))
    first = Generation.objects.get().number
    take(tmp_path, [{"name": "alpha", "price": "5.0"}], on(2))
    assert Generation.objects.get().number == first
    take(tmp_path, [{"name": "alpha", "price": "6"}], on(3))
    assert Generation.objects.get().number == first + 1


def test_a_run_of_many_pages_is_told_once_when_it_ends(tmp_path: Path) -> None:
    take(tmp_path, [{"name": "alpha", "price": "5"}], on(1))
    first = Generation.objects.get()
    with running(SOURCE, Run.Trigger.RECORDED, Archive(tmp_path, keep_free=0.0)) as entry:
        for day in (2, 3, 4):
            run_module.take_page(entry, page([{"name": "alpha", "price": day}], on(day)))
        assert Generation.objects.get().number == first.number
    told = Generation.objects.get()
    assert told.number == first.number + 1
    assert told.recorded_at == Fetch.objects.latest("id").recorded_at


def test_what_a_killed_run_stored_is_told_by_the_next_tick_and_only_then(tmp_path: Path) -> None:
    entry = entry_of(tmp_path)
    state = SourceState.objects.create(slug="invented", lease_until=timezone.now() + timedelta(minutes=5))
    run_module.take_page(entry, page([{"name": "alpha", "price": "5"}], on(1)))
    assert not announce_forgotten()  # it still goes on, says the lease
    SourceState.objects.filter(pk=state.pk).update(lease_until=timezone.now())
    assert announce_forgotten()
    assert Generation.objects.get().recorded_at == Fetch.objects.get().recorded_at
    assert not announce_forgotten()


def test_a_late_announcement_never_turns_the_clock_back(tmp_path: Path) -> None:
    take(tmp_path, [{"name": "alpha", "price": "5"}], on(1))
    before = Generation.objects.get()
    announce(before.recorded_at - timedelta(minutes=1))
    after = Generation.objects.get()
    assert (after.number, after.recorded_at) == (before.number + 1, before.recorded_at)


def test_a_display_name_follows_the_newest_capture(tmp_path: Path) -> None:
    take(tmp_path, [{"name": "alpha"}], on(5))
    Subject.objects.update(name="Alpha (new)")
    take(tmp_path, [{"name": "alpha", "price": "1"}], on(2))
    assert Subject.objects.get().name == "Alpha (new)"


def test_nothing_is_stored_when_the_lease_was_taken_over(tmp_path: Path) -> None:
    SourceState.objects.create(slug="invented", lease_token=uuid4())
    entry = entry_of(tmp_path)
    entry.lease = uuid4()
    with pytest.raises(LeaseLost):
        run_module.take_page(entry, page([{"name": "alpha"}], on(1)))
    assert not Observation.objects.exists()
    assert not Fetch.objects.exists()


def test_a_failure_in_the_middle_of_storing_leaves_nothing_half_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from models_catalog.ingest import store

    def break_down(*_: object) -> None:
        raise OSError("the disk went away")

    monkeypatch.setattr(store, "project_current", break_down)
    fetch = take(tmp_path, [{"name": "alpha", "price": "5"}], on(1))
    assert (fetch.outcome, fetch.reason) == (Outcome.FAILED, "our fault: OSError: the disk went away")
    assert not Observation.objects.exists()
    assert Fetch.objects.get().outcome == Outcome.FAILED


def priced(*rows: tuple[str, str]) -> list[Row]:
    return [{"name": name, "price": price} for name, price in rows]


def held_back(page: Page) -> Iterator[Parsed]:
    """As a source's parser does: a price it cannot read is a problem of its row."""
    for place, record in enumerate(SOURCE.parse(page), start=1):
        if isinstance(record, PriceSeen) and record.amount == 99:
            yield RowProblem(f"model {place}: {record.model}", "not a number")
        else:
            yield record


def test_a_row_that_cannot_be_read_keeps_its_last_good_value(tmp_path: Path) -> None:
    source = replace(SOURCE, parse=held_back)
    many = [(f"model-{number:03}", "1") for number in range(60)]
    take(tmp_path, priced(("alpha", "5"), ("beta", "7"), *many), on(1), source)
    fetch = take(tmp_path, priced(("alpha", "99"), *many), on(2), source)
    assert (fetch.outcome, fetch.reason) == (Outcome.ACCEPTED, "1 row(s) held back")
    gone = Observation.objects.filter(present=False).values_list("subject__external_id", flat=True)
    assert set(gone) == {"beta"}
    current = CurrentObservation.objects.get(kind="price", subject__external_id="alpha").observation
    assert (current.value["amount"], current.observed_at) == ("5", on(1))


def test_letters_no_database_takes_are_named_without_being_stored(tmp_path: Path) -> None:
    body = json.dumps([{"name": "alp\x00ha", "price": "5"}, {"name": "be\ud800ta"}]).encode()
    fetch = take(tmp_path, body, on(1))
    assert fetch.outcome == Outcome.QUARANTINED
    assert [problem["row"] for problem in fetch.problems] == ["alp\\x00ha", "alp\\x00ha", "be\\ud800ta"]
    assert "\\x00" in Fetch.objects.get().reason
    assert not Observation.objects.exists()
