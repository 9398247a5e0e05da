"""As of which day, and known when? The two limits every question about the data can carry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max

from models_catalog.models import Generation, Issue, ModelVersion


@dataclass(frozen=True, slots=True)
class Moment:
    """`as_of`: what held on that day (valid_from); `known_at`: what had been committed by that instant.

    None means no limit. Answers to a moment with `known_at` never change (product.md, "Three times").
    """

    as_of: date | None = None
    known_at: datetime | None = None

    @property
    def is_now(self) -> bool:
        return self.as_of is None and self.known_at is None


NOW = Moment()


def settled_until() -> datetime | None:
    """The newest commit stamp: what was known by then will never be added to. None before the first ingest."""
    stamps = (
        Generation.objects.filter(pk=1).values_list("recorded_at", flat=True).first(),
        ModelVersion.objects.aggregate(newest=Max("recorded_at"))["newest"],
        Issue.objects.filter(standing=True).aggregate(newest=Max("issued_at"))["newest"],
    )
    return max(filter(None, stamps), default=None)
