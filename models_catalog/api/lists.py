"""Lists: models, scores, prices, sources. Each row names its source; each page its successor."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from models_catalog.api.meta import meta, meta_of
from models_catalog.api.paging import (
    LARGEST_PAGE,
    PAGE_SIZE,
    after_key,
    after_row,
    cursor_after,
    next_link,
    only,
)
from models_catalog.api.problems import Problem, Refusal
from models_catalog.api.schemas import (
    ModelDetailOut,
    ModelList,
    ModelOut,
    PriceList,
    PriceOut,
    ScoreList,
    ScoreOut,
    SourceList,
    SourceOut,
)
from models_catalog.findings.catalogue import models_after
from models_catalog.findings.facts import FactQuery, current_prices, current_scores, sources_behind
from models_catalog.findings.model import model_detail
from models_catalog.findings.records import ModelDetail, ModelRow, Price, Score
from models_catalog.findings.status import source_lines
from models_catalog.vocabulary import Access, Tier

router = Router()

Limit = Annotated[int, Query(ge=1, le=LARGEST_PAGE, description="rows a page")]
Cursor = Annotated[str | None, Query(max_length=400, description="`next` of the page before")]
Text = Annotated[str, Query(max_length=100)]
REFUSALS = {422: Problem}


@router.get("/models", response={200: ModelList} | REFUSALS, summary="Models, by slug")
def models(  # noqa: PLR0913, PLR0917 - one parameter a filter
    request: HttpRequest,
    response: HttpResponse,
    q: Text = "",
    access: Access | None = None,
    tier: Tier | None = None,
    organization: Text = "",
    limit: Limit = PAGE_SIZE,
    cursor: Cursor = None,
) -> ModelList:
    """Models with openness, date, index level and price: the developer's own offer, else a guarded one of hosts."""
    only(request, ("q", "access", "tier", "organization", "limit", "cursor"))
    filters = {"access": access or "", "tier": tier or "", "organization": organization}
    rows = models_after(after_key(cursor), limit + 1, q=q, **filters)
    following = cursor_after(rows[limit - 1].slug) if len(rows) > limit else None
    next_link(request, response, following)
    shown = [model_out(request, row) for row in rows[:limit]]
    return ModelList(data=shown, next=following, meta=meta_of(sources_behind(row.slug for row in shown)))


@router.get("/models/{slug}", response={200: ModelDetailOut, 404: Problem} | REFUSALS, summary="One model")
def model(request: HttpRequest, slug: str) -> ModelDetailOut:
    """One model with every score and price, each with the id of its observation."""
    only(request, ())
    found = model_detail(slug)
    if found is None:
        raise Refusal(HTTPStatus.NOT_FOUND, f"no model has the slug {slug[:80]!r}", "slug")
    return detail_out(request, found)


@router.get("/scores", response={200: ScoreList} | REFUSALS, summary="Current scores")
def scores(
    request: HttpRequest,
    response: HttpResponse,
    model: Text = "",
    source: Text = "",
    benchmark: Annotated[str, Query(max_length=100, description="the source's own name of it")] = "",
    limit: Limit = PAGE_SIZE,
    cursor: Cursor = None,
) -> ScoreList:
    """Every score a board lists now, in the source's own unit."""
    only(request, ("model", "source", "benchmark", "limit", "cursor"))
    query = FactQuery(model=model, source=source, benchmark=benchmark)
    rows = current_scores(query, after=after_row(cursor), limit=limit + 1)
    following = cursor_after(rows[limit - 1][1].observation) if len(rows) > limit else None
    next_link(request, response, following)
    shown = [score_out(slug, row) for slug, row in rows[:limit]]
    return ScoreList(data=shown, next=following, meta=meta_of(row.source for row in shown))


@router.get("/prices", response={200: PriceList} | REFUSALS, summary="Current prices")
def prices(  # noqa: PLR0913, PLR0917 - one parameter a filter
    request: HttpRequest,
    response: HttpResponse,
    model: Text = "",
    source: Text = "",
    provider: Text = "",
    unit: Text = "",
    limit: Limit = PAGE_SIZE,
    cursor: Cursor = None,
) -> PriceList:
    """Every price an offer lists now, as stated and per million tokens."""
    only(request, ("model", "source", "provider", "unit", "limit", "cursor"))
    query = FactQuery(model=model, source=source, provider=provider, unit=unit)
    rows = current_prices(query, after=after_row(cursor), limit=limit + 1)
    following = cursor_after(rows[limit - 1][1].observation) if len(rows) > limit else None
    next_link(request, response, following)
    shown = [price_out(slug, row) for slug, row in rows[:limit]]
    return PriceList(data=shown, next=following, meta=meta_of(row.source for row in shown))


@router.get("/sources", response={200: SourceList} | REFUSALS, summary="Sources with age, health and rights")
def sources(request: HttpRequest) -> SourceList:
    """Every registered source. `verified` is empty until a live run of this installation was accepted."""
    only(request, ())
    rows = source_lines()
    return SourceList(
        data=[SourceOut.from_orm(row) for row in rows],
        next=None,
        meta=meta_of(row.slug for row in rows if row.observations),
    )


def model_out(request: HttpRequest, row: ModelRow) -> ModelOut:
    return ModelOut.model_validate(model_fields(request, row))


def model_fields(request: HttpRequest, row: ModelRow) -> dict[str, object]:
    names = set(ModelOut.model_fields) & set(row.__dataclass_fields__)
    return {name: getattr(row, name) for name in names} | {
        "url": request.build_absolute_uri(f"/models/{row.slug}/"),
        "input_price_usd_per_million_tokens": row.input_price,
        "output_price_usd_per_million_tokens": row.output_price,
    }


def detail_out(request: HttpRequest, found: ModelDetail) -> ModelDetailOut:
    return ModelDetailOut.model_validate(
        model_fields(request, found.row)
        | {
            "access_reason": found.access_reason,
            "level_low": found.level_low,
            "level_high": found.level_high,
            "scores": [score_out(found.row.slug, row) for row in found.scores],
            "prices": [price_out(found.row.slug, row) for row in found.prices],
            "names": sorted({name.external_id for name in found.names}),
            "conflicts": list(found.conflicts),
            "meta": meta(found.credits),
        }
    )


def score_out(slug: str, row: Score) -> ScoreOut:
    return ScoreOut.model_validate(fields_of(row, ScoreOut.model_fields) | {"model": slug or None})


def price_out(slug: str, row: Price) -> PriceOut:
    fields = fields_of(row, PriceOut.model_fields)
    return PriceOut.model_validate(fields | {"model": slug or None, "per_million_tokens": row.per_million})


def fields_of(row: Score | Price, wanted: Iterable[str]) -> dict[str, object]:
    return {name: getattr(row, name) for name in set(wanted) & set(row.__dataclass_fields__)}
