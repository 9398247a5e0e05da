"""Which models are there? Search, filters, the newest releases: lists of models."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, F, QuerySet, When
from django.db.models.expressions import OrderBy

from models_catalog.findings.narrowing import SIZES, UNSTATED, licence_names, narrowed_to, released_in
from models_catalog.findings.records import FilterChoice, ModelPage, ModelRow
from models_catalog.findings.remembered import remembered
from models_catalog.findings.row_evidence import evidenced
from models_catalog.models import AIModel
from models_catalog.vocabulary import Access, DateKind, Precision, Tier

PAGE_SIZE = 50
SEARCH_LENGTH = 100
DEFAULT_SORT = "-level"


STATED_RELEASE = Case(When(released_kind=DateKind.LISTING, then=None), default=F("released"))


def rising(field: str) -> OrderBy:
    return F(field).asc(nulls_last=True)


def falling(field: str) -> OrderBy:
    return F(field).desc(nulls_last=True)


SORTS: dict[str, tuple[OrderBy, ...]] = {
    "-level": (falling("level"),),
    # An old model that a host listed yesterday is not new: listing dates come after all stated ones.
    "-released": (STATED_RELEASE.desc(nulls_last=True), falling("released")),
    "name": (rising("name"),),
    "input_price": (rising("input_price"),),
    "-parameters": (falling("parameters"),),
}


@dataclass(frozen=True, slots=True)
class ModelQuery:
    """What a reader asked for. Empty strings mean "any"; `page` counts from 1."""

    q: str = ""
    access: str = ""
    tier: str = ""
    organization: str = ""
    family: str = ""  # its slug
    country: str = ""
    modality: str = ""
    licence: str = ""
    size: str = ""  # one of narrowing.SIZES, or "unstated"
    released: str = ""  # "2026-Q3" or "2026-07": stated to have come out then
    among: frozenset[str] | None = None  # slugs; None: any
    sort: str = DEFAULT_SORT
    page: int = 1
    until: date | None = None  # only what was released by this day


def search_models(query: ModelQuery) -> ModelPage:
    """The page of models that match; an unknown sort falls back to the index, a page too far to the last."""
    matching = narrowed(query)
    total = matching.count()
    pages = max(1, -(-total // PAGE_SIZE))
    query = replace(query, page=min(max(query.page, 1), pages))
    start = (query.page - 1) * PAGE_SIZE
    ordered = matching.order_by(*SORTS.get(query.sort, SORTS[DEFAULT_SORT]), "slug")
    rows = evidenced(model_row(model) for model in ordered[start : start + PAGE_SIZE])
    return ModelPage(rows, total, query.page, pages)


def narrowed(query: ModelQuery) -> QuerySet[AIModel]:
    found = known() if query.q.strip() else of_organization(query.organization)
    for word in query.q[:SEARCH_LENGTH].replace("\x00", "").lower().split():
        found = found.filter(search__contains=word)
    if query.tier:
        found = found.filter(tier=query.tier)
    if query.family:
        found = found.filter(family__slug=query.family)
    if query.q.strip() and query.organization:
        found = found.filter(organization__slug=query.organization)
    if query.released:
        found = released_in(found, query.released)
    if query.among is not None:
        found = found.filter(slug__in=query.among)
    return narrowed_to(found, query)


def of_organization(slug: str) -> QuerySet[AIModel]:
    """The listed models, all or one organisation's; those of a third party, none of which is listed, whole."""
    if not slug:
        return listed()
    own = known().filter(organization__slug=slug)
    counted = own.filter(listed=True)
    return counted if counted.exists() else own


def known() -> QuerySet[AIModel]:
    """Every model, third parties' repositories too: what a search or an address finds."""
    return AIModel.objects.select_related("organization", "family")


def listed() -> QuerySet[AIModel]:
    """The models that lists and counts are about."""
    return known().filter(listed=True)


