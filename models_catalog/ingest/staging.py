"""One page's facts in a temporary table, and whose they are: what the statements of `store` read from."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.db.backends.utils import CursorWrapper

from models_catalog.ingest.facts import GONE, Fact
from models_catalog.models import Fetch
from models_catalog.vocabulary import FactKind


def stage(cursor: CursorWrapper, facts: Iterable[Fact]) -> None:
    cursor.execute(
        """
        CREATE TEMP TABLE IF NOT EXISTS staging (
            subject text, name text, kind text, key text, value jsonb, digest text, valid_from date,
            present boolean) ON COMMIT DROP
        """
    )
    cursor.execute("TRUNCATE staging")  # a caller's own transaction may hold more than one page
    with cursor.copy("COPY staging FROM STDIN") as copy:
        for fact in facts:
            value = json.dumps(fact.value, ensure_ascii=False)
            copy.write_row(
                (
                    fact.subject,
                    fact.name,
                    fact.kind,
                    fact.key,
                    value,
                    fact.digest,
                    fact.valid_from,
                    fact.present,
                )
            )
    cursor.execute("ANALYZE staging")


def match_names(cursor: CursorWrapper, fetch: Fetch) -> None:
    """Rows without the source's own id belong to the one subject of that name, as of the capture.

    A subject known by its name only becomes the one whose id is first seen with that name.
    """
    cursor.execute("SELECT EXISTS (SELECT 1 FROM staging WHERE subject = name)")
    if cursor.fetchone()[0]:
        match_unnumbered(cursor, fetch)
    cursor.execute(
        """
        UPDATE models_catalog_subject known SET external_id = identified.subject
        FROM (SELECT DISTINCT subject, name FROM staging WHERE subject <> name) identified
        WHERE known.source = %(source)s AND known.external_id = identified.name AND NOT EXISTS (
            SELECT 1 FROM models_catalog_subject other
            WHERE other.source = %(source)s AND other.external_id = identified.subject)
        """,
        parameters(fetch),
    )


def match_unnumbered(cursor: CursorWrapper, fetch: Fetch) -> None:
    """Looks through all names the source ever used: only for the few pages whose rows carry no id."""
    cursor.execute(
        """
        UPDATE staging SET subject = owner.external_id
        FROM (
            SELECT max(external_id) AS external_id, name FROM (
                SELECT DISTINCT ON (subject.id) subject.external_id, release.value ->> 'hub_repository' AS name
                FROM models_catalog_observation release
                JOIN models_catalog_subject subject ON subject.id = release.subject_id
                WHERE subject.source = %(source)s AND subject.external_id <> subject.name
                  AND release.kind = %(release)s AND release.observed_at <= %(observed_at)s
                ORDER BY subject.id, release.observed_at DESC, release.id DESC) named
            GROUP BY name HAVING count(*) = 1) owner
        WHERE staging.subject = staging.name AND owner.name = staging.name
        """,
        parameters(fetch),
    )


def name_subjects(cursor: CursorWrapper, fetch: Fetch) -> None:
    """Make missing subjects known; an older capture never overwrites a newer display name."""
    cursor.execute(
        """
        INSERT INTO models_catalog_subject AS known (source, external_id, name)
        SELECT %(source)s, subject, max(name) FROM staging GROUP BY subject
        ON CONFLICT (source, external_id) DO UPDATE SET name = excluded.name
        WHERE known.name <> excluded.name AND NOT EXISTS (
            SELECT 1 FROM models_catalog_observation newer
            WHERE newer.subject_id = known.id AND newer.observed_at > %(observed_at)s)
        """,
        parameters(fetch),
    )


def parameters(fetch: Fetch) -> dict[str, Any]:
    return {
        "fetch": fetch.pk,
        "source": fetch.source,
        "board": fetch.board,
        "observed_at": fetch.observed_at,
        "recorded_at": fetch.recorded_at,
        "downloads": FactKind.DOWNLOADS.value,
        "release": FactKind.RELEASE.value,
        "gone": GONE,
    }
