"""What was known: stored statements at one state of knowledge, as pure records for the rooms above.

`known_at` limits our commits, `vintage` limits captures (product.md, "Three times"). Everything computed from
what these functions return is a pure function of the two, so any past answer can be made again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery

from models_catalog.models.catalog import Alias, Correction
from models_catalog.models.collection import Generation
from models_catalog.models.observations import OPAQUE_IDS, DownloadSample, Observation, Subject, limits
from models_catalog.normalise.aliases import Alias as Reviewed
from models_catalog.normalise.aliases import Aliases, load_aliases
from models_catalog.normalise.authorities import HUB
from models_catalog.normalise.corrections import Correction as Corrected
from models_catalog.normalise.corrections import ScoreCorrections, shipped_corrections
from models_catalog.normalise.curated import curated_claims
from models_catalog.normalise.records import Claim
from models_catalog.vocabulary import DateKind, FactKind

COUNTED = "counted"  # the board of a claim that says no more than that a repository is there


@dataclass(frozen=True, slots=True)
class Knowledge:
    """A state of knowledge. `known_at` None means everything committed; `vintage` None, every capture."""

    known_at: datetime | None = None
    vintage: datetime | None = None


@dataclass(frozen=True, slots=True)
class StoredScore:
    """One present score, as its source named it."""

    observation: int
    source: str
    board: str
    subject: str  # the source's own id
    name: str
    value: dict[str, Any]
    observed_at: datetime


def now_known() -> datetime | None:
    """The newest commit stamp: what "everything known now" means. None before the first ingest."""
    return Generation.objects.filter(pk=1).values_list("recorded_at", flat=True).first()


def newest_rows(knowledge: Knowledge, kinds: Q) -> Iterator[Observation]:
    rows = Observation.objects.filter(kinds).known(knowledge.known_at, knowledge.vintage).newest()
    yield from rows.select_related("subject").iterator(chunk_size=5000)


def claims(knowledge: Knowledge, subjects: Collection[int] | None = None) -> list[Claim]:
    """What sources stated about releases and licences, of all subjects or of these (row numbers).

    Withdrawn statements count: a model that was released stays released when a board stops listing it. A licence
    counts no longer once a row that is still listed has ceased to state it. A repository whose downloads were
    counted is there, whatever else is stated of it. To them come our reviewed entries about models that a source
    names and none of them states.
    """
    asked = Q(kind__in=(FactKind.RELEASE, FactKind.LICENCE, FactKind.OPENNESS))
    if subjects is not None:
        asked &= Q(subject_id__in=subjects)
    # The rows come in this order: one subject's are together, and only these are held as rows at a time.
    together = groupby(newest_rows(knowledge, asked), key=lambda row: (row.subject_id, row.board))
    statements = (list(rows) for _, rows in together)
    stated = [
        claim(rows)
        for rows in statements
        if any(row.kind == FactKind.RELEASE for row in rows) or tagged(rows)
    ]
    return [*stated, *counted(knowledge, subjects), *curated_claims(names_used(subjects))]


def tagged(rows: list[Observation]) -> bool:
    """Is this the licence tag of a repository, from a list of the Hub's that states nothing else?"""
    return rows[0].subject.source == HUB and any(row.kind == FactKind.LICENCE for row in rows)


def counted(knowledge: Knowledge, subjects: Collection[int] | None = None) -> list[Claim]:
    """The repositories on the Hub of which nothing is stated but how often they were downloaded: they are there."""
    known = limits(knowledge.known_at, knowledge.vintage)
    samples = DownloadSample.objects.filter(known, subject_id=OuterRef("pk")).order_by("observed_at")
    released = Observation.objects.filter(subject_id=OuterRef("pk"), kind=FactKind.RELEASE)
    found = Subject.objects.filter(~Exists(released), source=HUB)
    if subjects is not None:
        found = found.filter(pk__in=subjects)
    seen = found.annotate(seen=Subquery(samples.values("observed_at")[:1])).exclude(seen=None).order_by("pk")
    return [
        Claim(source=HUB, board=COUNTED, model=one.called, name=one.name, observed_at=one.seen)
        for one in seen
    ]


def names_used(subjects: Collection[int] | None = None) -> Iterator[str]:
    """Every id and display name that sources use, for all subjects or for these."""
    used = Subject.objects.all() if subjects is None else Subject.objects.filter(pk__in=subjects)
    for identifier, name in used.values_list("external_id", "name").iterator(chunk_size=5000):
        yield from {identifier, name}


