"""Which standing answer did the site give at an instant? Issues are frozen, so it can be given again."""

from __future__ import annotations

from datetime import datetime

from models_catalog.findings.gap import gap_of, past_gap, standing_issue
from models_catalog.findings.moment import Moment
from models_catalog.findings.records import Gap
from models_catalog.findings.remembered import remembered
from models_catalog.models import Issue
from models_catalog.vocabulary import Cut, Inputs


def issued_by(inputs: Inputs, known_at: datetime | None, domain: str = "") -> Issue | None:
    """The newest standing issue that had been given by then; None means now, "" all domains together."""
    cut = Cut.DOMAIN if domain else Cut.INDEX
    if known_at is None:
        return standing_issue(inputs, cut, domain)
    rows = Issue.objects.filter(standing=True, sensitivity="", issued_at__lte=known_at)
    rows = rows.filter(fit__inputs=inputs, fit__cut=cut, fit__key=domain)
    return rows.select_related("fit").defer("fit__draws").order_by("-id").first()


def issued_gap(inputs: Inputs, moment: Moment, domain: str = "") -> Gap | None:
    """That answer, or its scale as of an earlier day. None when there was none, or when the day lies after it."""
    row = issued_by(inputs, moment.known_at, domain)
    if row is None or (moment.as_of and moment.as_of > row.as_of):
        return None
    if moment.as_of is None or moment.as_of == row.as_of:
        return remembered(("issued gap", row.pk), lambda: gap_of(row))
    return remembered(("issued gap", row.pk, moment.as_of), lambda: past_gap(row, moment.as_of or row.as_of))


def issued_bounds(slug: str, known_at: datetime | None) -> tuple[float | None, float | None]:
    """The interval of a model's level on the scale of that answer: its best version's."""
    row = issued_by(Inputs.ALL, known_at)
    versions = [point for point in row.fit.points if point["model"] == slug] if row else []
    best = max(versions, key=lambda point: (point["level"], point["name"]), default=None)
    return (best["low"], best["high"]) if best else (None, None)
