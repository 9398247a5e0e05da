"""The battery's table comes out whole, whatever breaks one of its cases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import pytest

from bench import trials
from bench.trials import Result, Stage, row_of, tried, wanted
from tests.schedule.installation import Installation

WELL = Result(3, 0, 0, 0.6, "Silence")


def broken_off() -> Result:
    raise AssertionError("the source was collected\nnever came true")


class Ground:
    """Stands where an installation would: it starts nothing, and counts."""

    def start_worker(self) -> None: ...

    def start_beat(self, name: str) -> None: ...

    def empty(self) -> None: ...

    def serve(self) -> None: ...


@pytest.fixture
def grounds(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was opened and closed."""
    seen: list[str] = []

    @contextmanager
    def installation(lease: int) -> Iterator[Installation]:
        seen.append("opened")
        yield cast("Installation", Ground())
        seen.append("closed")

    monkeypatch.setattr(trials, "installation", installation)
    return seen


def test_a_case_that_breaks_off_is_a_row_that_says_why() -> None:
    found = tried(broken_off)
    assert not found.held
    said = "AssertionError: the source was collected never came true"
    assert row_of("33 broker down", found) == ("33 broker down", "0", "0", "0", "never", said)


def test_after_a_case_that_broke_off_the_next_gets_an_installation_of_its_own(grounds: list[str]) -> None:
    with Stage(3) as stage:
        found = [stage.play(case) for case in (lambda _: WELL, lambda _: broken_off(), lambda _: WELL)]
        assert [result.held for result in found] == [True, False, True]
        assert grounds == ["opened", "closed", "opened"]
    assert grounds == ["opened", "closed", "opened", "closed"]


@pytest.mark.parametrize(
    ("result", "held"),
    [
        (WELL, True),
        (Result(3, 1, 0, 0.6, ""), False),
        (Result(3, 0, 1, 0.6, ""), False),
        (Result(3, 0, 0, None, ""), False),
    ],
)
def test_nothing_may_be_lost_or_doubled_or_stay_away(result: Result, held: bool) -> None:
    assert result.held is held


def test_cases_are_chosen_by_their_number() -> None:
    cases = {"25 paging dies": 1, "29 SIGKILL": 2, "29 SIGKILL in a sweep": 3}
    assert list(wanted(cases, ["29"]).values()) == [2, 3]
    assert wanted(cases, []) == cases
