"""What was released, newest first? Models whose release a source states to the day; listings are no releases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from models_catalog.findings.catalogue import listed, model_row
from models_catalog.findings.records import ModelRow
from models_catalog.findings.row_evidence import evidenced
from models_catalog.models import AIModel
from models_catalog.vocabulary import DateKind, Precision

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class ReleaseQuery:
    """Releases up to a day; empty strings mean "any"; `page` counts from 1."""

    until: date
    access: str = ""
    organization: str = ""
    modality: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class ReleasePage:
    rows: tuple[ModelRow, ...]
    total: int
    page: int
    pages: int


def releases(query: ReleaseQuery) -> ReleasePage:
    """The page of releases asked for; a page too far is the last."""
    found = dated(query)
    total = found.count()
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(query.page, 1), pages)
    start = (page - 1) * PAGE_SIZE
    rows = found.order_by("-released", "slug")[start : start + PAGE_SIZE]
    return ReleasePage(evidenced(model_row(model) for model in rows), total, page, pages)


def dated(query: ReleaseQuery) -> QuerySet[AIModel]:
    found = listed().filter(released__lte=query.until, released_precision=Precision.DAY)
    found = found.exclude(released_kind=DateKind.LISTING)
    if query.access:
        found = found.filter(access=query.access)
    if query.organization:
        found = found.filter(organization__slug=query.organization)
    if query.modality:
        found = found.filter(modalities__contains=[query.modality])
    return found
