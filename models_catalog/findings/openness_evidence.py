"""Which stored statements are the separate facts of a model's openness read from? The newest that say exactly this."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.db.models import Q

from models_catalog.models import Observation
from models_catalog.models.knowledge import Knowledge
from models_catalog.normalise.openness import TRAINING_CODE, TRAINING_DATA, Grade
from models_catalog.normalise.statements import OpennessFacts
from models_catalog.normalise.weights import EPOCH, HUB, OSAI
from models_catalog.vocabulary import FactKind

KINDS = Q(kind__in=(FactKind.RELEASE, FactKind.LICENCE, FactKind.OPENNESS))
WEIGHTS = ("access_claim", "hub_repository", "hub_id")  # fields that say whether weights can be had


class Stated(NamedTuple):
    """One statement, in the source's own words."""

    source: str
    value: dict[str, Any]
    observation: int

    def says(self, source: str | None, name: str, words: str | None) -> bool:
        return self.source == source and words is not None and self.value.get(name) == words


def statements_behind(subjects: Collection[int], knowledge: Knowledge) -> tuple[Stated, ...]:
    """What is stated of these names' releases, licences and openness, as known then, newest first."""
    rows = Observation.objects.filter(KINDS, subject_id__in=subjects).select_related("subject")
    newest = rows.known(knowledge.known_at, knowledge.vintage).newest()
    ordered = sorted(newest, key=lambda row: (row.observed_at, row.pk), reverse=True)
    return tuple(Stated(row.subject.source, row.value, row.pk) for row in ordered)


def behind(facts: OpennessFacts, graded: Grade, stated: Iterable[Stated]) -> Mapping[str, int | None]:
    """By fact, the observation it was read from; None: nobody states it, or it was reviewed here."""
    known = tuple(stated)
    return {
        "weights": first(weights(facts, known)),
        "gated": first(one for one in known if one.says(HUB, "gated", facts.gated)),
        "licence": first(licence(facts, graded, known)),
        "data": first(graded_as(facts.training_data, TRAINING_DATA, known)),
        "code": first(graded_as(facts.training_code, TRAINING_CODE, known)),
    }


def first(found: Iterable[Stated]) -> int | None:
    return next((one.observation for one in found), None)


def weights(facts: OpennessFacts, known: Iterable[Stated]) -> Iterator[Stated]:
    """Of the source that was believed, those that say anything about it."""
    for one in known:
        if one.source == facts.access_source and any(one.value.get(name) for name in WEIGHTS):
            yield one


def licence(facts: OpennessFacts, graded: Grade, known: Iterable[Stated]) -> Iterator[Stated]:
    """Those that state the licence that decided, else Epoch AI's words on what use is allowed."""
    by = graded.stated_by
    for one in known:
        if by and any(one.says(by.source, name, by.stated) for name in ("licence", "licence_name")):
            yield one
        if not by and graded.commercial is not None and one.says(EPOCH, "access_claim", facts.wording):
            yield one


def graded_as(grade: str | None, criteria: Iterable[str], known: Iterable[Stated]) -> Iterator[Stated]:
    """The European index's grade under the first of these criteria that it graded."""
    for name in criteria:
        for one in known:
            if one.says(OSAI, "criterion", name) and one.value.get("grade") == grade:
                yield one
