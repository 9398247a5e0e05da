"""The newest kept study of a subject, as the record its analysis made."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from pydantic import TypeAdapter

from models_catalog.findings.then import issued, known_then
from models_catalog.models import AIModel, ModelVersion, Study
from models_catalog.vocabulary import Inputs

Record = TypeVar("Record")


def newest_study(subject: Study.Subject, inputs: Inputs, as_of: date | None = None) -> Study | None:
    """The study pages show, or the newest of that day or before; None when that has not been studied yet."""
    limits: dict[str, Any] = {"as_of__lte": as_of} if as_of else {}
    rows = Study.objects.filter(subject=subject, inputs=inputs, **limits, **issued("computed_at"))
    return rows.order_by("-id").first()


def read(study: Study, record: type[Record]) -> Record:
    """The study's own record, with dates and exact prices again."""
    return TypeAdapter(record).validate_python(study.detail)


def names(slugs: set[str]) -> dict[str, str]:
    """What the pages call these models; a slug without a page is missing."""
    if known_at := known_then():
        return dict(
            ModelVersion.objects.at(known_at).filter(slug__in=slugs).values_list("slug", "fields__name")
        )
    return dict(AIModel.objects.filter(slug__in=slugs).values_list("slug", "name"))
