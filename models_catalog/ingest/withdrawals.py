"""What a page states no longer: a row that says so, with the last value kept beside it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db.backends.utils import CursorWrapper

from models_catalog.ingest.before import captured_since
from models_catalog.ingest.staging import parameters
from models_catalog.models import Fetch
from models_catalog.vocabulary import FactKind


def withdraw(
    cursor: CursorWrapper,
    fetch: Fetch,
    held_back: Sequence[str],
    *,
    complete: bool,
    restated: Collection[FactKind],
) -> int:
    if complete:
        return insert_withdrawn(cursor, fetch, held_back)
    return insert_unstated(cursor, fetch, held_back, restated) if restated else 0


def insert_unstated(
    cursor: CursorWrapper, fetch: Fetch, held_back: Sequence[str], kinds: Collection[FactKind]
) -> int:
    """The same for the subjects on a page of many: a licence or a runtime that their row states no longer."""
    cursor.execute(
        """
        INSERT INTO models_catalog_observation
            (subject_id, kind, key, board, present, value, digest, valid_from, observed_at, recorded_at, fetch_id)
        SELECT subject_id, kind, key, %(board)s, false, value, %(gone)s,
               %(observed_at)s::timestamptz::date, %(observed_at)s, %(recorded_at)s, %(fetch)s
        FROM (
            SELECT DISTINCT ON (known.subject_id, known.kind, known.key)
                   known.subject_id, known.kind, known.key, known.value, known.present, subject.external_id
            FROM staging row
            JOIN models_catalog_subject subject
              ON subject.source = %(source)s AND subject.external_id = row.subject
            JOIN models_catalog_observation known
              ON known.subject_id = subject.id AND known.board = %(board)s AND known.kind = ANY(%(kinds)s)
             AND known.observed_at <= %(observed_at)s
            WHERE row.kind = %(release)s AND NOT EXISTS (
                SELECT 1 FROM unnest(%(held_back)s::text[]) label
                WHERE strpos(label, row.name) > 0 OR strpos(label, row.subject) > 0)
            ORDER BY known.subject_id, known.kind, known.key, known.observed_at DESC, known.id DESC) last
        WHERE last.present AND NOT EXISTS (
            SELECT 1 FROM staging
            WHERE staging.subject = last.external_id AND staging.kind = last.kind AND staging.key = last.key)
        ON CONFLICT DO NOTHING
        """,
        parameters(fetch) | {"held_back": list(held_back), "kinds": [kind.value for kind in kinds]},
    )
    return int(cursor.rowcount)


# What the board listed last: as the projection of current values knows it, or as its history says of that day.
CURRENT = """
    SELECT known.subject_id, known.kind, known.key, known.value, known.present
    FROM models_catalog_currentobservation current
    JOIN models_catalog_observation known ON known.id = current.observation_id
    JOIN models_catalog_subject subject ON subject.id = current.subject_id
    WHERE subject.source = %(source)s AND current.board = %(board)s"""
LISTED_THEN = """
    SELECT DISTINCT ON (known.subject_id, known.kind, known.key)
           known.subject_id, known.kind, known.key, known.value, known.present
    FROM models_catalog_observation known
    JOIN models_catalog_subject subject ON subject.id = known.subject_id
    WHERE subject.source = %(source)s AND known.board = %(board)s AND known.observed_at <= %(observed_at)s
    ORDER BY known.subject_id, known.kind, known.key, known.observed_at DESC, known.id DESC"""


def insert_withdrawn(cursor: CursorWrapper, fetch: Fetch, held_back: Sequence[str]) -> int:
    """A complete board that no longer lists a fact: say so in a row, keeping the last value beside it.

    A label holds the row's own id, name or run: what any of them is part of may still be listed.
    Of the newest capture's board the current values are all there is to ask; its whole history need not be read.
    """
    cursor.execute(
        f"""
        INSERT INTO models_catalog_observation
            (subject_id, kind, key, board, present, value, digest, valid_from, observed_at, recorded_at, fetch_id)
        SELECT subject_id, kind, key, %(board)s, false, value, %(gone)s,
               %(observed_at)s::timestamptz::date, %(observed_at)s, %(recorded_at)s, %(fetch)s
        FROM ({LISTED_THEN if captured_since(fetch) else CURRENT}) last
        WHERE last.present AND NOT EXISTS (
            SELECT 1 FROM staging
            JOIN models_catalog_subject subject
              ON subject.source = %(source)s AND subject.external_id = staging.subject
            WHERE subject.id = last.subject_id AND staging.kind = last.kind AND staging.key = last.key)
          AND NOT EXISTS (
            SELECT 1 FROM unnest(%(held_back)s::text[]) label
            JOIN models_catalog_subject subject ON subject.id = last.subject_id
            WHERE strpos(label, subject.external_id) > 0 OR strpos(label, subject.name) > 0
               OR (last.kind = %(score)s AND strpos(label, nullif(split_part(last.key, '|', -1), '')) > 0))
        ON CONFLICT DO NOTHING
        """,  # noqa: S608 - one of two texts of ours
        parameters(fetch) | {"held_back": list(held_back), "score": FactKind.SCORE.value},
    )
    return int(cursor.rowcount)
