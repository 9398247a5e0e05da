"""Where does this number come from? One stored value, an observation or a download count, with payload and terms."""

from __future__ import annotations

from datetime import date

from models_catalog.findings.records import Evidence
from models_catalog.findings.status import credit
from models_catalog.models import DownloadSample, Fetch, Observation, Subject
from models_catalog.sources import by_slug
from models_catalog.vocabulary import FactKind


def evidence(observation: int) -> Evidence | None:
    """The evidence of one observation id; None when there is none."""
    row = (
        Observation.objects.select_related("subject__resolution__model", "fetch")
        .filter(pk=observation)
        .first()
    )
    if row is None:
        return None
    resolution = getattr(row.subject, "resolution", None)
    value = dict(row.value)
    return Evidence(
        observation=row.pk,
        source=row.subject.source,
        source_title=by_slug(row.subject.source).title,
        kind=row.kind,
        key=row.key,
        subject=row.subject.name,
        quote=str(value.pop("quote", "")),
        value=value,
        valid_from=row.valid_from,
        observed_at=row.observed_at,
        recorded_at=row.recorded_at,
        sha256=row.fetch.sha256,
        url=row.fetch.url,
        board=row.board,
        outcome=row.fetch.outcome,
        credit=credit(row.subject.source, row.observed_at),
        model=resolution.model.slug if resolution and resolution.model else "",
        displayed=by_slug(row.subject.source).rights.display,
    )


def download_evidence(subject: int, window: str, day: date) -> Evidence | None:
    """The evidence of one repository's download count over a window that ended on a day; the newest word on it."""
    counts = DownloadSample.objects.filter(subject_id=subject, window=window, day=day)
    row = counts.order_by("-observed_at").first()
    named = Subject.objects.select_related("resolution__model").filter(pk=subject).first()
    fetch = Fetch.objects.filter(pk=row.fetch_id).first() if row else None
    if row is None or named is None or fetch is None:
        return None
    resolution = getattr(named, "resolution", None)
    return Evidence(
        observation=None,
        source=named.source,
        source_title=by_slug(named.source).title,
        kind=FactKind.DOWNLOADS,
        key=window,
        subject=named.name,
        quote="",
        value={"count": row.count, "window": window, "day": day.isoformat()},
        valid_from=day,
        observed_at=row.observed_at,
        recorded_at=row.recorded_at,
        sha256=fetch.sha256,
        url=fetch.url,
        board=fetch.board,
        outcome=fetch.outcome,
        credit=credit(named.source, row.observed_at),
        model=resolution.model.slug if resolution and resolution.model else "",
        displayed=by_slug(named.source).rights.display,
    )
