"""Keep what an analysis found, in its own record, under everything it rests on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.utils import timezone
from pydantic import TypeAdapter

from models_catalog.models import Issue, Study

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Basis:
    """What a study rests on. `parts` are all its inputs; their repr is hashed."""

    subject: Study.Subject
    inputs: str
    method_version: str
    parts: object
    as_of: date
    vintage: datetime
    known_at: datetime

    @classmethod
    def of(cls, issue: Issue, subject: Study.Subject, method_version: str, *parts: object) -> Basis:
        """What a study of a standing answer rests on: its scale, and whatever else decides it."""
        return cls(
            subject=subject,
            inputs=issue.fit.inputs,
            method_version=method_version,
            parts=(issue.fit.inputs_hash, *parts),
            as_of=issue.as_of,
            vintage=issue.vintage,
            known_at=issue.known_at,
        )

    @property
    def hash(self) -> str:
        return hashlib.sha256(repr((self.as_of, self.parts)).encode()).hexdigest()


def stored(basis: Basis, record: type[Found], find: Callable[[], Found]) -> Study:
    """The study of these very inputs: the stored one, else a new one."""
    key = {
        "subject": basis.subject,
        "inputs": basis.inputs,
        "method_version": basis.method_version,
        "inputs_hash": basis.hash,
    }
    known = Study.objects.filter(**key).first()
    if known:
        return known
    detail = TypeAdapter(record).dump_python(find(), mode="json")
    study, _ = Study.objects.get_or_create(
        **key,
        defaults={
            "as_of": basis.as_of,
            "vintage": basis.vintage,
            "known_at": basis.known_at,
            "detail": detail,
            "computed_at": timezone.now(),
        },
    )
    return study
