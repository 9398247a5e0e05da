"""Corrections as rows: seeded from the reviewed file, appended by a reviewer, never changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction

from models_catalog.models import Correction
from models_catalog.models.knowledge import Knowledge, aliases, claims, corrections
from models_catalog.models.turns import take_turn
from models_catalog.normalise.accepted import refuse_two_days
from models_catalog.normalise.corrections import Correction as Reviewed
from models_catalog.normalise.corrections import check, shipped_corrections

MISTAKE = ("source", "subject", "key", "field", "wrong")


def seed_corrections(stamp: datetime, entries: Iterable[Reviewed] | None = None) -> int:
    """Append the entries (default: of corrections.toml) that are new or changed; a row reviewed later here stays."""
    newest = Correction.objects.order_by(*MISTAKE, "-recorded_at", "-id").distinct(*MISTAKE)
    stored = {(row.source, row.subject, row.key, row.field, row.wrong): row for row in newest}
    fresh = [
        row_of(entry, stamp)
        for entry in (shipped_corrections() if entries is None else entries)
        if says_more(entry, stored.get(entry.mistake))
    ]
    return len(Correction.objects.bulk_create(fresh))


def says_more(entry: Reviewed, row: Correction | None) -> bool:
    if row is None:
        return True
    changed = (entry.right, entry.reason, entry.cite) != (row.right, row.reason, row.cite)
    return changed and entry.reviewed_on >= row.reviewed_on


@transaction.atomic
def append_correction(entry: Reviewed) -> Correction:
    """Record a reviewer's correction now. ValueError for one that could never apply, or without its evidence.

    What is shown follows with the next `refresh_projections`.
    """
    others = (item for item in corrections(Knowledge()) if item.mistake != entry.mistake)
    counting = [*(item for item in others if item.wrong != item.right), entry]
    check(counting)
    if entry.field == "date":
        refuse_two_days(claims(Knowledge()), aliases(Knowledge()), counting)
    if not (entry.reason.strip() and entry.cite.strip()):
        raise ValueError("a correction needs a reason and the text that was read")
    with connection.cursor() as cursor:
        row = row_of(entry, take_turn(cursor))
    row.save()
    return row


def row_of(entry: Reviewed, stamp: datetime) -> Correction:
    return Correction(
        source=entry.source,
        subject=entry.model,
        key=entry.key,
        field=entry.field,
        wrong=entry.wrong,
        right=entry.right,
        reason=entry.reason,
        cite=entry.cite,
        reviewed_on=entry.reviewed_on,
        recorded_at=stamp,
    )
