"""Where does a model belong: what it was made from, what was made from it, and the moving names that meant it?"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from models_catalog.findings.records import Base, HeldName
from models_catalog.models import AIModel, Resolution
from models_catalog.normalise.authorities import EPOCH
from models_catalog.normalise.moving import names_held_by

DERIVED_SHOWN = 40


def made_from(model: AIModel) -> tuple[Base, ...]:
    """The models it was made from, as its repository or Epoch AI states them; a base version of its own is none."""
    names = [part.strip() for part in model.base_model.split(",") if part.strip()]
    known = {name: holder(name) for name in names}
    return tuple(
        base(name, found, by_repository="/" in name)
        for name, found in known.items()
        if found is None or found.pk != model.pk
    )


def base(name: str, found: AIModel | None, *, by_repository: bool) -> Base:
    return Base(found.name if found else name, found.slug if found else "", by_repository=by_repository)


def holder(name: str) -> AIModel | None:
    """The model of a repository, or of a name of Epoch AI's."""
    if "/" in name:
        return AIModel.objects.filter(hub_repositories__contains=[name]).order_by("-listed", "slug").first()
    called = Q(subject__name=name) | Q(subject__external_id=name)
    rows = Resolution.objects.filter(called, subject__source=EPOCH, model__isnull=False)
    first = rows.select_related("model").order_by("pk").first()
    return first.model if first else None


def derived_from(model: AIModel, resolutions: Iterable[Resolution]) -> tuple[tuple[str, str], ...]:
    """Slug and name of the models that state one of its repositories, or its name at Epoch AI, as their base."""
    named = {row.subject.called for row in resolutions if row.subject.source == EPOCH}
    found = AIModel.objects.filter(base_model__in=[*model.hub_repositories, *named]).exclude(pk=model.pk)
    return tuple(found.order_by("-listed", "name", "slug").values_list("slug", "name")[:DERIVED_SHOWN])


def held_names(slug: str) -> tuple[HeldName, ...]:
    """The moving names that once meant it, or still do."""
    return tuple(
        HeldName(held.name, held.target.snapshot, held.target.variant, held.since, held.until)
        for held in names_held_by(slug)
    )
