"""What is open about a model, and where that is stated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from models_catalog.vocabulary import Access, Tier


@dataclass(frozen=True, slots=True)
class OpennessLine:
    """One separate fact of a model's openness. `value` "" = not known, and `missing` says why."""

    label: str
    value: str
    stated_by: str
    missing: str
    observation: int | None = None  # that states it; None: reviewed here, or not known


@dataclass(frozen=True, slots=True)
class IndexGrade:
    """How open one part of a system's making is, as the European Open Source AI Index grades it."""

    criterion: str
    grade: str  # open, partial or closed
    notes: str
    subject: str  # the system's name there
    observation: int


@dataclass(frozen=True, slots=True)
class OpennessDetail:
    """A model's openness with the facts behind it, as known at an instant (None: now)."""

    tier: Tier
    reason: str
    access: Access
    access_reason: str
    released: date | None
    released_kind: str
    released_source: str
    lines: tuple[OpennessLine, ...]
    index: tuple[IndexGrade, ...]
    conflicts: tuple[str, ...]
    known_at: datetime | None
