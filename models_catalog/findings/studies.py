"""The newest kept study of a subject, as the record its analysis made."""

from __future__ import annotations

from typing import TypeVar

from pydantic import TypeAdapter

from models_catalog.models import AIModel, Study
from models_catalog.vocabulary import Inputs

Record = TypeVar("Record")


def newest_study(subject: Study.Subject, inputs: Inputs) -> Study | None:
    """The study pages show; None when that subject has not been studied yet."""
    return Study.objects.filter(subject=subject, inputs=inputs).order_by("-id").first()


def read(study: Study, record: type[Record]) -> Record:
    """The study's own record, with dates and exact prices again."""
    return TypeAdapter(record).validate_python(study.detail)


def names(slugs: set[str]) -> dict[str, str]:
    """What the pages call these models; a slug without a page is missing."""
    return dict(AIModel.objects.filter(slug__in=slugs).values_list("slug", "name"))