def listed_prices(slugs: Iterable[str]) -> dict[str, Decimal]:
    """What lists show, blended as (3 · input + output) / 4, $ per 1M tokens: the developer's own offer comes first."""
    found = AIModel.objects.filter(slug__in=slugs).exclude(input_price=None).exclude(output_price=None)
    priced = found.values_list("slug", "input_price", "output_price")
    return {slug: (3 * asked + answered) / 4 for slug, asked, answered in priced if asked and answered}


def filter_choices() -> Mapping[str, tuple[FilterChoice, ...]]:
    """What can be filtered on, with how many models each choice holds: the most first, closed sets in order."""
    return remembered("filter choices", counted_choices)


def counted_choices() -> dict[str, tuple[FilterChoice, ...]]:
    listed_in = AIModel.objects.filter(listed=True).exclude(organization=None)
    counts = listed_in.values_list("organization__slug", "organization__name").annotate(count=Count("pk"))
    organizations = [
        FilterChoice(slug, name, count)
        for slug, name, count in counts.order_by("-count", "organization__name")
    ]
    modalities = AIModel.objects.filter(listed=True).values_list("modalities", flat=True)
    return {
        "access": closed_set("access", [item.value for item in Access]),
        "tier": closed_set("tier", [item.value for item in Tier]),
        "organization": tuple(organizations),
        "country": most_first(held("organization__country")),
        "modality": most_first(Counter(item for row in modalities for item in row)),
        "licence": most_first(held_licences()),
        "size": sizes(held("parameters")),
    }


def sizes(counts: Mapping[int | None, int]) -> tuple[FilterChoice, ...]:
    """From small to large, and at the end how many nobody states the size of."""
    by_size = {
        name: sum(count for parameters, count in counts.items() if parameters and size.holds(parameters))
        for name, size in SIZES.items()
    }
    by_size[UNSTATED] = counts.get(None, 0)
    return tuple(FilterChoice(name, name, count) for name, count in by_size.items())


def held(field: str) -> dict[Any, int]:
    """How many models hold each value of a field."""
    rows = AIModel.objects.filter(listed=True).values_list(field).annotate(count=Count("pk"))
    return dict(rows.values_list(field, "count"))


def held_licences() -> Counter[str]:
    """The same of licences, by their names: "apache-2.0", "Apache 2.0" and "Apache-2.0" are one choice."""
    counts, names = Counter[str](), licence_names()
    for word, count in held("licence").items():
        counts[names.get(word, word)] += count
    return counts


def closed_set(field: str, values: list[str]) -> tuple[FilterChoice, ...]:
    counts = held(field)
    return tuple(FilterChoice(value, value, counts.get(value, 0)) for value in values)


def most_first(counts: Mapping[str, int]) -> tuple[FilterChoice, ...]:
    """What nobody states is no choice."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0] or ""))
    return tuple(FilterChoice(value, value, count) for value, count in ordered if value)


def newest_releases(limit: int = 8, *, until: date | None = None) -> tuple[ModelRow, ...]:
    """The newest models whose release is stated to the day; a day of listing at a host is no release."""
    return remembered(("newest", limit, until), lambda: dated_releases(limit, until))


def dated_releases(limit: int, until: date | None) -> tuple[ModelRow, ...]:
    dated = listed().filter(released__isnull=False, released_precision=Precision.DAY)
    dated = dated.exclude(released_kind=DateKind.LISTING)
    if until:
        dated = dated.filter(released__lte=until)
    return evidenced(model_row(model) for model in dated.order_by("-released", "slug")[:limit])


def model_row(model: AIModel) -> ModelRow:
    return ModelRow(
        slug=model.slug,
        name=model.name,
        organization=model.organization.name if model.organization else "",
        organization_slug=model.organization.slug if model.organization else "",
        family=model.family.name if model.family else "",
        released=model.released,
        released_precision=model.released_precision,
        released_kind=model.released_kind,
        access=Access(model.access),
        tier=Tier(model.tier),
        tier_reason=model.tier_reason,
        licence=model.licence,
        parameters=model.parameters,
        context_tokens=model.context_tokens,
        level=model.level,
        input_price=model.input_price,
        output_price=model.output_price,
    )
