"""How open is one model, fact by fact, and who says so? Now, or as it was known at an instant."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from models_catalog.findings.facts import displayed_sources
from models_catalog.findings.moment import Moment
from models_catalog.findings.openness_evidence import behind, statements_behind
from models_catalog.findings.records import IndexGrade, OpennessDetail, OpennessLine
from models_catalog.findings.remembered import remembered
from models_catalog.findings.stated import subjects_of
from models_catalog.models import Observation
from models_catalog.models.knowledge import Knowledge, aliases, claims, corrections
from models_catalog.normalise.catalogue import build
from models_catalog.normalise.licences import Licence
from models_catalog.normalise.openness import Grade, grade
from models_catalog.normalise.records import Model
from models_catalog.normalise.statements import OpennessFacts
from models_catalog.sources import SOURCES
from models_catalog.vocabulary import FactKind

OSAI = "osai"
TITLES = {source.slug: source.title for source in SOURCES}
OURS = "reviewed by Open Gap"
GATES = {"false": "no", "auto": "yes, granted at once", "manual": "yes, granted by hand"}


def model_openness(slug: str, known_at: datetime | None = None) -> OpennessDetail | None:
    """The model's openness with the separate facts behind it; None when nothing known then states it.

    It is graded anew from the statements of the names that were taken to be its own then, with the corrections and
    aliases of that time, so that an answer as known before a correction is the old one.
    """
    return remembered(("openness", slug, known_at), lambda: graded_anew(slug, known_at))


def graded_anew(slug: str, known_at: datetime | None) -> OpennessDetail | None:
    subjects = set(subjects_of([slug], Moment(known_at=known_at)))
    knowledge = Knowledge(known_at=known_at)
    stated = claims(knowledge, subjects)
    if not stated:
        return None
    catalogue = build(stated, aliases(knowledge), corrections=corrections(knowledge))
    model = catalogue.models.get(slug)
    if model is None:
        return None
    read_from = behind(model.openness, grade(model.openness), statements_behind(subjects, knowledge))
    return detail(model, index_grades(subjects, knowledge), read_from, known_at)


def detail(
    model: Model,
    grades: tuple[IndexGrade, ...],
    read_from: Mapping[str, int | None],
    known_at: datetime | None,
) -> OpennessDetail:
    graded = grade(model.openness)
    return OpennessDetail(
        tier=graded.tier,
        reason=graded.reason,
        access=model.access,
        access_reason=model.access_reason,
        released=model.released,
        released_kind=model.released_kind or "",
        released_source=model.released_source or "",
        lines=tuple(lines(model.openness, graded, read_from)),
        index=grades,
        conflicts=model.conflicts,
        known_at=known_at,
    )


def lines(facts: OpennessFacts, graded: Grade, read_from: Mapping[str, int | None]) -> Iterator[OpennessLine]:
    """One line a fact. An empty value is not known, and says why."""
    licence, by, text = graded.licence, stated_by(graded), read_from["licence"]
    unread = "no licence that was read is recorded"
    says = TITLES.get(facts.access_source or "", OURS if facts.access_source else "")
    yield OpennessLine(
        "Weights downloadable",
        yes_no(facts.access.value == "open", facts),
        says,
        "nobody states it",
        read_from["weights"],
    )
    gated = GATES.get(facts.gated or "", "")
    yield OpennessLine("Gated", gated, TITLES["huggingface"], "the Hub does not say", read_from["gated"])
    yield OpennessLine("Licence", licence.name if licence else "", by, unread, text)
    yield OpennessLine("OSI-approved", known(graded.osi), by, unread, text)
    yield OpennessLine("Commercial use", known(graded.commercial), by, unread, text)
    yield OpennessLine("Cap on users", users_cap(licence) or none_if(licence is not None), by, unread, text)
    money = f"above ${licence.revenue_cap_usd:,} a year" if licence and licence.revenue_cap_usd else ""
    yield OpennessLine("Cap on revenue", money or none_if(licence is not None), by, unread, text)
    yield OpennessLine("Forbidden uses in the licence", known(graded.field_limits), by, unread, text)
    ungraded = "the European index has not graded this model"
    yield OpennessLine("Training data", facts.training_data or "", TITLES[OSAI], ungraded, read_from["data"])
    yield OpennessLine("Training code", facts.training_code or "", TITLES[OSAI], ungraded, read_from["code"])


def stated_by(graded: Grade) -> str:
    if graded.stated_by is None:
        return TITLES["epoch"] if graded.commercial is not None else ""
    return TITLES.get(graded.stated_by.source, OURS)


def yes_no(value: bool, facts: OpennessFacts) -> str:
    return "" if facts.access.value == "unknown" else known(value)


def known(value: bool | None) -> str:
    return "" if value is None else ("yes" if value else "no")


def users_cap(licence: Licence | None) -> str:
    """The cap in words, as months or days are counted in the licence."""
    if licence is None or not licence.users_cap:
        return ""
    return f"above {licence.users_cap:,} users a {licence.users_cap_per}"


def none_if(known_licence: bool) -> str:
    return "none" if known_licence else ""


def index_grades(subjects: Collection[int], knowledge: Knowledge) -> tuple[IndexGrade, ...]:
    """The European index's grades of what resolves to the model, by criterion, as known then."""
    if OSAI not in displayed_sources():
        return ()
    rows = Observation.objects.filter(subject_id__in=subjects, kind=FactKind.OPENNESS, subject__source=OSAI)
    newest = rows.known(knowledge.known_at, knowledge.vintage).newest().select_related("subject")
    return tuple(
        IndexGrade(
            criterion=str(row.value["criterion"]),
            grade=str(row.value["grade"]),
            notes=str(row.value.get("notes", "")),
            subject=row.subject.name,
            observation=row.pk,
        )
        for row in newest
        if row.present
    )
