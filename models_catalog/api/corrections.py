"""The log of corrected values, as the page shows it."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from models_catalog.api import links
from models_catalog.api.answers import listed
from models_catalog.api.evidence_rows import CorrectionList, CorrectionOut
from models_catalog.api.paging import only, position_after
from models_catalog.api.parameters import PageAsked, Word
from models_catalog.api.problems import Problem
from models_catalog.findings.corrections import corrections
from models_catalog.findings.records import CorrectionLine
from models_catalog.normalise.statements import REVIEW

router = Router()


class CorrectionsAsked(PageAsked):
    """`as_of`: reviewed by that day."""

    source: Word = ""
    sort: Literal["id"] = "id"


@router.get(
    "/corrections",
    response={200: CorrectionList, 422: Problem},
    summary="Statements of sources that are counted otherwise than they were made",
)
def corrections_list(request: HttpRequest, asked: Query[CorrectionsAsked]) -> HttpResponse:
    """Append-only, oldest first: what, from, to, why, the text that was read, and whether it is still needed."""
    only(request, CorrectionsAsked.model_fields)
    after = position_after(asked.cursor, request.path, asked.sort)
    rows = corrections(
        asked.moment, source=asked.source, after=after[0] if after else 0, limit=asked.limit + 1
    )
    return listed(
        request,
        asked,
        CorrectionOut,
        rows,
        lambda row: correction_out(request, row),
        lambda row: (row.number, row.number),
        asked.sort,
    )


def correction_out(request: HttpRequest, row: CorrectionLine) -> CorrectionOut:
    names = set(CorrectionOut.model_fields) & set(row.__dataclass_fields__)
    observed = row.observation
    return CorrectionOut.model_validate(
        {name: getattr(row, name) for name in names}
        | {
            "id": row.number,
            "links": {
                **({"observation": links.api(request, f"/observations/{observed}")} if observed else {}),
                **({"model": links.api(request, f"/models/{row.model}")} if row.model else {}),
            },
            "sources": [row.source] if row.source != REVIEW else [],
            "model": row.model or None,
        }
    )
