"""What a process keeps in its memory is the thing itself, and the least read goes first."""

from __future__ import annotations

from uuid import uuid4

import pytest

from models_catalog.findings.live_objects import LiveObjects


@pytest.fixture
def kept() -> LiveObjects:
    return LiveObjects(uuid4().hex, {"OPTIONS": {"MAX_ENTRIES": 2}})


def test_the_object_itself_comes_back(kept: LiveObjects) -> None:
    thing = object()
    kept.set("one", thing)
    assert kept.get("one") is thing
    assert kept.get("other", "nothing") == "nothing"


def test_the_least_recently_read_goes_first(kept: LiveObjects) -> None:
    kept.set("one", 1)
    kept.set("two", 2)
    kept.get("one")
    kept.set("three", 3)
    assert [kept.get(name) for name in ("one", "two", "three")] == [1, None, 3]


def test_what_is_past_its_time_is_gone(kept: LiveObjects) -> None:
    kept.set("now", 1, timeout=0)
    kept.set("always", 2, timeout=None)
    assert (kept.get("now"), kept.get("always")) == (None, 2)


def test_what_is_there_is_not_added_again_and_can_be_taken_away(kept: LiveObjects) -> None:
    assert [kept.add("one", 1), kept.add("one", 2), kept.get("one")] == [True, False, 1]
    assert [kept.delete("one"), kept.delete("one")] == [True, False]
    kept.set("two", 2)
    kept.clear()
    assert kept.get("two") is None
