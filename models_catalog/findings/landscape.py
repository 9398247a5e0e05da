"""Who releases what, how open? Models by organisation and openness tier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from models_catalog.findings.catalogue import listed, model_row
from models_catalog.findings.narrowing import narrowed_to
from models_catalog.findings.records import Landscape, LandscapeRow, ModelRow
from models_catalog.findings.remembered import remembered
from models_catalog.findings.status import credit
from models_catalog.models import AIModel, Fetch, Organization
from models_catalog.normalise.authorities import EPOCH, HUB, MODELS_DEV, OPEN_LLM, OPENROUTER
from models_catalog.vocabulary import Access, DateKind, Outcome, Tier

FIRST_LABS = ("openai", "anthropic", "google", "meta", "mistral", "alibaba", "deepseek")


@dataclass(frozen=True, slots=True)
class LandscapeQuery:
    """Empty strings mean "any"."""

    access: str = ""
    country: str = ""
    modality: str = ""
    licence: str = ""
    size: str = ""  # one of narrowing.SIZES, or "unstated"
    until: date | None = None  # only what was released by this day


def landscape(query: LandscapeQuery | None = None) -> Landscape:
    """One row per organisation: the labs the field talks about first, then by number of models."""
    asked = query or LandscapeQuery()
    return remembered(asked, lambda: counted_landscape(asked))


def counted_landscape(query: LandscapeQuery) -> Landscape:
    by_organization: dict[Organization, list[AIModel]] = {}
    for model in narrowed_to(listed().exclude(organization=None), query):
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
    return Landscape(tuple(rows), dict(totals), dict(access), tuple(credit(slug) for slug in stating()))


def stating() -> list[str]:
    """The sources the catalogue rests on, as far as they have delivered: only these can state a model."""
    stating_models = (EPOCH, MODELS_DEV, OPENROUTER, HUB, OPEN_LLM)
    accepted = Fetch.objects.filter(outcome=Outcome.ACCEPTED, source__in=stating_models)
    return sorted(set(accepted.values_list("source", flat=True).distinct()))


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
        newest=max((row for row in rows if row.released), key=release, default=None),
    )


def best(rows: Iterable[ModelRow]) -> ModelRow | None:
    scored = [row for row in rows if row.level is not None]
    return max(scored, key=lambda row: (row.level or 0.0, row.slug), default=None)


def release(row: ModelRow) -> tuple[bool, date, str]:
    """Stated releases by day; a host's listing date is none, and counts only where nothing is stated."""
    return row.released_kind != DateKind.LISTING, row.released or date.min, row.slug