def claim(rows: list[Observation]) -> Claim:
    """One source's statements about one subject, on one board, as the catalogue reads them."""
    stated: dict[str, Any] = {}
    release = next((row for row in rows if row.kind == FactKind.RELEASE), rows[0])
    for row in rows:
        taken_back = row.kind == FactKind.LICENCE and release.present and not row.present
        if row.kind in (FactKind.RELEASE, FactKind.LICENCE) and not taken_back:
            stated |= row.value
    grades = {row.value["criterion"]: row.value["grade"] for row in rows if row.kind == FactKind.OPENNESS}
    subject = rows[0].subject
    return Claim(
        source=subject.source,
        board=release.board,
        model=(subject.source in OPAQUE_IDS and stated.get("hub_repository")) or subject.called,
        name=subject.name,
        organization=stated.get("organization"),
        date=stated.get("date"),
        date_kind=DateKind(stated.get("date_kind", DateKind.ANNOUNCED)),
        access_claim=stated.get("access_claim"),
        access_group=stated.get("access_group"),
        family=stated.get("family"),
        hub_repository=stated.get("hub_repository"),
        hub_id=stated.get("hub_id"),
        base_model=stated.get("base_model"),
        base_relation=stated.get("base_relation"),
        parameters=stated.get("parameters"),
        context_tokens=stated.get("context_tokens"),
        country=stated.get("country"),
        modalities_in=tuple(stated.get("modalities_in", ())),
        modalities_out=tuple(stated.get("modalities_out", ())),
        status=stated.get("status"),
        task=stated.get("task"),
        licence=stated.get("licence"),
        licence_name=stated.get("licence_name"),
        licence_link=stated.get("link"),
        gated=stated.get("gated"),
        grades=tuple(sorted(grades.items())),
        observed_at=release.observed_at,
    )


def scores(knowledge: Knowledge) -> list[StoredScore]:
    """Every score that its board still listed, newest value each, corrected as known then, in a stable order."""
    mended = ScoreCorrections.of(corrections(knowledge))
    rows = [
        StoredScore(
            row.pk,
            row.subject.source,
            row.board,
            row.subject.external_id,
            row.subject.name,
            mended.applied(row.subject.source, row.subject.external_id, row.key, row.value)[0],
            row.observed_at,
        )
        for row in newest_rows(knowledge, Q(kind=FactKind.SCORE))
        if row.present
    ]
    return sorted(
        rows,
        key=lambda row: (
            row.source,
            row.board,
            row.subject,
            str(row.value.get("benchmark")),
            row.observation,
        ),
    )


def alias_rows(knowledge: Knowledge) -> list[Alias]:
    """The row that counts for every name and source at that time; withdrawn ones are left out."""
    rows = Alias.objects.all()
    if knowledge.known_at is not None:
        rows = rows.filter(recorded_at__lte=knowledge.known_at)
    newest = rows.order_by("name", "source", "-recorded_at", "-id").distinct("name", "source")
    return [row for row in newest if not row.withdrawn]


def reviewed_alias(row: Alias) -> Reviewed:
    return Reviewed(row.name, row.target, row.reason, row.reviewed_on, row.source)


def aliases(knowledge: Knowledge) -> Aliases:
    """The reviewed aliases of that time: the newest row of a name counts.

    Before any was ever recorded here, those that this release ships with.
    """
    shipped = load_aliases()
    if not Alias.objects.exists():
        return shipped
    recorded = Aliases.of(reviewed_alias(row) for row in alias_rows(knowledge))
    return replace(recorded, separate=shipped.separate, modes=shipped.modes)


def corrections(knowledge: Knowledge) -> tuple[Corrected, ...]:
    """The reviewed corrections of that time: the newest row of a mistake counts.

    Before any was ever recorded here, those that this release ships with.
    """
    if not Correction.objects.exists():
        return shipped_corrections()
    rows = Correction.objects.all()
    if knowledge.known_at is not None:
        rows = rows.filter(recorded_at__lte=knowledge.known_at)
    mistake = ("source", "subject", "key", "field", "wrong")
    newest = rows.order_by(*mistake, "-recorded_at", "-id").distinct(*mistake)
    return tuple(correction(row) for row in newest)


def correction(row: Correction) -> Corrected:
    return Corrected(
        source=row.source,
        model=row.subject,
        field=row.field,
        wrong=row.wrong,
        right=row.right,
        reason=row.reason,
        cite=row.cite,
        reviewed_on=row.reviewed_on,
        key=row.key,
    )
