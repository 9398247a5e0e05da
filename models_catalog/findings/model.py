"""Everything known about one model, each value with the observation it was read from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Q

from models_catalog.findings.catalogue import known, model_row
from models_catalog.findings.facts import displayed_sources, of_kind, price, score, score_corrections
from models_catalog.findings.gap import standing_point
from models_catalog.findings.lineage import derived_from, held_names, made_from
from models_catalog.findings.moment import Moment
from models_catalog.findings.records import KnownName, ModelDetail, ModelRow, Statement
from models_catalog.findings.row_evidence import evidenced
from models_catalog.findings.stated import facts_at
from models_catalog.findings.status import credit
from models_catalog.models import AIModel, CurrentObservation, DownloadSample, Observation, Resolution
from models_catalog.normalise.authorities import HUB, OPEN_LLM
from models_catalog.sources import by_slug
from models_catalog.vocabulary import DateKind, FactKind

STATED = {
    "date": "Release date",
    "access_claim": "Weights",
    "status": "Status",
    "parameters": "Parameters",
    "context_tokens": "Context window (tokens)",
    "base_model": "Base model",
    "hub_repository": "Hub repository",
    "licence": "Licence",
    "licence_name": "Licence name",
    "gated": "Gated",
    "runtime": "Runs in",
}
COUNTED = {
    "30d": "Downloads, trailing 30 days",
    "all-time": "Downloads, all time",
    "1d tokens": "Tokens served, one day",
}

DATED = {
    DateKind.ANNOUNCED: "Release date",
    DateKind.API: "Served since",
    DateKind.WEIGHTS: "Weights out on",
    DateKind.LISTING: "Listed since",
}


def model_detail(slug: str, as_of: date | None = None) -> ModelDetail | None:
    """The model with this slug, or None. Values whose owners allow no display are left out.

    As of a day: the values that hold from that day or before, scores from the model's release. Names, openness and
    the index are as known now, and the one price of a list, which is of now, is left out.
    """
    if "\x00" in slug:
        return None
    model = known().prefetch_related("snapshots").filter(slug=slug).first()
    if model is None:
        return None
    resolutions = list(
        Resolution.objects.filter(model=model)
        .select_related("subject", "snapshot")
        .order_by("subject__source")
    )
    subjects = [resolution.subject_id for resolution in resolutions]
    observations = current_observations(subjects, as_of)
    row = row_then(evidenced([model_row(model)])[0], as_of)
    scored = row.released is None or as_of is None or row.released <= as_of
    point, mended = standing_point(slug), score_corrections()
    sources = sorted({one.subject.source for one in observations})
    return ModelDetail(
        row=row,
        access_reason=model.access_reason,
        released_source=model.released_source,
        released_kind=model.released_kind,
        country=model.organization.country if model.organization else "",
        modalities=tuple(model.modalities),
        licence_link=model.licence_link,
        level_low=point.low if point else None,
        level_high=point.high if point else None,
        level_of=point.name if point else "",
        scores=tuple(score(one, mended) for one in of_kind(observations, FactKind.SCORE) if scored),
        prices=tuple(price(one) for one in of_kind(observations, FactKind.PRICE)),
        statements=(*statements(observations), *download_statements(resolutions, as_of)),
        conflicts=tuple(model.conflicts),
        names=tuple(known_name(resolution) for resolution in resolutions),
        snapshots=tuple((snapshot.name, snapshot.released) for snapshot in model.snapshots.all()),
        credits=tuple(credit(source) for source in sources),
        variants=tuple(sorted({resolution.variant for resolution in resolutions if resolution.variant})),
        repositories=tuple(model.hub_repositories),
        copies=copies(model, resolutions),
        made_from=made_from(model),
        derived=derived_from(model, resolutions),
        held_names=held_names(slug),
    )


def copies(model: AIModel, resolutions: Iterable[Resolution]) -> tuple[str, ...]:
    """Further repositories on the Hub that are read as it."""
    own = {name.lower() for name in model.hub_repositories}
    named = {row.subject.called for row in resolutions if row.subject.source in (HUB, OPEN_LLM)}
    return tuple(sorted(name for name in named if name.lower() not in own))


def row_then(row: ModelRow, as_of: date | None) -> ModelRow:
    if as_of is None:
        return row
    then = replace(row, input_price=None, output_price=None)
    later = row.released is not None and row.released > as_of
    return replace(then, level=None) if later else then


def current_observations(subjects: list[int], as_of: date | None = None) -> list[Observation]:
    if as_of:
        held = facts_at(Q(subject_id__in=subjects, subject__source__in=displayed_sources()), Moment(as_of))
        return list(held.select_related("subject").order_by("kind", "subject__source", "key"))
    current = CurrentObservation.objects.filter(subject_id__in=subjects, observation__present=True)
    current = current.filter(subject__source__in=displayed_sources())
    rows = current.select_related("observation__subject").order_by("kind", "subject__source", "key")
    return [row.observation for row in rows]


def statements(observations: Iterable[Observation]) -> tuple[Statement, ...]:
    """What sources say besides scores and prices, one line per field."""
    return tuple(
        statement(row, label, said)
        for row in observations
        if row.kind not in (FactKind.SCORE, FactKind.PRICE)
        for label, said in fields(row)
    )


def fields(row: Observation) -> Iterator[tuple[str, str]]:
    """Label and value of each field; a date is labelled as what it is, a lifecycle's stays with its event."""
    value: dict[str, Any] = row.value
    if row.kind == FactKind.LIFECYCLE:
        said = (f"{value['provider']}:", value["event"], value.get("date"))
        yield "Lifecycle", " ".join(filter(None, said))
        return
    for name, label in STATED.items():
        if value.get(name) not in (None, ""):
            dated = DateKind(value.get("date_kind") or DateKind.ANNOUNCED)
            yield DATED[dated] if name == "date" else label, str(value[name])


def statement(row: Observation, label: str, value: str) -> Statement:
    source = row.subject.source
    return Statement(source, by_slug(source).title, label, value, row.subject.name, row.observed_at, row.pk)


def download_statements(
    resolutions: Iterable[Resolution], as_of: date | None = None
) -> tuple[Statement, ...]:
    """The newest download count, up to a day, of every repository that resolves here."""
    shown = displayed_sources()
    subjects = {
        resolution.subject_id: resolution.subject
        for resolution in resolutions
        if resolution.subject.source in shown
    }
    limits: dict[str, Any] = {"day__lte": as_of} if as_of else {}
    newest = (
        DownloadSample.objects.filter(subject_id__in=subjects, **limits)
        .order_by("subject_id", "window", "-day", "-observed_at")
        .distinct("subject_id", "window")
    )
    return tuple(
        Statement(
            source=subjects[sample.subject_id].source,
            source_title=by_slug(subjects[sample.subject_id].source).title,
            label=COUNTED.get(sample.window, f"Downloads, {sample.window}"),
            value=f"{sample.count}",
            subject=subjects[sample.subject_id].name,
            observed_at=sample.observed_at,
            observation=None,
            sample=(sample.subject_id, sample.window, sample.day),
        )
        for sample in newest
    )


def known_name(resolution: Resolution) -> KnownName:
    subject = resolution.subject
    return KnownName(
        source=subject.source,
        source_title=by_slug(subject.source).title,
        name=subject.name,
        external_id=subject.called,
        rung=resolution.rung,
        snapshot=resolution.snapshot.name if resolution.snapshot else "",
        variant=resolution.variant,
    )
