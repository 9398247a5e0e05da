"""What did we correct, on what evidence, and does the source still need it?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q

from models_catalog.findings.entries import catalogue
from models_catalog.findings.moment import NOW, Moment
from models_catalog.findings.records import CorrectionLine, CorrectionState
from models_catalog.findings.stated import newest_at, who
from models_catalog.models import Correction, Observation
from models_catalog.models.knowledge import correction as as_reviewed
from models_catalog.models.observations import OPAQUE_IDS
from models_catalog.normalise.statements import REVIEW
from models_catalog.sources import SOURCES
from models_catalog.vocabulary import FactKind

TITLES = {source.slug: source.title for source in SOURCES} | {REVIEW: "our own review"}
STATING = (FactKind.RELEASE, FactKind.LICENCE, FactKind.SCORE)
SEVERAL = 2000
Statement = tuple[Observation, str]  # with the slug of the model it is of, "" when unresolved


def corrections(
    moment: Moment = NOW, *, source: str = "", after: int = 0, limit: int = SEVERAL
) -> tuple[CorrectionLine, ...]:
    """The log of corrected values, oldest row first, from a row number on; reviewed and recorded by the moment.

    A later row about the same mistake replaces an earlier one; both are listed, and the earlier one says so.
    """
    rows = Correction.objects.filter(pk__gt=after).order_by("pk")
    if moment.known_at is not None:
        rows = rows.filter(recorded_at__lte=moment.known_at)
    if moment.as_of is not None:
        rows = rows.filter(reviewed_on__lte=moment.as_of)
    if source:
        rows = rows.filter(source=source)
    found = list(rows[:limit])
    return lines(found, newest_of(moment.known_at), moment)


def newest_of(known_at: datetime | None) -> set[int]:
    """Row numbers of the corrections that count."""
    mistake = ("source", "subject", "key", "field", "wrong")
    rows = Correction.objects.all()
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    return set(rows.order_by(*mistake, "-recorded_at", "-id").distinct(*mistake).values_list("pk", flat=True))


def lines(rows: Sequence[Correction], counting: set[int], moment: Moment) -> tuple[CorrectionLine, ...]:
    known = Moment(known_at=moment.known_at)
    stated = statements(rows, known)
    reviewed = [row.subject for row in rows if row.source == REVIEW]
    models = set(catalogue(known).filter(slug__in=reviewed).values_list("slug", flat=True))
    return tuple(line(row, stated, models, counts=row.pk in counting) for row in rows)


def statements(rows: Iterable[Correction], moment: Moment) -> dict[tuple[str, str], list[Statement]]:
    """What each corrected subject's source states, by source and the source's own name of it."""
    asked = Q(pk__in=[])
    for row in rows:
        named = {"subject__name" if row.source in OPAQUE_IDS else "subject__external_id": row.subject}
        asked |= Q(subject__source=row.source, **named)
    newest = newest_at(Q(kind__in=STATING) & asked, moment).select_related("subject").order_by("-pk")
    observations = list(newest)
    known = who({item.subject_id: item.subject for item in observations}, moment)
    found: dict[tuple[str, str], list[Statement]] = {}
    for item in observations:
        model, _ = known[item.subject_id]
        found.setdefault((item.subject.source, item.subject.called), []).append((item, model))
    return found


def line(
    row: Correction,
    stated: dict[tuple[str, str], list[Statement]],
    models: set[str],
    *,
    counts: bool,
) -> CorrectionLine:
    about = stated.get((row.source, row.subject), [])
    read = [item for item, _ in about if row.field in item.value and keyed(row, item)]
    slug = about[0][1] if about else ""
    state, newest = state_of(row, read, counts=counts)
    return CorrectionLine(
        number=row.pk,
        source=row.source,
        source_title=TITLES.get(row.source, row.source),
        subject=row.subject,
        key=row.key,
        field=row.field,
        wrong=row.wrong,
        right=row.right,
        reason=row.reason,
        cite=row.cite,
        reviewed_on=row.reviewed_on,
        recorded_at=row.recorded_at,
        state=state,
        states_now=str(newest.value[row.field]) if newest else "",
        states_since=newest.observed_at if newest else None,
        observation=newest.pk if newest else None,
        model=row.subject if row.subject in models and row.source == REVIEW else slug,
    )


def keyed(row: Correction, item: Observation) -> bool:
    """Is this observation of the fact that is corrected? Scores by their key, the rest by their field."""
    return item.key == row.key if row.key else item.kind != FactKind.SCORE


def state_of(
    row: Correction, read: Sequence[Observation], *, counts: bool
) -> tuple[CorrectionState, Observation | None]:
    """Is it still needed, and the statement that says so? One board that still errs keeps it in force."""
    newest = max(read, key=lambda item: (item.observed_at, item.pk), default=None)
    if not counts:
        return CorrectionState.REPLACED, newest
    if row.wrong == row.right:
        return CorrectionState.TAKEN_BACK, newest
    if row.source == REVIEW:
        return CorrectionState.IN_FORCE, None
    erring = [item for item in read if as_reviewed(row).mends(item.value[row.field])]
    if erring:
        return CorrectionState.IN_FORCE, max(erring, key=lambda item: (item.observed_at, item.pk))
    return (CorrectionState.SETTLED, newest) if newest else (CorrectionState.NOT_STATED, None)
