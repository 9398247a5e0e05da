"""A licence as sources write it -> a licence we know, with what it allows."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from license_expression import ExpressionError, get_spdx_licensing

from models_catalog.vocabulary import Tier

PATH = Path(__file__).with_name("licences.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """What a licence allows, as facts with the text they were read in.

    `users_cap` and `revenue_cap_usd` are the monthly figures above which a separate licence is needed.
    `commercial` None: the text leaves it open.
    """

    slug: str
    name: str
    spdx: bool
    osi: bool
    commercial: bool | None
    users_cap: int | None = None
    revenue_cap_usd: int | None = None
    field_limits: bool = False
    why: str
    cite: str

    @property
    def tier(self) -> Tier:
        """The grade these facts give, by product.md, "Openness"."""
        if self.osi:
            return Tier.OSI
        if self.commercial is False:
            return Tier.RESEARCH
        if self.commercial is None:
            return Tier.UNKNOWN
        if self.users_cap or self.revenue_cap_usd or self.field_limits:
            return Tier.RESTRICTED
        return Tier.PERMISSIVE


@dataclass(frozen=True, slots=True)
class Licences:
    by_name: dict[str, Licence]
    by_link: tuple[tuple[str, Licence], ...]


@cache
def licences() -> Licences:
    """The reviewed licences.toml, read once. Raises ValueError if one name means two licences."""
    rows = tomllib.loads(PATH.read_text(encoding="utf-8"))["licence"]
    by_name: dict[str, Licence] = {}
    links: list[tuple[str, Licence]] = []
    for row in rows:
        names, part_of_link = row.pop("names", []), row.pop("links", [])
        licence = Licence(**{"spdx": False, "osi": False, **row})
        for name in {licence.slug, licence.name, *names}:
            if by_name.setdefault(simplified(name), licence) is not licence:
                raise ValueError(
                    f"licences.toml: {name!r} is {licence.slug} and {by_name[simplified(name)].slug}"
                )
        links += [(link, licence) for link in part_of_link]
    return Licences(by_name, tuple(links))


def licence_of(stated: str, link: str | None = None) -> Licence | None:
    """The licence a source's text means; None if nobody has reviewed it.

    "apache-2.0", "Apache 2.0" and "Apache License 2.0" are one. A text with several meanings ("modified
    MIT", "other") is looked up by its link only: it cannot be graded by name.
    """
    known = licences()
    if link:
        for part, licence in known.by_link:
            if part in link:
                return licence
    found = known.by_name.get(simplified(stated))
    if found:
        return found
    spdx = spdx_key(stated)
    return known.by_name.get(simplified(spdx)) if spdx else None


def simplified(text: str) -> str:
    return re.sub(r"[^a-z0-9+.]+", "", text.casefold().removeprefix("license:"))


@cache
def spdx_key(stated: str) -> str | None:
    """The SPDX identifier of one licence name, if the text is one ("Apache-2.0" for "apache-2.0")."""
    try:
        expression = get_spdx_licensing().parse(stated, validate=True)
    except ExpressionError:
        return None
    keys = [symbol.key for symbol in expression.symbols] if expression is not None else []
    return keys[0] if len(keys) == 1 and str(expression) == keys[0] else None
