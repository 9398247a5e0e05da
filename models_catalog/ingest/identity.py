"""Rebuild who is who: the catalogue and every subject's resolution, as projections of what is stored.

The catalogue is a pure function of all claims and reviewed aliases, so the order in which sources were
collected does not matter. Rows keep their slug (and so their address) for as long as the thing exists.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection, models, transaction

from models_catalog.ingest.corrections import seed_corrections
from models_catalog.ingest.naming import seed_aliases
from models_catalog.ingest.store import bump_generation
from models_catalog.models import AIModel, Family, Organization, Resolution, Snapshot, Subject
from models_catalog.models.knowledge import Knowledge, aliases, claims, corrections
from models_catalog.models.turns import take_turn
from models_catalog.normalise.catalogue import build
from models_catalog.normalise.records import Catalogue, Claim
from models_catalog.normalise.records import Resolution as Resolved
from models_catalog.normalise.resolver import Resolver
from models_catalog.normalise.subjects import resolve_subject
from models_catalog.sources.contract import PROVIDER

BATCH = 2000
SUGGESTIONS_KEPT = 3


@dataclass(frozen=True, slots=True)
class Refreshed:
    """How many entries the catalogue has now, and how many subjects resolve to one."""

    models: int
    subjects: int
    resolved: int


@transaction.atomic
def refresh_identity() -> Refreshed:
    """Recompute and store catalogue and resolutions. Nothing original is touched; safe to run at any time."""
    with connection.cursor() as cursor:
        stamp = take_turn(cursor)
    seed_aliases(stamp)
    seed_corrections(stamp)
    known = aliases(Knowledge())
    stated = claims(Knowledge())
    catalogue = build(stated, known, corrections=corrections(Knowledge()))
    write_catalogue(catalogue)
    refreshed = write_resolutions(Resolver(catalogue, known), stated, len(catalogue.models))
    bump_generation(stamp)
    return refreshed


def write_catalogue(catalogue: Catalogue) -> None:
    organizations = upsert(
        Organization,
        [
            {"slug": item.slug, "name": item.name, "country": item.country or ""}
            for item in catalogue.organizations.values()
        ],
    )
    families = upsert(
        Family,
        [
            {"slug": item.slug, "name": item.name, "organization_id": organizations.get(item.organization)}
            for item in catalogue.families.values()
        ],
    )
    stored = upsert(
        AIModel,
        [
            {
                "slug": item.slug,
                "name": item.name,
                "organization_id": organizations.get(item.organization),
                "family_id": families.get(item.family) if item.family else None,
                "released": item.released,
                "released_kind": item.released_kind or "",
                "released_precision": item.released_precision or "",
                "released_source": item.released_source or "",
                "access": item.access,
                "access_reason": item.access_reason,
                "access_source": item.access_source or "",
                "tier": item.tier,
                "tier_reason": item.tier_reason,
                "licence": item.licence or "",
                "licence_link": item.licence_link or "",
                "parameters": item.parameters,
                "context_tokens": item.context_tokens,
                "modalities": sorted({*item.modalities_in, *item.modalities_out}),
                "conflicts": list(item.conflicts),
                "listed": item.listed,
                "base_model": item.base_model or "",
                "hub_repositories": list(item.hub_repositories),
            }
            for item in catalogue.models.values()
        ],
    )
    upsert(
        Snapshot,
        [
            {"slug": item.slug, "model_id": stored[item.model], "name": item.name, "released": item.released}
            for item in catalogue.snapshots.values()
        ],
    )


def upsert(table: type[models.Model], rows: list[dict[str, Any]]) -> dict[str, int]:
    """Make the table hold exactly these rows, matched by slug; returns slug -> primary key."""
    if rows:
        columns = [name for name in rows[0] if name != "slug"]
        table._default_manager.bulk_create(
            [table(**fitting(table, row)) for row in rows],
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["slug"],
            update_fields=columns,
        )
    keys = dict(table._default_manager.values_list("slug", "pk"))
    gone = set(keys) - {row["slug"] for row in rows}
    table._default_manager.filter(slug__in=gone).delete()
    return {slug: key for slug, key in keys.items() if slug not in gone}


def fitting(table: type[models.Model], row: dict[str, Any]) -> dict[str, Any]:
    """The row, with words that are longer than their column cut: a source may call a licence what it likes."""
    lengths = {field.name: field.max_length for field in table._meta.fields if field.name != "slug"}
    return {
        name: value[: lengths.get(name)] if isinstance(value, str) else value for name, value in row.items()
    }


def write_resolutions(resolver: Resolver, stated: Iterable[Claim], known_models: int) -> Refreshed:
    organizations = {(claim.source, claim.model): claim.organization for claim in stated}
    model_keys = dict(AIModel.objects.values_list("slug", "pk"))
    snapshot_keys = dict(Snapshot.objects.values_list("slug", "pk"))
    rows: list[Resolution] = []
    names: defaultdict[int, set[str]] = defaultdict(set)
    for subject in Subject.objects.exclude(external_id__startswith=PROVIDER).order_by("pk"):
        organization = organizations.get((subject.source, subject.called))
        found = resolve_subject(resolver, subject.source, subject.called, subject.name, organization)
        rows.append(resolution_row(subject, found, model_keys, snapshot_keys))
        if found.model:
            names[model_keys[found.model]].update((subject.name, subject.called))
    Resolution.objects.all().delete()
    Resolution.objects.bulk_create(rows, batch_size=BATCH)
    write_search(names)
    return Refreshed(known_models, len(rows), sum(1 for row in rows if row.model_id))


def resolution_row(
    subject: Subject, found: Resolved, model_keys: dict[str, int], snapshot_keys: dict[str, int]
) -> Resolution:
    return Resolution(
        subject=subject,
        model_id=model_keys[found.model] if found.model else None,
        snapshot_id=snapshot_keys[found.snapshot] if found.snapshot else None,
        variant=(found.variant or "")[:120],
        rung=found.rung,
        suggestions=[
            {"slug": item.slug, "reason": item.reason, "score": item.score}
            for item in found.suggestions[:SUGGESTIONS_KEPT]
        ],
    )


def write_search(names: dict[int, set[str]]) -> None:
    """The lower-case text that model search looks in: every name sources use, and the organisation."""
    rows = list(AIModel.objects.select_related("organization", "family"))
    for row in rows:
        own = {row.name, row.slug, row.organization.name if row.organization else ""}
        family = {row.family.name} if row.family else set()
        row.search = " · ".join(sorted(own | family | names.get(row.pk, set()))).lower()
    AIModel.objects.bulk_update(rows, ["search"], batch_size=BATCH)
