"""How a case of the battery is tried: in an installation of its own, and never at the cost of the other cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Self, TypeVar

from tests.schedule.installation import Installation, installation


@dataclass(frozen=True)
class Result:
    """`tries`: requests the source's host saw, or how often the fault was made."""

    tries: int
    lost: int
    doubled: int
    recovered: float | None  # None: never
    said: str

    @property
    def held(self) -> bool:
        return not self.lost and not self.doubled and self.recovered is not None


Case = Callable[[Installation], Result]
Wanted = TypeVar("Wanted")


def wanted(cases: Mapping[str, Wanted], numbers: list[str]) -> dict[str, Wanted]:
    """The cases whose name begins with one of the numbers; all of them when none is named."""
    return {name: case for name, case in cases.items() if not numbers or name.split()[0] in numbers}


def row_of(name: str, result: Result) -> tuple[str, ...]:
    """The cells of a case's row in the table."""
    well = "never" if result.recovered is None else f"{result.recovered:.1f} s"
    return name, str(result.tries), str(result.lost), str(result.doubled), well, result.said


def tried(case: Callable[[], Result]) -> Result:
    """What the case found. One that breaks off is a row too, and the others have their turn."""
    try:
        return case()
    except Exception as error:  # the boundary: whatever broke one case, the table comes out whole
        said = " ".join(f"{type(error).__name__}: {error}".split())
        return Result(0, 0, 0, None, said[:400])


@dataclass
class Stage:
    """Where cases that want the same lease (seconds) are played: a worker of two processes, and two beats."""

    lease: int
    stack: ExitStack = field(default_factory=ExitStack)
    made: Installation | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.clear()

    def play(self, case: Case) -> Result:
        """After a case that broke off the next gets a new installation: nobody knows what the old one holds."""
        result = tried(lambda: self.played(case))
        if result.recovered is None:
            self.clear()
        return result

    def played(self, case: Case) -> Result:
        if self.made is None:
            made = self.stack.enter_context(installation(self.lease))
            made.start_worker()
            for name in ("beat-1", "beat-2"):
                made.start_beat(name)
            self.made = made
        self.made.empty()
        self.made.serve()
        return case(self.made)

    def clear(self) -> None:
        self.made = None
        self.stack.close()
