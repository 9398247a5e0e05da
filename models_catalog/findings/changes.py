"""What changed, in the order in which it was recorded? A feed that can be read on from where one stopped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from models_catalog.findings.facts import displayed_sources
from models_catalog.findings.moment import Moment
from models_catalog.findings.paging import Order, Position
from models_catalog.findings.stated import subjects_of, who
from models_catalog.models import Change, Observation

ORDERS = {"id": Order("pk", "pk"), "-id": Order("pk", "pk", falling=True)}


@dataclass(frozen=True, slots=True)
class ChangeQuery:
    """Empty means any. `since` counts from when a change was recorded here."""

    kind: str = ""
    model: str = ""
    source: str = ""
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    change: Change
    model: str
    name: str
    position: Position


def changes(
    query: ChangeQuery, moment: Moment, *, order: Order = ORDERS["id"],
    after: Position | None = None, limit: int = 1,
) -> list[ChangeEntry]:  # fmt: skip
    """Up to `limit` events after a position, of sources whose terms allow display."""
    found = order.page(asked(query, moment), after, limit)
    known = who({row.subject_id: row.subject for row in found}, moment)
    return [ChangeEntry(row, *known[row.subject_id], order.position(row)) for row in found]


def asked(query: ChangeQuery, moment: Moment) -> QuerySet[Change]:
    rows = Change.objects.select_related("subject", "before", "after")
    rows = rows.filter(subject__source__in=displayed_sources())
    if query.kind:
        rows = rows.filter(kind=query.kind)
    if query.source:
        rows = rows.filter(subject__source=query.source)
    if query.model:
        rows = rows.filter(subject_id__in=subjects_of([query.model], moment))
    if query.since:
        rows = rows.filter(recorded_at__gte=query.since)
    if moment.known_at:
        rows = rows.filter(recorded_at__lte=moment.known_at)
    return rows.filter(happened_on__lte=moment.as_of) if moment.as_of else rows


def side(row: Observation) -> dict[str, Any]:
    """One side of a change: the stored value with its observation, without the quoted cell."""
    value = {name: item for name, item in row.value.items() if name != "quote"}
    return {"observation": row.pk, "observed_at": row.observed_at.isoformat(), "value": value}
