"""Changes between successive observations become events, with both sides kept.

What a source stops listing is an event only when three accepted pages in a row lack it. The first page of a board
brings no news: everything on it was there before we looked.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.backends.utils import CursorWrapper

from models_catalog.models import Fetch
from models_catalog.models.events import Change
from models_catalog.normalise.dates import parse_date
from models_catalog.normalise.licences import licence_of, review_of
from models_catalog.vocabulary import ChangeKind, FactKind, Outcome

ABSENCES = 3  # accepted pages in a row without a fact
LICENCE_FIELDS = ("licence", "licence_name", "link", "gated")


@dataclass(frozen=True, slots=True)
class Pair:
    """A new observation of a fact and the one before it, if there was one."""

    after: int
    before: int | None
    subject: int
    kind: FactKind
    value: dict[str, Any]
    before_value: dict[str, Any] | None
    before_present: bool
    name: str = ""  # of the subject: on the Hub, the repository


def note_changes(cursor: CursorWrapper, fetch: Fetch, *, complete: bool) -> int:
    """Append the events of the page just stored, in its transaction. Returns how many."""
    looked_since = first_page(fetch)
    if looked_since is None:
        return 0
    rows = [
        change_row(fetch, kind, pair)
        for pair in pairs(cursor, fetch)
        for kind in changes_in(pair, fetch.observed_at)
        if complete or kind is not ChangeKind.RELEASED or stated_since(pair, looked_since)
    ]
    if complete:
        rows.extend(missing_for_long(cursor, fetch))
    return len(Change.objects.bulk_create(rows, ignore_conflicts=True))


def first_page(fetch: Fetch) -> datetime | None:
    """When the board was first looked at, before this page; None when this page is the first."""
    known = Fetch.objects.filter(source=fetch.source, board=fetch.board, observed_at__lt=fetch.observed_at)
    delivered = known.filter(outcome__in=(Outcome.ACCEPTED, Outcome.UNCHANGED))
    return delivered.order_by("observed_at").values_list("observed_at", flat=True).first()


def stated_since(pair: Pair, looked_since: datetime) -> bool:
    """One page of many: what is new to us is news only if it came to be after we began to look."""
    stated = parse_date(str(pair.value.get("date") or ""))
    return stated is not None and stated[0] >= looked_since.date()


def pairs(cursor: CursorWrapper, fetch: Fetch) -> Iterator[Pair]:
    """In an order of their own, else events of one page would stand as Postgres happened to join them."""
    cursor.execute(
        """
        SELECT after.id, before.id, after.subject_id, after.kind, after.value, before.value, before.present,
            subject.name
        FROM models_catalog_observation after
        JOIN models_catalog_subject subject ON subject.id = after.subject_id
        LEFT JOIN LATERAL (
            SELECT id, value, present FROM models_catalog_observation earlier
            WHERE earlier.subject_id = after.subject_id AND earlier.board = after.board
              AND earlier.kind = after.kind AND earlier.key = after.key
              AND (earlier.observed_at, earlier.id) < (after.observed_at, after.id)
            ORDER BY earlier.observed_at DESC, earlier.id DESC LIMIT 1) before ON true
        WHERE after.fetch_id = %s AND after.present
        ORDER BY subject.external_id, after.kind, after.key
        """,
        [fetch.pk],
    )
    for after, before, subject, kind, value, before_value, present, name in cursor.fetchall():
        values = loaded(value), loaded(before_value)
        yield Pair(after, before, subject, FactKind(kind), *values, bool(present), name)


def loaded(value: Any) -> Any:
    """A jsonb column of a plain cursor comes as text."""
    return json.loads(value) if isinstance(value, str) else value


def changes_in(pair: Pair, observed_at: datetime) -> Iterator[ChangeKind]:
    """Which events a new observation tells of; none for a mere return to the list."""
    before, after = pair.before_value, pair.value
    if pair.kind is FactKind.LICENCE and differ(after, pair.name) and not differ(before or {}, pair.name):
        yield ChangeKind.LICENCE_CONFLICT
    if pair.kind is FactKind.RELEASE:
        yield from release_changes(before, after)
    elif pair.kind is FactKind.LIFECYCLE:
        yield from lifecycle_changes(before, after, observed_at.date())
    elif before is None:
        return
    elif pair.kind is FactKind.PRICE and before.get("amount") != after.get("amount"):
        yield ChangeKind.PRICE_CHANGED
    elif pair.kind is FactKind.LICENCE and any(
        before.get(name) != after.get(name) for name in LICENCE_FIELDS
    ):
        yield ChangeKind.LICENCE_METADATA_CHANGED


def differ(value: dict[str, Any], repository: str) -> bool:
    """Does a licence's tag name another licence than the model card, or than the text as we read it?

    The Hub's tag and card come as one statement, joined by a comma where they differ.
    """
    words = [word for word in str(value.get("licence") or "").split(", ") if word]
    tagged = [licence for word in words if word != "other" and (licence := licence_of(word))]
    review = review_of(repository)
    texts = {licence.slug for licence in tagged} | ({review.licence.slug} if review and tagged else set())
    return len(texts) > 1


def release_changes(before: dict[str, Any] | None, after: dict[str, Any]) -> Iterator[ChangeKind]:
    if before is None:
        yield ChangeKind.RELEASED
        return
    if says_open(after) and not says_open(before):
        yield ChangeKind.WEIGHTS_PUBLISHED
    if "deprecated" in str(after.get("status", "")) and "deprecated" not in str(before.get("status", "")):
        yield ChangeKind.DEPRECATED


def says_open(value: dict[str, Any]) -> bool:
    """Does the source itself state open weights, in one of the ways our sources have?"""
    claim = str(value.get("access_claim", "")).lower()
    return claim.startswith("open weights") or claim == "open_weights: true"


def lifecycle_changes(
    before: dict[str, Any] | None, after: dict[str, Any], observed_on: date
) -> Iterator[ChangeKind]:
    if before is not None and before.get("date") == after.get("date"):
        return
    stated = parse_date(str(after["date"])) if after.get("date") else None
    if "deprecat" in str(after.get("event", "")).lower():  # its date is the announcement's, not the end's
        yield ChangeKind.DEPRECATED
    elif stated is not None:
        yield ChangeKind.RETIRES_ON if stated[0] > observed_on else ChangeKind.RETIRED


def change_row(fetch: Fetch, kind: ChangeKind, pair: Pair) -> Change:
    stated = parse_date(str(pair.value["date"])) if pair.value.get("date") else None
    dated = stated and kind in (ChangeKind.RELEASED, ChangeKind.RETIRES_ON, ChangeKind.RETIRED)
    return Change(
        kind=kind,
        subject_id=pair.subject,
        before_id=pair.before,
        after_id=pair.after,
        happened_on=stated[0] if dated and stated else fetch.observed_at.date(),
        observed_at=fetch.observed_at,
        recorded_at=fetch.recorded_at,
    )


def missing_for_long(cursor: CursorWrapper, fetch: Fetch) -> Iterator[Change]:
    """Releases a complete board has not listed on its last three accepted pages."""
    cursor.execute(
        """
        SELECT gone.id, gone.subject_id
        FROM models_catalog_currentobservation current
        JOIN models_catalog_observation gone ON gone.id = current.observation_id
        JOIN models_catalog_subject subject ON subject.id = gone.subject_id
        WHERE subject.source = %(source)s AND current.board = %(board)s AND gone.kind = %(release)s
          AND NOT gone.present AND (
            SELECT count(*) FROM models_catalog_fetch page
            WHERE page.source = %(source)s AND page.board = %(board)s
              AND page.outcome IN ('accepted', 'unchanged')
              AND page.observed_at BETWEEN gone.observed_at AND %(observed_at)s) >= %(absences)s
        """,
        {
            "source": fetch.source,
            "board": fetch.board,
            "release": FactKind.RELEASE.value,
            "observed_at": fetch.observed_at,
            "absences": ABSENCES,
        },
    )
    for gone, subject in cursor.fetchall():
        yield Change(
            kind=ChangeKind.NO_LONGER_LISTED,
            subject_id=subject,
            before_id=None,
            after_id=gone,
            happened_on=fetch.observed_at.date(),
            observed_at=fetch.observed_at,
            recorded_at=fetch.recorded_at,
        )
