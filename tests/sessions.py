"""Who still talks to the tests' database: it can be dropped only when nobody does."""

from __future__ import annotations

import threading
import time

from django.db import connection

OTHERS = """
    SELECT backend_type, state, left(query, 500) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type <> 'autovacuum worker'
"""


def wait_for_others_to_leave(seconds: float) -> None:
    """Return when ours is the database's only session. Raises AssertionError that names those which stay."""
    deadline = time.monotonic() + seconds
    while others := others_of_database():
        assert time.monotonic() < deadline, (
            f"still at the database after {seconds:.0f} s: {others}; threads here: {threading.enumerate()}"
        )
        time.sleep(0.1)


def others_of_database() -> list[tuple[str, str, str]]:
    """Kind, state and latest statement of each session at this database but ours and Postgres's own cleaning."""
    with connection.cursor() as cursor:
        cursor.execute(OTHERS)
        rows: list[tuple[str, str, str]] = cursor.fetchall()
    return rows
