"""Every registered source: age, health and rights now; declaration and holdings as known at an instant."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from models_catalog.api import links
from models_catalog.api.answers import paged
from models_catalog.api.evidence_rows import SourceList, SourceOut
from models_catalog.api.parameters import PageAsked
from models_catalog.api.problems import Problem
from models_catalog.findings.records import SourceLine
from models_catalog.findings.sources_then import sources_known
from models_catalog.findings.status import source_lines

router = Router()


class SourcesAsked(PageAsked):
    export: bool | None = None
    display: bool | None = None
    sort: Literal["slug"] = "slug"


@router.get(
    "/sources", response={200: SourceList, 422: Problem}, summary="Sources with age, health and rights"
)
def sources(request: HttpRequest, asked: Query[SourcesAsked]) -> HttpResponse:
    """`verified` is empty until a live run was accepted. With `known_at`, what depends on the clock is left out."""
    lines = sources_known(asked.moment) if asked.known_at or asked.as_of else source_lines()
    kept = [
        (line.slug, line)
        for line in sorted(lines, key=lambda line: line.slug)
        if asked.export in (None, line.export) and asked.display in (None, line.display)
    ]
    return paged(request, asked, SourceOut, kept, lambda line: source_out(request, line, asked.known_at))


def source_out(request: HttpRequest, line: SourceLine, known_at: datetime | None) -> SourceOut:
    names = set(SourceOut.model_fields) & set(line.__dataclass_fields__)
    fields: dict[str, object] = {name: getattr(line, name) for name in names}
    scores = links.api(request, "/scores", source=line.slug)
    prices = links.api(request, "/prices", source=line.slug)
    return SourceOut.model_validate(
        fields
        | {
            "id": line.slug,
            "links": {"home": line.home, "scores": scores, "prices": prices},
            "sources": [line.slug],
            "stale": None if known_at else line.stale,
        }
    )
