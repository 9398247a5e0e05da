"""One model's openness, fact by fact, now or as it was known."""

from __future__ import annotations

from dataclasses import asdict
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema

from models_catalog.api.answers import document
from models_catalog.api.meta import meta_of
from models_catalog.api.paging import only
from models_catalog.api.parameters import Instant
from models_catalog.api.problems import Problem, Refusal
from models_catalog.api.schemas import OpennessOut
from models_catalog.findings.entries import sources_of
from models_catalog.findings.moment import Moment
from models_catalog.findings.openness import model_openness

router = Router()


class OpennessAsked(Schema):
    """Openness has no `as_of`: it is graded from everything known at the instant."""

    known_at: Instant | None = None


@router.get(
    "/models/{slug}/openness",
    response={200: OpennessOut, 404: Problem, 422: Problem},
    summary="How open one model is, fact by fact",
)
def openness(request: HttpRequest, slug: str, asked: Query[OpennessAsked]) -> HttpResponse:
    """Tier, access and release day with the separate facts behind them, graded from what was known then."""
    only(request, OpennessAsked.model_fields)
    found = model_openness(slug, asked.known_at) if "\x00" not in slug else None
    if found is None:
        raise Refusal(HTTPStatus.NOT_FOUND, f"nothing known states a model {slug[:80]!r}", "slug")
    moment = Moment(None, asked.known_at)
    meta = meta_of(sources_of([slug], moment).get(slug, ()), moment)
    shown = OpennessOut.model_validate(asdict(found) | {"model": slug, "meta": meta})
    return document(shown.model_dump(mode="json"))
