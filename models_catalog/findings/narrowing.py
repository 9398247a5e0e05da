"""Which models of the catalogue does a reader ask for? The one set of filters all lists share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.db.models import QuerySet

from models_catalog.findings.remembered import remembered
from models_catalog.models import AIModel
from models_catalog.normalise.licences import licence_of
from models_catalog.vocabulary import DateKind, Precision

BILLION = 10**9
UNSTATED = "unstated"
PERIOD = re.compile(r"(?P<year>(?:19|20)\d{2})-(?:Q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2]))", re.ASCII)


@dataclass(frozen=True, slots=True)
class Size:
    """From `least` parameters on, below `below`; None: no limit."""

    least: int
    below: int | None

    def holds(self, parameters: int) -> bool:
        return self.least <= parameters and (self.below is None or parameters < self.below)


SIZES: Mapping[str, Size] = {
    "under-4b": Size(0, 4 * BILLION),
    "4b-20b": Size(4 * BILLION, 20 * BILLION),
    "20b-100b": Size(20 * BILLION, 100 * BILLION),
    "100b-400b": Size(100 * BILLION, 400 * BILLION),
    "400b-up": Size(400 * BILLION, None),
}


class Wishes(Protocol):
    """What can be asked of every list; empty strings mean "any"."""

    @property
    def access(self) -> str: ...
    @property
    def country(self) -> str: ...
    @property
    def modality(self) -> str: ...
    @property
    def licence(self) -> str: ...
    @property
    def size(self) -> str: ...
    @property
    def until(self) -> date | None: ...


def narrowed_to(models: QuerySet[AIModel], wishes: Wishes) -> QuerySet[AIModel]:
    """Those that match; a value nobody has matches none. `size` is one of SIZES, or "unstated"."""
    if wishes.access:
        models = models.filter(access=wishes.access)
    if wishes.country:
        models = models.filter(organization__country=wishes.country)
    if wishes.modality:
        models = models.filter(modalities__contains=[wishes.modality])
    if wishes.licence:
        models = models.filter(licence__in=spellings(wishes.licence))
    if wishes.until:
        models = models.filter(released__lte=wishes.until)
    return of_size(models, wishes.size) if wishes.size else models


def spellings(wish: str) -> list[str]:
    """Every way a model's licence is written that means the one asked for, by any of them or by its name."""
    meant = licence_names()
    name = meant.get(wish, wish)
    return [word for word, known in meant.items() if known == name]


def licence_names() -> Mapping[str, str]:
    """Licences as sources write them -> what a reviewed one is called; another one keeps its words."""
    return remembered("licence names", looked_up_names)


def looked_up_names() -> Mapping[str, str]:
    words = (
        AIModel.objects.exclude(licence="").order_by("licence").values_list("licence", flat=True).distinct()
    )
    found = {word: licence_of(word) for word in words}
    return {word: licence.name if licence else word for word, licence in found.items()}


def released_in(models: QuerySet[AIModel], period: str) -> QuerySet[AIModel]:
    """Those stated to have come out in a quarter or month; a year alone names none, a host's listing is no release."""
    read = PERIOD.fullmatch(period)
    if read is None:
        return models.none()
    stated = models.exclude(released_kind=DateKind.LISTING).exclude(released_precision=Precision.YEAR)
    if quarter := read["quarter"]:
        return stated.filter(released__year=int(read["year"]), released__quarter=int(quarter))
    return stated.filter(released__year=int(read["year"]), released__month=int(read["month"]))


def of_size(models: QuerySet[AIModel], size: str) -> QuerySet[AIModel]:
    if size == UNSTATED:
        return models.filter(parameters=None)
    if size not in SIZES:
        return models.none()
    wanted = SIZES[size]
    found = models.filter(parameters__gte=wanted.least)
    return found.filter(parameters__lt=wanted.below) if wanted.below else found
