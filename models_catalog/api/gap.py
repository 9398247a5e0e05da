"""The gap and the frontier, as the pages show them."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import BeforeValidator, Field, WithJsonSchema

from models_catalog.api import links
from models_catalog.api.answers import document, wanted_fields
from models_catalog.api.meta import meta_of
from models_catalog.api.paging import cursor_after, next_link, only, position_after
from models_catalog.api.parameters import PageAsked, Times
from models_catalog.api.problems import Problem, Refusal
from models_catalog.api.schemas import FrontierOut, FrontierPointOut, GapOut, GapValueOut
from models_catalog.findings.gap import refusal
from models_catalog.findings.issued import issued_by, issued_gap
from models_catalog.findings.moment import Moment
from models_catalog.findings.paging import following
from models_catalog.findings.records import FrontierPoint, Gap
from models_catalog.normalise.benchmarks import DOMAINS
from models_catalog.vocabulary import Access, Cut, Inputs, Method

router = Router()


def known_domain(text: Any) -> Any:
    if text not in DOMAINS:
        raise ValueError(f"no domain of ours; there are: {', '.join(DOMAINS)}")
    return text


Domain = Annotated[
    str, BeforeValidator(known_domain), WithJsonSchema({"type": "string", "enum": list(DOMAINS)})
]
REFUSALS = {404: Problem, 422: Problem}


class GapAsked(Times):
    """Without `as_of`: the day of the newest changed scores, never today."""

    inputs: Inputs = Inputs.ALL
    domain: Domain | None = Field(None, description="scores of one domain only; default: all together")
    method: Method | None = None
    delta: float | None = Field(None, ge=0, le=100, description="tolerance in points of the scale")


class FrontierAsked(PageAsked):
    inputs: Inputs = Inputs.ALL
    domain: Domain | None = None
    access: Access | None = None
    records: bool = Field(False, description="only models that set a record: the steps of the frontiers")
    sort: Literal["released"] = "released"


@router.get("/gap", response={200: GapOut} | REFUSALS, summary="How far open models are behind")
def gap(request: HttpRequest, asked: Query[GapAsked]) -> HttpResponse:
    """The headline and every method beside it, with 90 % intervals. A null value carries its reason."""
    only(request, GapAsked.model_fields)
    found = answer(asked.inputs, asked.moment, asked.domain or "")
    results = [
        GapValueOut.from_orm(row)
        for row in found.results
        if asked.method in (None, row.method) and asked.delta in (None, row.delta)
    ]
    behind = sorted(item.slug for item in found.frontier.credits)
    body = GapOut(
        id=" ".join(filter(None, ("gap", asked.inputs, asked.domain, str(found.as_of)))),
        links={
            "frontier": links.api(request, "/frontier", inputs=asked.inputs),
            "page": links.page(request, "/gap/"),
        },
        sources=behind,
        as_of=found.as_of,
        known_at=found.known_at,
        vintage=found.vintage,
        method_version=found.method_version,
        interval_level=found.interval_level,
        headline=GapValueOut.from_orm(found.headline),
        results=results,
        meta=meta_of(behind, asked.moment),
    )
    return document(body.model_dump(mode="json"))


@router.get("/frontier", response={200: FrontierOut} | REFUSALS, summary="The models behind the frontiers")
def frontier(request: HttpRequest, asked: Query[FrontierAsked]) -> HttpResponse:
    """Models on the scale by release date; `record` marks the steps of its side's frontier."""
    only(request, FrontierAsked.model_fields)
    found = answer(asked.inputs, asked.moment, asked.domain or "")
    after = position_after(asked.cursor, request.path, asked.sort)
    points = following(kept(found, asked), after, asked.limit + 1)
    shown = [point_out(request, point) for _, point in points[: asked.limit]]
    cursor = None
    if len(points) > asked.limit:
        cursor = cursor_after((points[asked.limit - 1][0], None), request.path, asked.sort)
    best_open, best_closed = found.frontier.best_open, found.frontier.best_closed
    body = FrontierOut(
        as_of=found.as_of,
        vintage=found.vintage,
        inputs=found.frontier.inputs,
        scale=found.frontier.scale,
        level_unit=found.frontier.level_unit,
        best_open=point_out(request, best_open) if best_open else None,
        best_closed=point_out(request, best_closed) if best_closed else None,
        data=shown,
        next=cursor,
        meta=meta_of((item.slug for item in found.frontier.credits), asked.moment),
    ).model_dump(mode="json")
    wanted = wanted_fields(asked.fields, FrontierPointOut)
    response = document(body | {"data": [item.model_dump(mode="json", include=wanted) for item in shown]})
    next_link(request, response, cursor)
    return response


def kept(found: Gap, asked: FrontierAsked) -> list[tuple[str, FrontierPoint]]:
    """The points asked for, each under a key that orders by release and is its own."""
    return sorted(
        (f"{point.released} {point.model or point.name} {point.name}", point)
        for point in found.frontier.points
        if asked.access in (None, point.access) and (point.record or not asked.records)
    )


def answer(inputs: Inputs, moment: Moment, domain: str) -> Gap:
    found = issued_gap(inputs, moment, domain)
    if found is not None:
        return found
    standing = issued_by(inputs, moment.known_at, domain)
    if standing is None:
        cut = Cut.DOMAIN if domain else Cut.INDEX
        why = "none had been computed by then" if moment.known_at else refusal(inputs, cut, domain)
        detail = f"no gap from inputs {inputs!s}: {why or 'not computed yet'}"
        raise Refusal(HTTPStatus.NOT_FOUND, detail, "domain" if domain else "inputs")
    detail = f"there is no data after {standing.as_of}: later days are not known yet"
    raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, detail, "as_of")


def point_out(request: HttpRequest, point: FrontierPoint) -> FrontierPointOut:
    observed = point.observation
    return FrontierPointOut.model_validate(
        {name: getattr(point, name) for name in point.__dataclass_fields__}
        | {
            "id": f"{point.model or point.name} {point.released}",
            "sources": list(point.sources),
            "links": {
                **({"model": links.api(request, f"/models/{point.model}")} if point.model else {}),
                **({"observation": links.api(request, f"/observations/{observed}")} if observed else {}),
            },
        }
    )
