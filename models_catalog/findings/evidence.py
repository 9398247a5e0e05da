"""Where does this number come from? One stored observation with its payload, terms and quote."""

from __future__ import annotations

from models_catalog.findings.records import Evidence
from models_catalog.findings.status import credit
from models_catalog.models import Observation
from models_catalog.sources import by_slug


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
