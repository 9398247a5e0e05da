"""Download counts by day, in a partition a month."""

from __future__ import annotations

from datetime import date

from django.db.backends.utils import CursorWrapper

from models_catalog.ingest.staging import parameters
from models_catalog.models import Fetch


def insert_samples(cursor: CursorWrapper, fetch: Fetch) -> int:
    """Download counts: the sampled day is the stated one, else the day of the capture.

    The same count once more on one day is no new sample: lists overlap, and pages come again.
    """
    cursor.execute(
        """
        SELECT DISTINCT coalesce((value ->> 'day')::date, %(observed_at)s::timestamptz::date)
        FROM staging WHERE kind = %(downloads)s
        """,
        parameters(fetch),
    )
    days = [day for (day,) in cursor.fetchall()]
    for month in {day.replace(day=1) for day in days}:
        make_partition(cursor, month)
    if not days:
        return 0
    cursor.execute(
        """
        INSERT INTO models_catalog_downloadsample
            ("window", subject_id, day, observed_at, recorded_at, count, fetch_id)
        SELECT staging.value ->> 'window', subject.id,
               coalesce((staging.value ->> 'day')::date, %(observed_at)s::timestamptz::date),
               %(observed_at)s, %(recorded_at)s, (staging.value ->> 'count')::bigint, %(fetch)s
        FROM staging
        JOIN models_catalog_subject subject
          ON subject.source = %(source)s AND subject.external_id = staging.subject
        LEFT JOIN LATERAL (
            SELECT count FROM models_catalog_downloadsample before
            WHERE before.subject_id = subject.id AND before."window" = staging.value ->> 'window'
              AND before.day = coalesce((staging.value ->> 'day')::date, %(observed_at)s::timestamptz::date)
              AND before.observed_at <= %(observed_at)s
            ORDER BY before.observed_at DESC LIMIT 1) before ON true
        WHERE staging.kind = %(downloads)s
          AND before.count IS DISTINCT FROM (staging.value ->> 'count')::bigint
        ON CONFLICT DO NOTHING
        """,
        parameters(fetch),
    )
    return int(cursor.rowcount)


def make_partition(cursor: CursorWrapper, day: date) -> None:
    """One partition a month, made when its first sample comes (the gate keeps stated days within reason)."""
    start = day.replace(day=1)
    end = date(start.year + start.month // 12, start.month % 12 + 1, 1)
    cursor.execute(
        f"""CREATE TABLE IF NOT EXISTS models_catalog_downloadsample_{start:%Y_%m}
            PARTITION OF models_catalog_downloadsample FOR VALUES FROM ('{start}') TO ('{end}')"""
    )
