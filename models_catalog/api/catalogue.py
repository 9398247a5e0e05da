"""What models have in common: organisations, families, licences; and the benchmarks they are measured by."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from models_catalog.api import links
from models_catalog.api.answers import paged
from models_catalog.api.parameters import PageAsked, Word
from models_catalog.api.problems import Problem
from models_catalog.api.rows import (
    BenchmarkList,
    BenchmarkOut,
    FamilyList,
    FamilyOut,
    LicenceList,
    LicenceOut,
    OrganizationList,
    OrganizationOut,
)
from models_catalog.api.schemas import Row
from models_catalog.findings.benchmarks import ReviewedBenchmark, reviewed_benchmarks
from models_catalog.findings.groups import Group, described, groups, sources_behind_groups
from models_catalog.normalise.benchmarks import Benchmark
from models_catalog.normalise.licences import licence_of
from models_catalog.vocabulary import Access

router = Router()
REFUSALS = {422: Problem}


class OrganizationsAsked(PageAsked):
    country: Word = ""
    sort: Literal["slug"] = "slug"


class FamiliesAsked(PageAsked):
    organization: Word = Field("", description="slug")
    sort: Literal["slug"] = "slug"


class LicencesAsked(PageAsked):
    tier: Word = Field("", description="of at least one model under it")
    sort: Literal["slug"] = "slug"


class BenchmarksAsked(PageAsked):
    domain: Word = ""
    index: bool | None = Field(None, description="does it count for the capability index?")
    sort: Literal["slug"] = "slug"


@router.get("/organizations", response={200: OrganizationList} | REFUSALS, summary="Developers of models")
def organizations(request: HttpRequest, asked: Query[OrganizationsAsked]) -> HttpResponse:
    """Everybody who develops a model of the catalogue, with how many of each access."""
    return named(request, asked, OrganizationOut, "organization", "country")


@router.get("/families", response={200: FamilyList} | REFUSALS, summary="Families of models")
def families(request: HttpRequest, asked: Query[FamiliesAsked]) -> HttpResponse:
    """Lines of models that share a name, such as Llama or Qwen."""
    return named(request, asked, FamilyOut, "family", "organization")


def named(
    request: HttpRequest, asked: OrganizationsAsked | FamiliesAsked, shape: type[Row], by: str, about: str
) -> HttpResponse:
    """Groups that have a name and one thing said about them, which they can be chosen by."""
    names, wanted = described(by, asked.moment), getattr(asked, about)
    found = groups(by, asked.moment).items()
    kept = [(slug, group) for slug, group in found if wanted in ("", names[slug][about])]

    def row(group: Group) -> Row:
        own = names[group.slug]
        fields = counted(request, group, own["name"], asked, by)
        return shape.model_validate(fields | {about: own[about]})

    return paged(request, asked, shape, kept, row)


@router.get("/licences", response={200: LicenceList} | REFUSALS, summary="Licences and what they allow")
def licences(request: HttpRequest, asked: Query[LicencesAsked]) -> HttpResponse:
    """Every licence a model of the catalogue has: weights, OSI approval, commercial use, caps as separate facts."""
    kept = [
        (slug, found)
        for slug, found in groups("licence", asked.moment).items()
        if not asked.tier or asked.tier in found.tiers
    ]
    return paged(request, asked, LicenceOut, kept, lambda found: licence_out(request, found, asked))


@router.get("/benchmarks", response={200: BenchmarkList} | REFUSALS, summary="Reviewed benchmarks")
def benchmarks(request: HttpRequest, asked: Query[BenchmarksAsked]) -> HttpResponse:
    """Benchmarks with chance, ceiling and domain; those that do not count for the index say why.

    The review is shipped with a release; the scores counted on each are those of the moment asked for.
    """
    kept = [
        (slug, found)
        for slug, found in reviewed_benchmarks(asked.moment).items()
        if (not asked.domain or asked.domain in found.benchmark.domains)
        and asked.index in (None, found.benchmark.index)
    ]
    return paged(request, asked, BenchmarkOut, kept, lambda found: benchmark_out(request, found))


def counted(request: HttpRequest, found: Group, name: str, asked: PageAsked, by: str) -> dict[str, Any]:
    return {
        "id": found.slug,
        "links": {"models": links.api(request, "/models", **{by: found.slug})},
        "sources": sources_behind_groups(by, asked.moment).get(found.slug, []),
        "slug": found.slug,
        "name": name,
        "models": found.models,
        "open_models": found.access[Access.OPEN],
        "closed_models": found.access[Access.CLOSED],
        "unknown_models": found.access[Access.UNKNOWN],
        "tiers": list(found.tiers),
    }


def licence_out(request: HttpRequest, found: Group, asked: PageAsked) -> LicenceOut:
    known = licence_of(found.slug)
    return LicenceOut.model_validate(
        counted(request, found, known.name if known else found.slug, asked, "licence")
        | {
            "spdx": known.spdx if known else None,
            "osi_approved": known.osi if known else None,
            "commercial_use": known.commercial if known else None,
            "users_cap": known.users_cap if known else None,
            "users_cap_per": known.users_cap_per if known and known.users_cap else None,
            "revenue_cap_usd": known.revenue_cap_usd if known else None,
            "field_of_use_limits": known.field_limits if known else None,
            "why": known.why if known else "",
            "cite": known.cite if known else "",
        }
    )


def benchmark_out(request: HttpRequest, found: ReviewedBenchmark) -> BenchmarkOut:
    own = found.benchmark
    names = set(BenchmarkOut.model_fields) & set(Benchmark.__dataclass_fields__)
    fields: dict[str, Any] = {name: getattr(own, name) for name in names}
    return BenchmarkOut.model_validate(
        fields
        | {
            "id": own.slug,
            "links": {"method": links.page(request, "/method/")},
            "sources": list(found.sources),
            "domains": list(own.domains),
            "scores": found.scores,
        }
    )
