"""The ledger of the field's claims, each re-tested with what is stored now."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Query, Router, Schema

from models_catalog.api import links
from models_catalog.api.answers import paged
from models_catalog.api.parameters import PageAsked, Word
from models_catalog.api.problems import Problem
from models_catalog.api.schemas import Meta, Row
from models_catalog.findings.claims import ledger
from models_catalog.findings.claims.records import Entry, Evidence, Kind, Verdict
from models_catalog.findings.issued import issued_gap
from models_catalog.findings.moment import Moment
from models_catalog.findings.then import as_known
from models_catalog.vocabulary import Inputs

router = Router()


class EvidenceOut(Schema):
    label: str
    url: str


class ClaimOut(Row):
    """`verdict` and `reading` are of the moment asked for (now, without one); the two `then` are of the day it was
    said, null where nobody can tell. `sources` are those of the scale a verdict was read off.
    """

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
    judged_as_of: date | None
    evidence: list[EvidenceOut]
    verdict_then: Verdict | None
    reading_then: str | None
    flipped_on: date | None


class ClaimList(Schema):
    data: list[ClaimOut]
    next: str | None
    meta: Meta


class ClaimsAsked(PageAsked):
    """`as_of`: claims made by that day, judged as of it; `known_at`: from what had been computed by then."""

    kind: Kind | None = None
    verdict: Verdict | None = None
    group: Word = ""
    sort: Literal["slug"] = "slug"


@router.get("/claims", response={200: ClaimList, 422: Problem}, summary="Claims and predictions, re-tested")
def claims(request: HttpRequest, asked: Query[ClaimsAsked]) -> HttpResponse:
    """Sentence, formula, reading when it was said and now, verdict, last change, and where to check."""
    with as_known(asked.known_at):
        kept = sorted((item.claim.slug, item) for item in ledger(asked.as_of) if wanted(item, asked))
        behind = sources_behind(asked)
    return paged(request, asked, ClaimOut, kept, lambda item: claim_out(request, item, behind))


def wanted(item: Entry, asked: ClaimsAsked) -> bool:
    return (
        asked.kind in (None, item.claim.kind)
        and asked.verdict in (None, item.now.verdict)
        and asked.group in ("", item.claim.group)
    )


def sources_behind(asked: ClaimsAsked) -> list[str]:
    """Of the scale that verdicts are read off. A verdict that no data settle rests on nobody's."""
    found = issued_gap(Inputs.ALL, Moment(known_at=asked.known_at))
    return [item.slug for item in found.frontier.credits] if found else []


def claim_out(request: HttpRequest, item: Entry, behind: list[str]) -> ClaimOut:
    claim = item.claim
    names = ("sentence", "group", "kind", "said_by", "said_on", "formula", "resolves_on")
    said: dict[str, Any] = {name: getattr(claim, name) for name in names}
    settled = item.now.verdict is not Verdict.UNSETTLED
    return ClaimOut.model_validate(
        said
        | {
            "id": claim.slug,
            "links": {"page": links.page(request, "/claims/") + f"#{claim.slug}"},
            "sources": behind if settled and item.now.evidence else [],
            "contradicts": list(claim.contradicts),
            "verdict": item.now.verdict,
            "reading": item.now.reading,
            "because": item.now.because,
            "judged_as_of": item.now.as_of,
            "evidence": [evidence_out(request, place) for place in item.now.evidence],
            "verdict_then": item.then.verdict if item.then else None,
            "reading_then": item.then.reading if item.then else None,
            "flipped_on": item.flipped_on,
        }
    )


def evidence_out(request: HttpRequest, place: Evidence) -> dict[str, str]:
    """Where a reader can check, as an address of the site."""
    path = reverse(place.page, args=[place.argument] if place.argument else [])
    return {
        "label": place.label,
        "url": links.page(request, path) + (f"?{place.query}" if place.query else ""),
    }
