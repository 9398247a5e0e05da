"""The gap and the frontier, as the pages show them."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router

from models_catalog.api.meta import meta
from models_catalog.api.paging import only
from models_catalog.api.problems import Problem, Refusal
from models_catalog.api.schemas import FrontierOut, FrontierPointOut, GapOut, GapValueOut
from models_catalog.findings.gap import gap_as_of, refusal, standing_gap
from models_catalog.findings.records import FrontierPoint, Gap
from models_catalog.vocabulary import Access, Inputs, Method

router = Router()

AsOf = Annotated[date | None, Query(description="models released by this day; default: the inputs' vintage")]
REFUSALS = {404: Problem, 422: Problem}


@router.get("/gap", response={200: GapOut} | REFUSALS, summary="How far open models are behind")
def gap(
    request: HttpRequest,
    as_of: AsOf = None,
    inputs: Inputs = Inputs.ALL,
    method: Method | None = None,
    delta: Annotated[float | None, Query(ge=0, le=100)] = None,
) -> GapOut:
    """The headline and every method beside it, with 90 % intervals. A null value carries its reason."""
    only(request, ("as_of", "inputs", "method", "delta"))
    found = asked(as_of, inputs)
    results = [
        GapValueOut.from_orm(row)
        for row in found.results
        if method in (None, row.method) and delta in (None, row.delta)
    ]
    return GapOut(
        as_of=found.as_of,
        known_at=found.known_at,
        vintage=found.vintage,
        method_version=found.method_version,
        interval_level=found.interval_level,
        headline=GapValueOut.from_orm(found.headline),
        results=results,
        meta=meta(found.frontier.credits),
    )


@router.get("/frontier", response={200: FrontierOut} | REFUSALS, summary="The models behind the frontiers")
def frontier(
    request: HttpRequest,
    as_of: AsOf = None,
    inputs: Inputs = Inputs.ALL,
    access: Access | None = None,
    records: Annotated[bool, Query(description="only models that set a record")] = False,
) -> FrontierOut:
    """Every model on the scale by release date; `record` marks the steps of its side's frontier."""
    only(request, ("as_of", "inputs", "access", "records"))
    found = asked(as_of, inputs)
    points = [
        point_out(point)
        for point in found.frontier.points
        if access in (None, point.access) and (point.record or not records)
    ]
    best_open, best_closed = found.frontier.best_open, found.frontier.best_closed
    return FrontierOut(
        as_of=found.as_of,
        vintage=found.vintage,
        inputs=found.frontier.inputs,
        scale=found.frontier.scale,
        best_open=point_out(best_open) if best_open else None,
        best_closed=point_out(best_closed) if best_closed else None,
        data=points,
        meta=meta(found.frontier.credits),
    )


def asked(as_of: date | None, inputs: Inputs) -> Gap:
    standing = standing_gap(inputs)
    if standing is None:
        detail = f"no gap from inputs {inputs!s}: {refusal(inputs) or 'not computed yet'}"
        raise Refusal(HTTPStatus.NOT_FOUND, detail, "inputs")
    if as_of is None or as_of == standing.as_of:
        return standing
    if as_of > standing.as_of:
        detail = f"there is no data after {standing.as_of}: later days are not known yet"
        raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, detail, "as_of")
    return gap_as_of(as_of, inputs) or standing


def point_out(point: FrontierPoint) -> FrontierPointOut:
    return FrontierPointOut.from_orm(point)
