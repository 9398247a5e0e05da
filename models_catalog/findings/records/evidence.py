"""One stored observation with the file it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from models_catalog.findings.records.sources import SourceCredit


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where one stored value comes from."""

    observation: int | None  # None: a download count, which is known by its subject, window and day
    source: str
    source_title: str
    kind: str
    key: str
    subject: str
    quote: str
    value: dict[str, object]
    valid_from: date | None
    observed_at: datetime
    recorded_at: datetime
    sha256: str
    url: str
    board: str
    outcome: str
    credit: SourceCredit
    model: str  # slug, "" when unresolved
    displayed: bool  # False: the owner's terms do not allow public display
