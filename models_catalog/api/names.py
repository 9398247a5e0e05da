"""Who is a name? The identity ladder, with the rung that decided and what it is worth."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from models_catalog.api import links
from models_catalog.api.answers import document
from models_catalog.api.meta import meta_of
from models_catalog.api.paging import only
from models_catalog.api.parameters import Instant, Times, Word
from models_catalog.api.problems import Problem
from models_catalog.api.rows import NameOut
from models_catalog.findings.entries import sources_of
from models_catalog.findings.moment import Moment
from models_catalog.findings.names import CONFIDENCE, identify, turns_of

router = Router()
LONGEST = 300


class NameAsked(Times):
    name: str = Field(min_length=1, max_length=LONGEST, description="as somebody wrote it")
    source: Word = Field("", description="who wrote it (slug): a name may mean different things")
    organization: Word = Field("", description="the developer, in words, where one is stated with the name")
    at: Instant | None = Field(None, description="the same as known_at: what the name meant, as known then")

    @property
    def moment(self) -> Moment:
        return Moment(self.as_of, self.known_at or self.at)


@router.get("/aliases/resolve", response={200: NameOut, 422: Problem}, summary="Who is a name?")
def resolve(request: HttpRequest, asked: Query[NameAsked]) -> HttpResponse:
    """A rung counts only with exactly one candidate; nothing fuzzy is ever an answer, only a suggestion.

    A moving name means what it meant on the day `as_of`; without a day it means nothing, and `moved` says its turns.
    """
    only(request, NameAsked.model_fields)
    found = identify(asked.name, asked.moment, source=asked.source, organization=asked.organization)
    model = found.model or ""
    behind = list(sources_of([model], asked.moment).get(model, ())) if model else []
    row = NameOut.model_validate(
        {
            "id": asked.name,
            "links": links.of_model(request, model) if model else {},
            "sources": behind,
            "name": asked.name,
            "source": asked.source,
            "model": found.model,
            "snapshot": found.snapshot,
            "variant": found.variant or "",
            "organization": found.organization,
            "family": found.family,
            "rung": found.rung,
            "confidence": CONFIDENCE[found.rung],
            "moved": turns_of(asked.name, asked.moment, source=asked.source),
            "suggestions": [
                {"model": item.slug, "reason": item.reason, "score": item.score} for item in found.suggestions
            ],
            "meta": meta_of(behind, asked.moment),
        }
    )
    return document(row.model_dump(mode="json"))
