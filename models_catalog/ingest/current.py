"""The newest observation of every fact: a projection, kept page by page or made again whole."""

from __future__ import annotations

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from models_catalog.ingest.staging import parameters
from models_catalog.models import Fetch
from models_catalog.models.turns import take_turn

BULK_SHARE = 0.05  # of the rows there are
BULK = 500  # rows inserted by one page that make statistics stale


def refresh_statistics(cursor: CursorWrapper, inserted: int) -> None:
    """After a bulk of rows the planner must know: autovacuum is a minute late, and bad plans cost minutes.

    What is little beside what is there already changes no plan, and would be paid for with every page of a sweep.
    """
    cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'models_catalog_observation'::regclass")
    if inserted >= max(BULK, cursor.fetchone()[0] * BULK_SHARE):
        cursor.execute("ANALYZE models_catalog_subject, models_catalog_observation")


def project_current(cursor: CursorWrapper, fetch: Fetch) -> None:
    """Point the current values of the facts this page touched at their newest observation."""
    cursor.execute(
        """
        INSERT INTO models_catalog_currentobservation (observation_id, subject_id, board, kind, key)
        SELECT DISTINCT ON (newest.subject_id, newest.board, newest.kind, newest.key)
               newest.id, newest.subject_id, newest.board, newest.kind, newest.key
        FROM models_catalog_observation touched
        JOIN models_catalog_observation newest
          ON newest.subject_id = touched.subject_id AND newest.board = touched.board
         AND newest.kind = touched.kind AND newest.key = touched.key
        WHERE touched.fetch_id = %(fetch)s
        ORDER BY newest.subject_id, newest.board, newest.kind, newest.key,
                 newest.observed_at DESC, newest.id DESC
        ON CONFLICT (subject_id, board, kind, key) DO UPDATE SET observation_id = excluded.observation_id
        """,
        parameters(fetch),
    )


@transaction.atomic
def rebuild_current() -> int:
    """Throw the projection of current values away and make it again from observations."""
    with connection.cursor() as cursor:
        take_turn(cursor)
        cursor.execute("DELETE FROM models_catalog_currentobservation")
        cursor.execute(
            """
            INSERT INTO models_catalog_currentobservation (observation_id, subject_id, board, kind, key)
            SELECT DISTINCT ON (subject_id, board, kind, key) id, subject_id, board, kind, key
            FROM models_catalog_observation
            ORDER BY subject_id, board, kind, key, observed_at DESC, id DESC
            """
        )
        return int(cursor.rowcount)
