"""The `meta` of every answer: method version, whose data it is, how to cite it."""

from __future__ import annotations

from collections.abc import Iterable

from models_catalog.api.schemas import Credit, Meta
from models_catalog.findings.moment import NOW, Moment
from models_catalog.findings.records import SourceCredit
from models_catalog.findings.status import credit, credit_known
from models_catalog.measure.version import METHOD_VERSION


def meta(shown_credits: Iterable[SourceCredit], moment: Moment = NOW) -> Meta:
    shown = [Credit.from_orm(item) for item in shown_credits]
    names = "; ".join(f"{item.attribution} ({item.data_licence})" for item in shown)
    return Meta(
        method_version=METHOD_VERSION,
        as_of=moment.as_of,
        known_at=moment.known_at,
        sources=shown,
        citation=f"Open Gap. Data: {names}." if names else "Open Gap.",
    )


def meta_of(slugs: Iterable[str], moment: Moment = NOW) -> Meta:
    """Credits of sources, each as retrieved by the moment."""
    ordered = sorted(set(slugs))
    if moment.known_at is None:
        return meta((credit(slug) for slug in ordered), moment)
    return meta((credit_known(slug, moment.known_at) for slug in ordered), moment)
