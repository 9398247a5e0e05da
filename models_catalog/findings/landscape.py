"""Who releases what, how open? Models by organisation and openness tier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from models_catalog.findings.catalogue import listed, model_row
from models_catalog.findings.records import Landscape, LandscapeRow, ModelRow
from models_catalog.findings.status import credit
from models_catalog.models import AIModel, Fetch, Organization
from models_catalog.vocabulary import Access, Outcome, Tier

FIRST_LABS = ("openai", "anthropic", "google", "meta", "mistral", "alibaba", "deepseek")


@dataclass(frozen=True, slots=True)
class LandscapeQuery:
    """Empty strings mean "any"."""

    access: str = ""
    country: str = ""
    modality: str = ""


def landscape(query: LandscapeQuery | None = None) -> Landscape:
    """One row per organisation: the labs the field talks about first, then by number of models."""
    query = query or LandscapeQuery()
    models = listed().exclude(organization=None)
    if query.access:
        models = models.filter(access=query.access)
    if query.country:
        models = models.filter(organization__country__icontains=query.country)
    if query.modality:
        models = models.filter(modalities__contains=[query.modality])
    by_organization: dict[Organization, list[AIModel]] = {}
    for model in models:
        assert model.organization is not None
        by_organization.setdefault(model.organization, []).append(model)
    rows = sorted(
        (landscape_row(organization, found) for organization, found in by_organization.items()),
        key=lambda row: (rank(row.slug), -row.total, row.name),
    )
    totals: Counter[Tier] = Counter()
    access: Counter[Access] = Counter()
    for row in rows:
        totals.update(row.tiers)
        access.update(row.access)
    sources = Fetch.objects.filter(outcome=Outcome.ACCEPTED).values_list("source", flat=True).distinct()
    return Landscape(
        tuple(rows), dict(totals), dict(access), tuple(credit(slug) for slug in sorted(set(sources)))
    )


def rank(slug: str) -> int:
    return FIRST_LABS.index(slug) if slug in FIRST_LABS else len(FIRST_LABS)


def landscape_row(organization: Organization, models: list[AIModel]) -> LandscapeRow:
    rows = [model_row(model) for model in models]
    return LandscapeRow(
        slug=organization.slug,
        name=organization.name,
        country=organization.country,
        tiers=dict(Counter(row.tier for row in rows)),
        access=dict(Counter(row.access for row in rows)),
        total=len(rows),
        best=best(rows),
        newest=max((row for row in rows if row.released), key=release_day, default=None),
    )


def best(rows: Iterable[ModelRow]) -> ModelRow | None:
    scored = [row for row in rows if row.level is not None]
    return max(scored, key=lambda row: (row.level or 0.0, row.slug), default=None)


def release_day(row: ModelRow) -> date:
    return row.released or date.min
