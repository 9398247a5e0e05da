"""Which models with a score lack a release date, or are on neither side?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from models_catalog.findings.identity import scored_names
from models_catalog.models import AIModel
from models_catalog.normalise.weights import NEITHER
from models_catalog.vocabulary import Access


@dataclass(frozen=True, slots=True, kw_only=True)
class Undecided:
    """One such model: what is known of it, why its side is not, and the names that leaderboards score it under.

    `unreleased`: its side is decided, it was stated that nobody could obtain it. `listed` False: a third party's
    repository on the Hub.
    """

    slug: str
    name: str
    organization: str | None
    released: date | None
    access: Access
    reason: str
    unreleased: bool
    listed: bool
    scored_as: tuple[tuple[str, str], ...]

    @property
    def open_question(self) -> bool:
        """Would a reviewer still have something to find out?"""
        return self.released is None or not self.unreleased


def undecided() -> list[Undecided]:
    """Every such model, in the order of slugs."""
    names: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name in scored_names():
        if name.model:
            names[name.model].append((name.source, name.external_id))
    scored = AIModel.objects.filter(slug__in=names)
    lacking = scored.filter(access=Access.UNKNOWN) | scored.filter(released=None)
    rows = lacking.select_related("organization").order_by("slug")
    return [described(row, names[row.slug]) for row in rows]


def described(row: AIModel, names: Iterable[tuple[str, str]]) -> Undecided:
    return Undecided(
        slug=row.slug,
        name=row.name,
        organization=row.organization.name if row.organization else None,
        released=row.released,
        access=Access(row.access),
        reason=row.access_reason,
        unreleased=row.access_reason.endswith(NEITHER),
        listed=row.listed,
        scored_as=tuple(names),
    )
