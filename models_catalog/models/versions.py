"""What the catalogue said, and when: every state of every model and name, kept when it is replaced.

The catalogue itself is a projection that is made again and again; a reader who asks what was known at an
instant must get the answer of then, whatever was collected, reviewed or reprogrammed since. A version holds
from `recorded_at` until `until` (empty = it holds now); both are commit stamps, never back-dated.
"""

from __future__ import annotations

from datetime import datetime
from typing import Self, TypeVar

from django.db import connection, models, transaction
from django.db.models import Q

from models_catalog.models.observations import Subject
from models_catalog.models.turns import take_turn

Kept = TypeVar("Kept", bound=models.Model)


class VersionQuerySet(models.QuerySet[Kept]):
    def at(self, known_at: datetime | None) -> Self:
        """The versions that held at an instant; None means now."""
        if known_at is None:
            return self.filter(until=None)
        return self.filter(Q(until=None) | Q(until__gt=known_at), recorded_at__lte=known_at)


class ModelVersion(models.Model):
    """One state of one model: its row of the catalogue with organisation, family and snapshots spelt out."""

    slug = models.SlugField(max_length=200)
    released = models.DateField(null=True)
    fields = models.JSONField(help_text="the columns of AIModel; organisation and family as objects")
    recorded_at = models.DateTimeField()
    until = models.DateTimeField(null=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("slug",), condition=Q(until=None), name="one_open_model_version"),
        )
        indexes = (models.Index(fields=("slug", "recorded_at"), name="model_version_by_slug"),)

    def __str__(self) -> str:
        return f"{self.slug} from {self.recorded_at:%Y-%m-%d %H:%M}"


class SubjectVersion(models.Model):
    """Who a subject was taken to be, and what its source called it then. `model` "" means unresolved."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="versions")
    name = models.CharField(max_length=300)
    model = models.CharField(max_length=200, blank=True, help_text="slug")
    snapshot = models.CharField(max_length=220, blank=True, help_text="slug")
    variant = models.CharField(max_length=120, blank=True)
    rung = models.CharField(max_length=12)
    recorded_at = models.DateTimeField()
    until = models.DateTimeField(null=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("subject",), condition=Q(until=None), name="one_open_subject_version"
            ),
        )
        indexes = (
            models.Index(fields=("model", "recorded_at"), name="subject_version_by_model"),
            models.Index(fields=("subject", "recorded_at"), name="subject_version_by_subject"),
        )

    def __str__(self) -> str:
        return f"{self.name} -> {self.model or 'nobody'}"


MODELS_NOW = """
    SELECT model.slug AS slug, model.released AS released,
           (to_jsonb(model) - ARRAY['id', 'organization_id', 'family_id'])
           || jsonb_build_object(
                'input_price', model.input_price::text,
                'output_price', model.output_price::text,
                'organization', CASE WHEN organization.id IS NULL THEN NULL ELSE jsonb_build_object(
                    'slug', organization.slug, 'name', organization.name, 'country', organization.country) END,
                'family', CASE WHEN family.id IS NULL THEN NULL ELSE jsonb_build_object(
                    'slug', family.slug, 'name', family.name) END,
                'snapshots', coalesce((
                    SELECT jsonb_agg(jsonb_build_object('name', snapshot.name, 'released', snapshot.released)
                                     ORDER BY snapshot.released, snapshot.slug)
                    FROM models_catalog_snapshot snapshot WHERE snapshot.model_id = model.id), '[]')
           ) AS fields
    FROM models_catalog_aimodel model
    LEFT JOIN models_catalog_organization organization ON organization.id = model.organization_id
    LEFT JOIN models_catalog_family family ON family.id = model.family_id
"""
SUBJECTS_NOW = """
    SELECT subject.id AS subject_id, subject.name AS name, coalesce(model.slug, '') AS model,
           coalesce(snapshot.slug, '') AS snapshot, resolution.variant AS variant, resolution.rung AS rung
    FROM models_catalog_resolution resolution
    JOIN models_catalog_subject subject ON subject.id = resolution.subject_id
    LEFT JOIN models_catalog_aimodel model ON model.id = resolution.model_id
    LEFT JOIN models_catalog_snapshot snapshot ON snapshot.id = resolution.snapshot_id
"""


@transaction.atomic
def record_versions() -> int:
    """Keep the catalogue's present state, where it differs from the newest kept one. Returns how much was new.

    Part of every transaction that changes the catalogue, under a stamp of its own.
    """
    with connection.cursor() as cursor:
        stamp = take_turn(cursor)
    models_kept = record("modelversion", MODELS_NOW, ("slug",), ("released", "fields"), stamp)
    names = ("name", "model", "snapshot", "variant", "rung")
    return models_kept + record("subjectversion", SUBJECTS_NOW, ("subject_id",), names, stamp)


def record(table: str, now: str, key: tuple[str], rest: tuple[str, ...], stamp: datetime) -> int:
    """Close the open versions that no longer hold, and open those that are new. Names are ours, not a reader's."""
    columns = ", ".join((*key, *rest))
    same = " AND ".join(f"version.{name} IS NOT DISTINCT FROM now.{name}" for name in (*key, *rest))
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE holding ON COMMIT DROP AS {now}")
        cursor.execute("ANALYZE holding")
        cursor.execute(
            f"UPDATE models_catalog_{table} version SET until = %s WHERE until IS NULL"  # noqa: S608 - our names
            f" AND NOT EXISTS (SELECT 1 FROM holding now WHERE {same})",
            [stamp],
        )
        cursor.execute(
            f"INSERT INTO models_catalog_{table} ({columns}, recorded_at)"  # noqa: S608 - our names
            f" SELECT {columns}, %s FROM holding now WHERE NOT EXISTS (SELECT 1 FROM models_catalog_{table} version"
            f" WHERE version.until IS NULL AND version.{key[0]} = now.{key[0]})",
            [stamp],
        )
        opened = int(cursor.rowcount)
        cursor.execute("DROP TABLE holding")
    return opened
