"""One model's openness, fact by fact, now or as it was known."""

from __future__ import annotations

from dataclasses import asdict
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from models_catalog.api import links
from models_catalog.api.answers import document
from models_catalog.api.meta import meta_of
from models_catalog.api.paging import only
from models_catalog.api.parameters import Times
from models_catalog.api.problems import Problem, Refusal
from models_catalog.api.schemas import OpennessOut
from models_catalog.findings.entries import sources_of
from models_catalog.findings.openness import model_openness

router = Router()


@router.get(
    "/models/{slug}/openness",
    response={200: OpennessOut, 404: Problem, 422: Problem},
    summary="How open one model is, fact by fact",
)
def openness(request: HttpRequest, slug: str, asked: Query[Times]) -> HttpResponse:
    """Tier, access and release day with the separate facts behind them, graded from what was known then.

    `as_of`: of models released by that day, as /models gives them.
    """
    only(request, Times.model_fields)
    found = model_openness(slug, asked.known_at) if "\x00" not in slug else None
    released = found.released if found else None
    if found is None or (asked.as_of and (released is None or released > asked.as_of)):
        raise Refusal(
            HTTPStatus.NOT_FOUND, f"nothing known states a model {slug[:80]!r} at that time", "slug"
        )
    behind = list(sources_of([slug], asked.moment).get(slug, ()))
    own = {
        "id": slug,
        "links": links.of_model(request, slug),
        "sources": behind,
        "model": slug,
        "meta": meta_of(behind, asked.moment),
    }
    shown = OpennessOut.model_validate(asdict(found) | own)
    return document(shown.model_dump(mode="json"))
