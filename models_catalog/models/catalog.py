"""Who is who: organisation, family, model, snapshot. A projection of what sources stated.

Rows here are rebuilt from observations and reviewed aliases; slugs are stable. Only `Alias` is
original data: append-only, with reason and recorded_at.
"""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from models_catalog.vocabulary import Access, Tier


class Organization(models.Model):
    slug = models.SlugField(unique=True, max_length=120)
    name = models.CharField(max_length=200)
    country = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Family(models.Model):
    slug = models.SlugField(unique=True, max_length=160)
    name = models.CharField(max_length=200)
    organization = models.ForeignKey(
        Organization, null=True, on_delete=models.CASCADE, related_name="families"
    )

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "families"

    def __str__(self) -> str:
        return self.name


class AIModel(models.Model):
    """One model as its developer released it; dated checkpoints are its snapshots."""

    slug = models.SlugField(unique=True, max_length=200)
    name = models.CharField(max_length=200)
    organization = models.ForeignKey(
        Organization, null=True, on_delete=models.CASCADE, related_name="ai_models"
    )
    family = models.ForeignKey(Family, null=True, on_delete=models.SET_NULL, related_name="ai_models")
    released = models.DateField(null=True)
    released_kind = models.CharField(max_length=12, blank=True)
    released_precision = models.CharField(max_length=6, blank=True)
    released_source = models.CharField(max_length=60, blank=True)
    access = models.CharField(max_length=8, choices=[(item.value, item.value) for item in Access])
    access_reason = models.TextField(blank=True)
    access_source = models.CharField(max_length=60, blank=True)
    tier = models.CharField(max_length=24, choices=[(item.value, item.value) for item in Tier])
    tier_reason = models.TextField(blank=True)
    licence = models.CharField(max_length=200, blank=True)
    licence_link = models.TextField(blank=True)
    parameters = models.BigIntegerField(null=True)
    context_tokens = models.BigIntegerField(null=True)
    modalities = models.JSONField(default=list)
    conflicts = models.JSONField(default=list, help_text="statements that disagree, kept and shown")
    input_price = models.DecimalField(
        null=True, max_digits=14, decimal_places=6, help_text="$ per 1M tokens, see ingest.offers"
    )
    output_price = models.DecimalField(
        null=True, max_digits=14, decimal_places=6, help_text="of the same offer"
    )
    level = models.FloatField(null=True, help_text="on the capability index of the newest issue, if scored")
    listed = models.BooleanField(
        default=True, help_text="False: a third party's repository, found by name and left out of lists"
    )
    base_model = models.CharField(max_length=400, blank=True, help_text="as its repository declares it")
    hub_repositories = models.JSONField(default=list, help_text="that hold its weights, by name on the Hub")
    search = models.TextField(blank=True, help_text="name, organisation and every name sources use")

    class Meta:
        ordering = ("slug",)
        indexes = (
            GinIndex(fields=("search",), name="model_search", opclasses=("gin_trgm_ops",)),
            models.Index(fields=("released",), name="model_by_release"),
            models.Index(fields=("level",), name="model_by_level"),
        )

    def __str__(self) -> str:
        return self.name


class Snapshot(models.Model):
    slug = models.SlugField(unique=True, max_length=220)
    model = models.ForeignKey(AIModel, on_delete=models.CASCADE, related_name="snapshots")
    name = models.CharField(max_length=200)
    released = models.DateField(null=True)

    class Meta:
        ordering = ("released", "slug")

    def __str__(self) -> str:
        return self.name


class Alias(models.Model):
    """A reviewed statement that a name means a thing. Append-only; the newest row of a name counts."""

    name = models.CharField(max_length=300)
    source = models.CharField(max_length=60, blank=True, help_text="empty = in every source")
    target = models.CharField(max_length=220, blank=True, help_text="slug; empty = means nothing we track")
    reason = models.TextField()
    reviewed_on = models.DateField()
    recorded_at = models.DateTimeField()
    reviewed_by = models.CharField(max_length=150, blank=True, help_text="empty = shipped in aliases.toml")
    withdrawn = models.BooleanField(default=False, help_text="from this row on the name has no statement")

    class Meta:
        verbose_name_plural = "aliases"
        indexes = (models.Index(fields=("name", "source", "-recorded_at"), name="alias_by_name"),)

    def __str__(self) -> str:
        return f"{self.name} -> {self.target or 'nothing'}"


class Correction(models.Model):
    """A reviewed statement that a source is wrong, and what counts instead.

    Append-only; of one mistake (source, subject, key, field, wrong) the newest row counts. A row that says
    `right` = `wrong` takes a correction back.
    """

    source = models.CharField(max_length=60, help_text='whose statement; "review" = a fact no source states')
    subject = models.CharField(
        max_length=300, help_text="the source's own id or name; a model's slug for review"
    )
    key = models.CharField(max_length=400, blank=True, help_text="which score; empty for the other facts")
    field = models.CharField(max_length=40)
    wrong = models.CharField(max_length=300, blank=True, help_text="empty = nothing is stated")
    right = models.CharField(max_length=300)
    reason = models.TextField()
    cite = models.TextField(help_text="the text that was read")
    reviewed_on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("recorded_at",), name="corrections_by_commit"),)

    def __str__(self) -> str:
        return f"{self.source} {self.subject}: {self.field} {self.wrong!r} is {self.right!r}"
