"""What did sources state, as of a day, as known at an instant? Scores, prices, offers, runtimes, lifecycles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from models_catalog.findings.entries import EntryQuery, matching
from models_catalog.findings.facts import displayed_sources, score_corrections
from models_catalog.findings.moment import Moment
from models_catalog.findings.paging import Order, Position
from models_catalog.models import Observation, Resolution, Subject, SubjectVersion
from models_catalog.normalise.corrections import ScoreCorrections
from models_catalog.vocabulary import FactKind, PriceUnit

SERVED = Q(kind=FactKind.PRICE, value__unit=PriceUnit.INPUT.value, value__tier="standard") & ~Q(
    value__has_key="band"
)  # one row per host and listing: the standard price of input
KINDS: Mapping[str, Q] = {
    "scores": Q(kind=FactKind.SCORE),
    "prices": Q(kind=FactKind.PRICE),
    "deployments": Q(kind=FactKind.RUNTIME) | SERVED,
    "lifecycle-events": Q(kind=FactKind.LIFECYCLE),
    "statements": Q(kind__in=(FactKind.RELEASE, FactKind.LICENCE)),
}
ORDERS: Mapping[str, Order] = {
    "id": Order("pk", "pk"),
    "-id": Order("pk", "pk", falling=True),
    "-observed_at": Order("observed_at", "pk", falling=True),
}


@dataclass(frozen=True, slots=True)
class FactQuery:
    """Which facts: of one model (slug), of one source, with these values (in the source's own words)."""

    model: str = ""
    source: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stated:
    """One present value with whom it is of, as taken then: `model` "" means nobody the catalogue knows."""

    observation: Observation
    model: str
    name: str
    position: Position
    corrections: ScoreCorrections  # that counted then: a value is shown as it counts


def stated(
    what: str, query: FactQuery, moment: Moment, *, order: Order = ORDERS["id"],
    after: Position | None = None, limit: int = 1,
) -> list[Stated]:  # fmt: skip
    """Up to `limit` present values after a position, each the newest of its fact at that moment."""
    rows = facts_at(KINDS[what], moment).filter(subject__source__in=displayed_sources())
    if query.source:
        rows = rows.filter(subject__source=query.source)
    if query.model:
        rows = rows.filter(subject_id__in=subjects_of([query.model], moment))
    if query.values:
        rows = rows.filter(value__contains=dict(query.values))
    if what == "scores" and moment.as_of:
        rows = rows.filter(subject_id__in=subjects_released(moment))
    return named(order.page(rows.select_related("subject"), after, limit), moment, order)


def facts_at(kinds: Q, moment: Moment) -> QuerySet[Observation]:
    """The newest row of each fact of those that count at that moment, where it is present."""
    return newest_at(kinds, moment).filter(present=True)


def newest_at(kinds: Q, moment: Moment) -> QuerySet[Observation]:
    """The newest row of each fact of those that count at that moment, withdrawn ones included.

    By identity of the fact, never by `current`, once a limit is asked for: so no later row changes the answer.
    """
    rows = Observation.objects.filter(kinds)
    if moment.is_now:
        return rows.filter(current__isnull=False)
    counting = Q()
    if moment.known_at:
        counting &= Q(recorded_at__lte=moment.known_at)
    if moment.as_of:
        counting &= Q(valid_from=None) | Q(valid_from__lte=moment.as_of)
    fact = {name: OuterRef(name) for name in ("subject_id", "board", "kind", "key")}
    later = Q(observed_at__gt=OuterRef("observed_at"))
    later |= Q(observed_at=OuterRef("observed_at"), id__gt=OuterRef("id"))
    return rows.filter(counting, ~Exists(Observation.objects.filter(counting, later, **fact)))


def subjects_of(slugs: Iterable[str], moment: Moment) -> QuerySet[Any, Any]:
    if moment.known_at is None:
        return Resolution.objects.filter(model__slug__in=list(slugs)).values_list("subject_id", flat=True)
    versions = SubjectVersion.objects.at(moment.known_at).filter(model__in=list(slugs))
    return versions.values_list("subject_id", flat=True)


def subjects_released(moment: Moment) -> QuerySet[Any, Any]:
    """Names of models released by the day: a score holds from its model's release."""
    models = matching(EntryQuery(unlisted=True), moment).values("slug")
    if moment.known_at is None:
        return Resolution.objects.filter(model__slug__in=models).values_list("subject_id", flat=True)
    versions = SubjectVersion.objects.at(moment.known_at).filter(model__in=models)
    return versions.values_list("subject_id", flat=True)


def named(rows: list[Observation], moment: Moment, order: Order) -> list[Stated]:
    known = who({row.subject_id: row.subject for row in rows}, moment)
    mended = score_corrections(moment.known_at)
    return [Stated(row, *known[row.subject_id], order.position(row), mended) for row in rows]


def who(subjects: Mapping[int, Subject], moment: Moment) -> dict[int, tuple[str, str]]:
    """Model slug and name of subjects, as taken then; a subject not looked at yet is known by its id."""
    if moment.known_at is None:
        found = Resolution.objects.filter(subject_id__in=list(subjects)).values_list(
            "subject_id", "model__slug"
        )
        slugs = {subject: slug or "" for subject, slug in found}
        return {key: (slugs.get(key, ""), subject.name) for key, subject in subjects.items()}
    versions = SubjectVersion.objects.at(moment.known_at).filter(subject_id__in=list(subjects))
    known = {row.subject_id: (row.model, row.name) for row in versions}
    return {key: known.get(key, ("", subject.external_id)) for key, subject in subjects.items()}
