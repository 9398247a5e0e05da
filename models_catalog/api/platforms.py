"""Where open models can be run, and what became of each place: the table on top of /run/."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema

from models_catalog.api import links
from models_catalog.api.answers import paged
from models_catalog.api.parameters import PageAsked
from models_catalog.api.problems import Problem
from models_catalog.api.schemas import Meta, Row
from models_catalog.findings.platforms import platforms_then
from models_catalog.findings.running import Platform

router = Router()


class StatusOut(Schema):
    """What happened to it, on whose word; reviewed by hand."""

    event: str
    date: str
    statement: str
    source: str
    basis: str
    reviewed_on: dt.date


class PlatformOut(Row):
    """`models`: how many open models its list carries, of those the catalogue knows; `statuses` [] = as last seen."""

    slug: str
    name: str
    kind: str
    home: str
    models: int
    seen: dt.datetime | None
    statuses: list[StatusOut]


class PlatformList(Schema):
    data: list[PlatformOut]
    next: str | None
    meta: Meta


class PlatformsAsked(PageAsked):
    kind: Literal["engine", "host"] | None = None
    sort: Literal["slug"] = "slug"


@router.get(
    "/platforms", response={200: PlatformList, 422: Problem}, summary="Engines and hosts, with their status"
)
def platforms(request: HttpRequest, asked: Query[PlatformsAsked]) -> HttpResponse:
    """Engines whose list is read, hosts the field names, and those that ended, with the words that say so."""
    found = platforms_then(asked.moment)
    kept = sorted((item.slug, item) for item in found if asked.kind in (None, item.kind))
    return paged(request, asked, PlatformOut, kept, lambda item: platform_out(request, item))


def platform_out(request: HttpRequest, item: Platform) -> PlatformOut:
    names = ("event", "date", "statement", "source", "basis", "reviewed_on")
    return PlatformOut(
        id=item.slug,
        links={
            "page": links.page(request, "/run/"),
            "deployments": links.api(request, "/deployments", source=item.slug),
        },
        sources=[item.slug] if item.home else [],
        slug=item.slug,
        name=item.name,
        kind=item.kind,
        home=item.home,
        models=item.models,
        seen=item.seen,
        statuses=[StatusOut(**{name: getattr(status, name) for name in names}) for status in item.statuses],
    )
