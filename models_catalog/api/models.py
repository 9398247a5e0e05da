"""Models: the list, one with all its facts, and their releases."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from models_catalog.api import links
from models_catalog.api.answers import document, listed
from models_catalog.api.facts import price_out, score_out
from models_catalog.api.meta import meta_of
from models_catalog.api.paging import only, position_after
from models_catalog.api.parameters import LongWord, PageAsked, Times, Word
from models_catalog.api.problems import Problem, Refusal
from models_catalog.api.rows import ReleaseList, ReleaseOut
from models_catalog.api.schemas import ModelDetailOut, ModelList, ModelOut
from models_catalog.findings.entries import ORDERS, Entry, EntryQuery, entries, sources_of
from models_catalog.findings.issued import issued_bounds
from models_catalog.findings.moment import Moment
from models_catalog.findings.names import known_names
from models_catalog.findings.stated import FactQuery, Stated, stated
from models_catalog.vocabulary import Access, Tier

router = Router()
REFUSALS = {422: Problem}
MOST_FACTS = 1000  # of one kind shown with one model; the lists have them all


class ModelsAsked(PageAsked):
    q: Word = Field("", description="words of a name")
    access: Access | None = None
    tier: Tier | None = None
    organization: Word = Field("", description="slug")
    family: Word = Field("", description="slug")
    country: Word = ""
    licence: Word = ""
    modality: Word = Field("", description="text, image …")
    base_model: LongWord = Field("", description="a repository's name: the models that declare it their base")
    unlisted: bool = Field(False, description="third parties' repositories, too")
    sort: Literal["slug", "name", "released", "-released", "-level", "input_price", "-parameters"] = "slug"


class ReleasesAsked(PageAsked):
    access: Access | None = None
    organization: Word = Field("", description="slug")
    modality: Word = Field("", description="text, image …")
    sort: Literal["-released", "released"] = "-released"


@router.get("/models", response={200: ModelList} | REFUSALS, summary="Models")
def models(request: HttpRequest, asked: Query[ModelsAsked]) -> HttpResponse:
    """Models with openness, date, index level and price: the developer's own offer, else a guarded one of hosts."""
    only(request, ModelsAsked.model_fields)
    found, sources = wanted(request, asked, asked.sort, query_of(asked))
    return listed(
        request,
        asked,
        ModelOut,
        found,
        lambda item: ModelOut.model_validate(model_fields(request, item, sources)),
        lambda item: item.position,
        asked.sort,
    )


@router.get("/releases", response={200: ReleaseList} | REFUSALS, summary="Releases, newest first")
def releases(request: HttpRequest, asked: Query[ReleasesAsked]) -> HttpResponse:
    """Every model whose release somebody states; a day of listing at a host is no release."""
    only(request, ReleasesAsked.model_fields)
    query = EntryQuery(
        access=asked.access or "", organization=asked.organization, modality=asked.modality, dated=True
    )
    found, sources = wanted(request, asked, asked.sort, query)
    return listed(
        request,
        asked,
        ReleaseOut,
        found,
        lambda item: release_out(request, item, sources),
        lambda item: item.position,
        asked.sort,
    )


@router.get("/models/{slug}", response={200: ModelDetailOut, 404: Problem} | REFUSALS, summary="One model")
def model(request: HttpRequest, slug: str, asked: Query[Times]) -> HttpResponse:
    """One model with every score and price, each with the id of its observation."""
    only(request, Times.model_fields)
    moment = asked.moment
    found = entries(EntryQuery(slug=slug), moment) if "\x00" not in slug else []
    if not found:
        raise Refusal(HTTPStatus.NOT_FOUND, f"no model has the slug {slug[:80]!r} at that time", "slug")
    detail = detail_out(request, found[0], moment)
    return document(detail.model_dump(mode="json"))


def query_of(asked: ModelsAsked) -> EntryQuery:
    return EntryQuery(
        q=asked.q,
        access=asked.access or "",
        tier=asked.tier or "",
        organization=asked.organization,
        family=asked.family,
        country=asked.country,
        licence=asked.licence,
        modality=asked.modality,
        base_model=asked.base_model,
        unlisted=asked.unlisted,
    )


def wanted(
    request: HttpRequest, asked: PageAsked, sort: str, query: EntryQuery
) -> tuple[Sequence[Entry], dict[str, tuple[str, ...]]]:
    """A page of models, and one more when there is another page; with the sources behind each."""
    after = position_after(asked.cursor, request.path, sort)
    found = entries(query, asked.moment, ORDERS[sort], after, asked.limit + 1)
    return found, sources_of([item.row.slug for item in found[: asked.limit]], asked.moment)


def model_fields(request: HttpRequest, item: Entry, sources: dict[str, tuple[str, ...]]) -> dict[str, object]:
    row, model = item.row, item.model
    names = set(ModelOut.model_fields) & set(row.__dataclass_fields__)
    return {name: getattr(row, name) for name in names} | {
        "id": row.slug,
        "links": links.of_model(request, row.slug),
        "sources": list(sources.get(row.slug, ())),
        "url": links.page(request, f"/models/{row.slug}/"),
        "country": model.organization.country if model.organization else "",
        "family_slug": model.family.slug if model.family else "",
        "modalities": model.modalities,
        "level_unit": "index points",
        "input_price_usd_per_million_tokens": row.input_price,
        "output_price_usd_per_million_tokens": row.output_price,
    }


def release_out(request: HttpRequest, item: Entry, sources: dict[str, tuple[str, ...]]) -> ReleaseOut:
    row = item.row
    names = set(ReleaseOut.model_fields) & set(row.__dataclass_fields__)
    return ReleaseOut.model_validate(
        {name: getattr(row, name) for name in names}
        | {
            "id": row.slug,
            "links": links.of_model(request, row.slug),
            "sources": list(sources.get(row.slug, ())),
            "model": row.slug,
            "released_source": item.model.released_source,
        }
    )


def detail_out(request: HttpRequest, item: Entry, moment: Moment) -> ModelDetailOut:
    slug, model = item.row.slug, item.model
    low, high = issued_bounds(slug, moment.known_at)
    behind = sources_of([slug], moment)
    return ModelDetailOut.model_validate(
        model_fields(request, item, behind)
        | {
            "access_reason": model.access_reason,
            "access_source": model.access_source,
            "licence_link": model.licence_link,
            "base_model": model.base_model,
            "repositories": list(model.hub_repositories),
            "level_low": low,
            "level_high": high,
            "scores": [score_out(request, row) for row in facts_of("scores", slug, moment)],
            "prices": [price_out(request, row) for row in facts_of("prices", slug, moment)],
            "names": known_names(slug, moment),
            "snapshots": [{"name": name, "released": released} for name, released in item.snapshots],
            "conflicts": list(model.conflicts),
            "meta": meta_of(behind.get(slug, ()), moment),
        }
    )


def facts_of(what: str, slug: str, moment: Moment) -> list[Stated]:
    return stated(what, FactQuery(model=slug), moment, limit=MOST_FACTS)
