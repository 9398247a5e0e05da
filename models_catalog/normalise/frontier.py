"""Which models set a record of an index, and were looked up by hand: the reviewed table of frontier.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from models_catalog.vocabulary import Access, Inputs

PATH = Path(__file__).with_name("frontier.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontierRecord:
    """One model that led its side: since when, on which indices, and what confirms the day and the side.

    `opened`: a stored copy of what is cited was read, and `read` says what stands there. `epoch_day` is the day
    Epoch AI's own index counts from, where that is another one.
    """

    model: str
    released: date
    access: Access
    inputs: frozenset[Inputs]
    cite: str
    opened: bool
    recorded: str
    read: str = ""
    epoch_day: date | None = None

    def day(self, inputs: Inputs) -> date:
        """The day that index has to say."""
        return self.epoch_day or self.released if inputs is Inputs.EPOCH else self.released


@cache
def frontier_records() -> tuple[FrontierRecord, ...]:
    """Every row, in the order of the file. Raises ValueError for a side or an index that is none."""
    return tuple(map(record, tomllib.loads(PATH.read_text(encoding="utf-8"))["record"]))


def record(row: dict[str, Any]) -> FrontierRecord:
    access, inputs = Access(row["access"]), frozenset(map(Inputs, row["inputs"]))
    return FrontierRecord(**{**row, "access": access, "inputs": inputs})
