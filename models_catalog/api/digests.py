"""The weekly editions, as they were frozen and sent."""

from __future__ import annotations

from datetime import date, datetime
from http import HTTPStatus
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from models_catalog.api import links
from models_catalog.api.answers import document, paged
from models_catalog.api.paging import only
from models_catalog.api.parameters import PageAsked, Times
from models_catalog.api.problems import Problem, Refusal
from models_catalog.api.schemas import Meta, Row
from models_catalog.findings.editions import EditionLine, edition, edition_lines
from models_catalog.findings.moment import Moment

router = Router()
ALL = 10_000


class DigestOut(Row):
    week: str
    first_day: date
    last_day: date
    subject: str
    preheader: str
    quiet: bool


class DigestDetailOut(DigestOut):
    as_of: date
    known_at: datetime
    sha256: str
    content: dict[str, Any]


class DigestList(Schema):
    data: list[DigestOut]
    next: str | None
    meta: Meta


class DigestsAsked(PageAsked):
    quiet: bool | None = Field(None, description="of a week without news?")
    sort: Literal["week"] = "week"


@router.get("/digests", response={200: DigestList, 422: Problem}, summary="Weekly editions")
def digests(request: HttpRequest, asked: Query[DigestsAsked]) -> HttpResponse:
    """Every edition by ISO week, oldest first."""
    kept = sorted(
        (line.week, line)
        for line in edition_lines(ALL)
        if was_there(line, asked.moment) and asked.quiet in (None, line.quiet)
    )
    return paged(
        request, asked, DigestOut, kept, lambda line: DigestOut.model_validate(fields(request, line))
    )


@router.get(
    "/digests/{week}", response={200: DigestDetailOut, 404: Problem, 422: Problem}, summary="One edition"
)
def digest(request: HttpRequest, week: str, asked: Query[Times]) -> HttpResponse:
    """The common part as it was frozen, with the hash of everything that was sent."""
    only(request, Times.model_fields)
    found = edition(week) if "\x00" not in week else None
    if found is None or not was_there(found.line, asked.moment):
        raise Refusal(HTTPStatus.NOT_FOUND, f"no edition of week {week[:20]!r} at that time", "week")
    frozen = {name: getattr(found, name) for name in ("as_of", "known_at", "sha256", "content")}
    body = DigestDetailOut.model_validate(fields(request, found.line) | frozen)
    return document(body.model_dump(mode="json"))


def was_there(line: EditionLine, moment: Moment) -> bool:
    composed = moment.known_at is None or line.composed_at <= moment.known_at
    return composed and (moment.as_of is None or line.last <= moment.as_of)


def fields(request: HttpRequest, line: EditionLine) -> dict[str, Any]:
    return {
        "id": line.week,
        "links": {
            "self": links.api(request, f"/digests/{line.week}"),
            "page": links.page(request, f"/digest/{line.week}/"),
        },
        "sources": list(line.sources),
        "week": line.week,
        "first_day": line.first,
        "last_day": line.last,
        "subject": line.subject,
        "preheader": line.preheader,
        "quiet": line.quiet,
    }
