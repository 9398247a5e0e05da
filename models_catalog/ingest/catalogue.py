"""Make the catalogue's tables hold exactly what the catalogue says. Rows keep their slug for as long as they exist."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db import models

from models_catalog.models import AIModel, Family, Organization, Snapshot
from models_catalog.normalise.records import Catalogue

BATCH = 2000
Rows = Iterator[dict[str, Any]]


def write_catalogue(catalogue: Catalogue) -> None:
    organizations = upsert(Organization, organization_rows(catalogue))
    families = upsert(Family, family_rows(catalogue, organizations))
    stored = upsert(AIModel, model_rows(catalogue, organizations, families))
    upsert(Snapshot, snapshot_rows(catalogue, stored))


def organization_rows(catalogue: Catalogue) -> Rows:
    for item in catalogue.organizations.values():
        yield {"slug": item.slug, "name": item.name, "country": item.country or ""}


def family_rows(catalogue: Catalogue, organizations: dict[str, int]) -> Rows:
    for item in catalogue.families.values():
        yield {
            "slug": item.slug,
            "name": item.name,
            "organization_id": organizations.get(item.organization),
        }


def snapshot_rows(catalogue: Catalogue, stored: dict[str, int]) -> Rows:
    for item in catalogue.snapshots.values():
        yield {
            "slug": item.slug,
            "model_id": stored[item.model],
            "name": item.name,
            "released": item.released,
        }


def model_rows(catalogue: Catalogue, organizations: dict[str, int], families: dict[str, int]) -> Rows:
    for item in catalogue.models.values():
        yield {
            "slug": item.slug,
            "name": item.shown,
            "organization_id": organizations.get(item.organization),
            "family_id": families.get(item.family) if item.family else None,
            "modalities": sorted({*item.modalities_in, *item.modalities_out}),
            "conflicts": list(item.conflicts),
            "hub_repositories": list(item.hub_repositories),
            **{name: getattr(item, name) for name in TAKEN_OVER},
            **{name: getattr(item, name) or "" for name in TEXTS},
        }


TAKEN_OVER = ("released", "access", "tier", "parameters", "context_tokens", "listed")
TEXTS = (
    *("released_kind", "released_precision", "released_source", "access_reason", "access_source"),
    *("tier_reason", "licence", "licence_link", "base_model"),
)


def upsert(table: type[models.Model], rows: Rows) -> dict[str, int]:
    """Make the table hold exactly these rows, matched by slug; returns slug -> primary key."""
    written: set[str] = set()
    while batch := list(islice(rows, BATCH)):
        written.update(row["slug"] for row in batch)
        table._default_manager.bulk_create(
            [table(**fitting(table, row)) for row in batch],
            update_conflicts=True,
            unique_fields=["slug"],
            update_fields=[name for name in batch[0] if name != "slug"],
        )
    keys = dict(table._default_manager.values_list("slug", "pk"))
    gone = set(keys) - written
    table._default_manager.filter(slug__in=gone).delete()
    return {slug: key for slug, key in keys.items() if slug not in gone}


def fitting(table: type[models.Model], row: dict[str, Any]) -> dict[str, Any]:
    """The row, with words that are longer than their column cut: a source may call a licence what it likes."""
    lengths = {field.name: field.max_length for field in table._meta.fields if field.name != "slug"}
    return {
        name: value[: lengths.get(name)] if isinstance(value, str) else value for name, value in row.items()
    }
