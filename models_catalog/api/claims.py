"""The ledger of the field's claims, each re-tested with what is stored now."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema

from models_catalog.api import links
from models_catalog.api.answers import listed
from models_catalog.api.paging import only, position_after
from models_catalog.api.parameters import PageAsked
from models_catalog.api.problems import Problem, Refusal
from models_catalog.api.schemas import Meta, Row
from models_catalog.findings.claims import ledger
from models_catalog.findings.claims.records import Entry, Kind, Verdict
from models_catalog.findings.paging import following

router = Router()


class ClaimOut(Row):
    """`verdict` and `reading` are of now; the two `then` are of the day it was said, null where nobody can tell."""

    sentence: str
    group: str
    kind: Kind
    said_by: str
    said_on: date
    formula: str
    resolves_on: date | None
    contradicts: list[str]
    verdict: Verdict
    reading: str
    because: str
    verdict_then: Verdict | None
    reading_then: str | None
    flipped_on: date | None


class ClaimList(Schema):
    data: list[ClaimOut]
    next: str | None
    meta: Meta


class ClaimsAsked(PageAsked):
    """`as_of`: said by that day. `known_at` is refused: verdicts are not kept, the weekly editions are."""

    kind: Kind | None = None
    verdict: Verdict | None = None
    sort: Literal["slug"] = "slug"


@router.get("/claims", response={200: ClaimList, 422: Problem}, summary="Claims and predictions, re-tested")
def claims(request: HttpRequest, asked: Query[ClaimsAsked]) -> HttpResponse:
    """Sentence, formula, reading when it was said and now, verdict, last change."""
    only(request, ClaimsAsked.model_fields)
    if asked.known_at:
        detail = "verdicts are of now and not kept; /digests keeps what an edition said of them"
        raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, detail, "known_at")
    kept = sorted((item.claim.slug, item) for item in ledger() if wanted(item, asked))
    after = position_after(asked.cursor, request.path, asked.sort)
    return listed(
        request,
        asked,
        ClaimOut,
        following(kept, after, asked.limit + 1),
        lambda pair: claim_out(request, pair[1]),
        lambda pair: (pair[0], None),
        asked.sort,
    )


def wanted(item: Entry, asked: ClaimsAsked) -> bool:
    return (
        asked.kind in (None, item.claim.kind)
        and asked.verdict in (None, item.now.verdict)
        and (asked.as_of is None or item.claim.said_on <= asked.as_of)
    )


def claim_out(request: HttpRequest, item: Entry) -> ClaimOut:
    claim = item.claim
    names = ("sentence", "group", "kind", "said_by", "said_on", "formula", "resolves_on")
    said: dict[str, Any] = {name: getattr(claim, name) for name in names}
    return ClaimOut.model_validate(
        said
        | {
            "id": claim.slug,
            "links": {"page": links.page(request, "/claims/") + f"#{claim.slug}"},
            "sources": [],
            "contradicts": list(claim.contradicts),
            "verdict": item.now.verdict,
            "reading": item.now.reading,
            "because": item.now.because,
            "verdict_then": item.then.verdict if item.then else None,
            "reading_then": item.then.reading if item.then else None,
            "flipped_on": item.flipped_on,
        }
    )
