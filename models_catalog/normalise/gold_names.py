"""The gold set of identity: names of the leaderboards, labelled by hand before the resolver was run on them.

`gold/names.csv` was drawn on 2026-11-24 at random, in equal parts per leaderboard and per rung (`stratum`: the rung
an earlier resolver used; its answer was hidden from the labeller), and labelled from the names themselves, the
leaderboards' organisation and licence columns and the vendors' recorded pages.

    model      slug of the model the name means; several spellings of one identity are separated by "|";
               "-" means no single model (two models, an agent, a stealth name, a moving alias);
               "?" means the source does not say which one, so that it is not judged
    snapshot   the date of the checkpoint the name states, as far as it does
    reason     why, where the name alone does not say it

The second sample (142 names, seed 20261124, the rung hidden while labelling) was judged as drawn on 2026-11-24: of 122
answers 3 were wrong, a precision of 97.5 % (one-sided 95 % bound: 93.8 %), and 11 names waited. All three were ids that
move, answered by their display name ("Mistral Large" of `mistral-large-latest`); `subjects.py` was mended after that,
so what `manage.py identity_report` counts of it now is the figure after mending, no blind one.

The third sample (360 names, seed 20261130, drawn in equal parts per leaderboard and rung from what the first two did
not hold, the rung hidden) was labelled on 2026-11-30 by two labellers who saw only the recorded payloads and the list
of slugs, none of the code, and was committed before the resolver was run on it. Every row names the `file` it was
read from; what no payload states says "from knowledge" (7 rows). Judged as drawn: of 319 answers 3 were wrong, a
precision of 99.1 % (one-sided 95 % bound: 97.6 %), and 10 names waited. Wrong were an unreleased "o3-preview (Low)*",
LiveBench's thinking mode of the first Qwen3-235B, and "chatgpt-4o-latest", which we call the model ChatGPT-4o and the
label a moving alias. The first two and four of those that waited were mended after that.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("gold")
SAMPLES = (
    "names.csv",
    "names_second.csv",
    "names_third.csv",
)  # each drawn from what those before did not hold
NO_MODEL, NOT_SAID = "-", "?"


class Verdict(StrEnum):
    RIGHT = "right"
    WRONG = "wrong"
    WAITING = "waiting"  # unresolved: never wrong, but not found either


@dataclass(frozen=True, slots=True)
class Label:
    """One name and what it means by hand. `name` is the display name where it differs from the id."""

    source: str
    id: str
    name: str
    stratum: str
    models: frozenset[str]
    snapshot: str
    reason: str

    @property
    def judged(self) -> bool:
        return NOT_SAID not in self.models

    def verdict(self, model: str | None, stamp: str | None) -> Verdict:
        """What an answer of this model and of a snapshot with this date in its name is worth.

        A coarser answer, the model without its checkpoint, is right; another checkpoint is wrong.
        """
        if model is None:
            return Verdict.RIGHT if self.models == {NO_MODEL} else Verdict.WAITING
        other_day = bool(self.snapshot and stamp) and not agree(self.snapshot, stamp or "")
        return Verdict.WRONG if model not in self.models or other_day else Verdict.RIGHT


def agree(one: str, other: str) -> bool:
    """Could both dates mean one day? "2024-08" and "2024-08-27" could."""
    return one.startswith(other) or other.startswith(one)


@cache
def gold_labels() -> tuple[Label, ...]:
    return tuple(label for sample in SAMPLES for label in labels_in(sample))


def labels_in(sample: str) -> list[Label]:
    with (FOLDER / sample).open(encoding="utf-8", newline="") as file:
        return [
            Label(
                row["source"],
                row["id"],
                row["name"],
                row["stratum"],
                frozenset(row["model"].split("|")),
                row["snapshot"],
                row["reason"],
            )
            for row in csv.DictReader(file)
        ]
