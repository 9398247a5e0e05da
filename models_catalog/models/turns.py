"""Whose turn is it to write? One transaction at a time, so that commit stamps grow in the order of commits."""

from __future__ import annotations

from datetime import datetime

from django.db.backends.utils import CursorWrapper

INGEST_LOCK = 0x0BE9_6A90  # one writer at a time: recorded_at then grows in commit order


def take_turn(cursor: CursorWrapper) -> datetime:
    """Wait for the ingest lock, then read the clock: the stamp of everything this transaction writes."""
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [INGEST_LOCK])
    cursor.execute("SELECT clock_timestamp()")
    stamp = cursor.fetchone()[0]
    assert isinstance(stamp, datetime)
    return stamp
