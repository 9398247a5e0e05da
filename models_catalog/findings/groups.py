"""Which developers, families and licences do the models of a moment have, and how many models each?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from models_catalog.findings.entries import EntryQuery, column, matching, stating
from models_catalog.findings.moment import Moment
from models_catalog.findings.remembered import remembered
from models_catalog.vocabulary import Access


@dataclass(frozen=True, slots=True)
class Group:
    """What models have in common: slug (of a licence: its name), and how many of each access."""

    slug: str
    models: int
    access: dict[Access, int]
    tiers: tuple[str, ...]  # that its models have, in order


def groups(by: str, moment: Moment) -> Mapping[str, Group]:
    """Models counted by "organization", "family" or "licence", in the order of slugs; models without are left out."""
    return remembered(("groups", by, moment), lambda: counted(by, moment))


def counted(by: str, moment: Moment) -> dict[str, Group]:
    rows = matching(EntryQuery(), moment)
    if moment.known_at is None:
        rows = rows.select_related(None).prefetch_related(None)
    rows = rows.annotate(
        group=column(by, moment), group_access=column("access", moment), group_tier=column("tier", moment)
    )
    rows = rows.exclude(Q(group=None) | Q(group="")).order_by()
    found: dict[str, list[tuple[str, str, int]]] = {}
    for row in rows.values("group", "group_access", "group_tier").annotate(number=Count("pk")):
        found.setdefault(row["group"], []).append((row["group_access"], row["group_tier"], row["number"]))
    return {slug: group(slug, found[slug]) for slug in sorted(found)}


def group(slug: str, counts: list[tuple[str, str, int]]) -> Group:
    access = {item: sum(number for of, _, number in counts if of == item) for item in Access}
    tiers = tuple(sorted({tier for _, tier, _ in counts}))
    return Group(slug, sum(access.values()), access, tiers)


def described(by: str, moment: Moment) -> Mapping[str, dict[str, Any]]:
    """Names of organisations or families (slug -> name, and country or organisation)."""
    return remembered(("described", by, moment), lambda: descriptions(by, moment))


def descriptions(by: str, moment: Moment) -> dict[str, dict[str, Any]]:
    rows = matching(EntryQuery(), moment)
    if moment.known_at is None:
        names = rows.select_related(None).prefetch_related(None).exclude(**{by: None}).order_by()
        kept = names.values_list(
            f"{by}__slug", f"{by}__name", "organization__country", "organization__slug"
        ).distinct()
    else:
        kept = (
            rows.exclude(**{f"fields__{by}": None})
            .order_by()
            .values_list(
                f"fields__{by}__slug",
                f"fields__{by}__name",
                "fields__organization__country",
                "fields__organization__slug",
            )
            .distinct()
        )
    return {
        slug: {"name": name, "country": country or "", "organization": owner or ""}
        for slug, name, country, owner in sorted(kept, key=str)
    }


def sources_behind_groups(by: str, moment: Moment) -> Mapping[str, list[str]]:
    """Which sources say something about the models of each group (slug)?"""
    return remembered(("behind", by, moment), lambda: behind(by, moment))


def behind(by: str, moment: Moment) -> dict[str, list[str]]:
    rows = matching(EntryQuery(), moment)
    if moment.known_at is None:
        rows = rows.select_related(None).prefetch_related(None)
    of = dict(rows.annotate(group=column(by, moment)).order_by().values_list("slug", "group"))
    found: dict[str, set[str]] = {}
    for slug, source in stating(moment, ~Q(model=""), Q(model__isnull=False)):
        if of.get(slug):
            found.setdefault(of[slug], set()).add(source)
    return {group: sorted(sources) for group, sources in found.items()}
