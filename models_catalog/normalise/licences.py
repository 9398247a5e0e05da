"""A licence as sources write it -> a licence we know, with what it allows."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from license_expression import ExpressionError, get_spdx_licensing

from models_catalog.vocabulary import Tier

PATH = Path(__file__).with_name("licences.toml")
NAMES_NOTHING = frozenset({"", "other", "unknown", "modifiedmit", "modifiedmitlicense", "custom", "unclear"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """What a licence allows, as facts with the text they were read in.

    `users_cap` (users in a `users_cap_per`: month, or day) and `revenue_cap_usd` (yearly) are the figures above which
    a separate licence is needed; `field_limits` says that the licence itself forbids uses.
    """

    slug: str
    name: str
    spdx: bool = False
    osi: bool = False
    commercial: bool
    users_cap: int | None = None
    users_cap_per: str = "month"
    revenue_cap_usd: int | None = None
    field_limits: bool = False
    why: str
    cite: str
    repositories_cite: str = ""

    @property
    def tier(self) -> Tier:
        """The grade these facts give, by product.md, "Openness"."""
        if self.osi:
            return Tier.OSI
        if not self.commercial:
            return Tier.RESEARCH
        if self.users_cap or self.revenue_cap_usd or self.field_limits:
            return Tier.RESTRICTED
        return Tier.PERMISSIVE


@dataclass(frozen=True, slots=True)
class Review:
    """A licence we found a repository or a model to be under, and the text that was read."""

    licence: Licence
    cite: str


@dataclass(frozen=True, slots=True)
class Licences:
    by_name: dict[str, Licence]
    by_repository: dict[str, Licence]
    by_model: dict[str, Review]  # slug of the catalogue


@cache
def licences() -> Licences:
    """The reviewed licences.toml, read once. Raises ValueError if a name, repository or model has two licences."""
    by_name: dict[str, Licence] = {}
    by_repository: dict[str, Licence] = {}
    by_model: dict[str, Review] = {}
    for row in tomllib.loads(PATH.read_text(encoding="utf-8"))["licence"]:
        names, repositories = row.pop("names", []), row.pop("repositories", [])
        reviewed = row.pop("reviewed", [])
        licence = Licence(**row)
        for name in {simplified(text) for text in (licence.slug, licence.name, *names)}:
            if by_name.setdefault(name, licence) is not licence:
                raise ValueError(f"licences.toml: {name!r} is {licence.slug} and {by_name[name].slug}")
        for repository in repositories:
            if by_repository.setdefault(repository.casefold(), licence) is not licence:
                raise ValueError(f"licences.toml: {repository} is under two licences")
        for model, review in reviews_of(licence, reviewed):
            if by_model.setdefault(model, review) is not review:
                raise ValueError(f"licences.toml: {model} is reviewed twice")
    return Licences(by_name, by_repository, by_model)


def reviews_of(licence: Licence, reviewed: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, Review]]:
    """The models in a licence's `reviewed` tables, each with where it was read that the model is under it."""
    for table in reviewed:
        review = Review(licence, table["cite"])
        for model in table["models"]:
            yield model, review


def licence_of(stated: str, repository: str | None = None) -> Licence | None:
    """The licence a source's text means; None if nobody has reviewed it.

    "apache-2.0", "Apache 2.0" and "Apache License 2.0" are one. A text that names nothing ("other") or several
    things ("modified-mit") is looked up by the Hub repository only.
    """
    if simplified(stated) in NAMES_NOTHING:
        return licence_at(repository)
    found = licences().by_name.get(simplified(stated))
    if found:
        return found
    identifier = spdx_identifier(stated)
    return licences().by_name.get(simplified(identifier)) if identifier else None


def review_of(repository: str | None, model: str | None = None) -> Review | None:
    """What a Hub repository, or else a model by its slug, was reviewed to be under."""
    if licence := licence_at(repository):
        return Review(licence, licence.repositories_cite)
    return licences().by_model.get(model or "")


def licence_at(repository: str | None) -> Licence | None:
    """The licence a Hub repository was reviewed to be under."""
    return licences().by_repository.get((repository or "").casefold())


def simplified(text: str) -> str:
    return re.sub(r"[^a-z0-9+.]+", "", text.casefold().removeprefix("license:"))


@cache
def spdx_identifier(stated: str) -> str | None:
    """The SPDX identifier of a text that is one licence: "GPL-3.0+" -> "GPL-3.0-or-later"; None otherwise."""
    try:
        expression = get_spdx_licensing().parse(stated, validate=True)
    except ExpressionError:
        return None
    return str(expression) if expression is not None and len(expression.symbols) == 1 else None
