"""What the ledger holds: a claim as somebody made it, and what the stored data say about it on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """What the data say. UNSETTLED: no data collected here can tell; never a guess."""

    HOLDS = "holds"
    PARTLY = "holds in part"
    FAILS = "does not hold"
    UNSETTLED = "not settled by data"


class Kind(StrEnum):
    CLAIM = "claim"
    PREDICTION = "prediction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One reviewed entry of claims.toml. `judge` names the function that settles it, with its parameters."""

    slug: str
    sentence: str
    group: str
    kind: Kind
    said_by: str
    said_on: date
    formula: str  # how it is settled, in words a reader can check
    judge: str
    parameters: Mapping[str, Any]
    resolves_on: date | None = None  # predictions only
    contradicts: tuple[str, ...] = ()  # slugs of claims that cannot hold at the same time


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a reader can check: a label, and a page's name with its argument and query."""

    label: str
    page: str  # a URL name of the site: "gap", "model", "prices" …
    argument: str = ""
    query: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with what it rests on. `reading` is the value with its unit, "" when there is none."""

    verdict: Verdict
    reading: str
    because: str
    as_of: date | None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim with its standing today, when it was made, and the day the verdict last changed.

    `then` is None where the value of that day cannot be known; `flipped_on` None where it never changed, or
    where no history can tell.
    """

    claim: Claim
    now: Judgement
    then: Judgement | None
    flipped_on: date | None


@dataclass(frozen=True, slots=True)
class Flip:
    """A claim's verdict as it has been since `on`; it was another one the week before."""

    claim: str  # slug
    sentence: str
    on: date
    verdict: Verdict


def unsettled(because: str, as_of: date | None = None) -> Judgement:
    return Judgement(Verdict.UNSETTLED, "", because, as_of)
