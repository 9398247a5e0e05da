"""What was corrected, why, and whether it still holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class CorrectionState(StrEnum):
    """Is a correction needed, as far as the newest payloads tell?"""

    IN_FORCE = "in force"
    SETTLED = "settled"  # the source states something else by itself now
    NOT_STATED = "not stated"  # no payload here holds the statement
    REPLACED = "replaced"  # a later correction of the same mistake counts
    TAKEN_BACK = "taken back"


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """One corrected value: whose statement about what, from what to what, why, and whether it is still needed."""

    number: int
    source: str
    source_title: str
    subject: str
    key: str
    field: str
    wrong: str
    right: str
    reason: str
    cite: str
    reviewed_on: date
    recorded_at: datetime
    state: CorrectionState
    states_now: str
    states_since: datetime | None
    observation: int | None  # the statement as stored: never changed
    model: str  # slug, "" when unresolved
