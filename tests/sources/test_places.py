"""Hand-written statuses are whole, cited and in order of time for each place."""

from __future__ import annotations

import pytest

from models_catalog.normalise.dates import parse_date
from models_catalog.sources.places import place_of, places

ENTRY = {
    "slug": "harbour",
    "name": "Harbour",
    "kind": "host",
    "event": "retired",
    "date": "2026-01",
    "statement": "An invented host that ended.",
    "source": "https://harbour.example/",
    "basis": "Invented.",
    "reviewed_on": "2026-02-01",
}


def test_the_ends_of_anyscale_and_of_tgi_are_dated() -> None:
    ends = {(place.slug, place.event): place.date for place in places()}
    assert ends == {
        ("anyscale", "retired"): "2024-08-01",
        ("tgi", "maintenance"): "2025-12",
        ("tgi", "archived"): "2026-03-21",
    }


def test_no_status_lies_after_its_review() -> None:
    for place in places():
        stated = parse_date(place.date)
        assert stated is not None
        assert stated[0] <= place.reviewed_on


def test_a_whole_entry_is_read() -> None:
    assert place_of(ENTRY).name == "Harbour"


@pytest.mark.parametrize(
    "change", [{"kind": "shop"}, {"source": "harbour"}, {"reviewed_on": "soon"}, {"more": "x"}]
)
def test_an_entry_that_is_not_whole_is_named(change: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="harbour"):
        place_of({**ENTRY, **change})


def test_a_missing_field_is_named() -> None:
    with pytest.raises(ValueError, match="harbour"):
        place_of({key: value for key, value in ENTRY.items() if key != "basis"})
