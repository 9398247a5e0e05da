"""The reviewed table of frontier records is whole: at least twenty of either side, each with what confirms it."""

from __future__ import annotations

from collections import Counter

from models_catalog.normalise.frontier import frontier_records


def test_twenty_models_of_either_side_are_confirmed() -> None:
    sides = Counter(row.access for row in frontier_records())
    assert set(sides) == {"open", "closed"}
    assert min(sides.values()) >= 20


def test_no_record_stands_there_twice() -> None:
    rows = [(row.model, row.released) for row in frontier_records()]
    assert len(rows) == len(set(rows))


def test_every_record_is_cited_and_says_what_a_recorded_payload_states() -> None:
    for row in frontier_records():
        assert row.inputs, row.model
        assert row.cite.startswith("https://"), row.model
        assert bool(row.read) is row.opened, f"{row.model}: what was read, or that it was not"
        assert " states " in row.recorded, row.model
