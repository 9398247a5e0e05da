"""The log of corrected values, as the page shows it."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import AwareDatetime

from models_catalog.api.lists import Cursor, Limit, Text
from models_catalog.api.meta import meta_of
from models_catalog.api.paging import PAGE_SIZE, after_row, cursor_after, next_link, only
from models_catalog.api.problems import Problem
from models_catalog.api.schemas import CorrectionList, CorrectionOut
from models_catalog.findings.corrections import corrections
from models_catalog.findings.records import CorrectionLine
from models_catalog.normalise.statements import REVIEW

router = Router()
KnownAt = Annotated[AwareDatetime | None, Query(description="only what was recorded by this instant")]


@router.get(
    "/corrections",
    response={200: CorrectionList, 422: Problem},
    summary="Statements of sources that are counted otherwise than they were made",
)
def corrections_list(
    request: HttpRequest,
    response: HttpResponse,
    source: Text = "",
    known_at: KnownAt = None,
    limit: Limit = PAGE_SIZE,
    cursor: Cursor = None,
) -> CorrectionList:
    """Append-only, oldest first: what, from, to, why, the text that was read, and whether it is still needed."""
    only(request, ("source", "known_at", "limit", "cursor"))
    rows = corrections(known_at, source=source, after=after_row(cursor), limit=limit + 1)
    following = cursor_after(rows[limit - 1].number) if len(rows) > limit else None
    next_link(request, response, following)
    shown = rows[:limit]
    return CorrectionList(
        data=[correction_out(row) for row in shown],
        next=following,
        meta=meta_of(row.source for row in shown if row.source != REVIEW),
    )


def correction_out(row: CorrectionLine) -> CorrectionOut:
    fields = {name: getattr(row, name) for name in CorrectionOut.model_fields}
    return CorrectionOut.model_validate(fields | {"model": row.model or None})
