"""Observations: one value, from one source, of one subject. Append-only, with three times."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from models_catalog.models.catalog import AIModel, Snapshot
from models_catalog.models.collection import Fetch
from models_catalog.sources import SOURCES
from models_catalog.vocabulary import FactKind, Rung

OPAQUE_IDS = frozenset(source.slug for source in SOURCES if source.opaque_ids)


class Subject(models.Model):
    """A thing as one source names it. Who it *is* is answered by its Resolution, and may change."""

    source = models.CharField(max_length=60)
    external_id = models.CharField(max_length=300)
    name = models.CharField(max_length=300, help_text="the source's newest display name")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("source", "external_id"), name="one_subject_per_id"),)

    def __str__(self) -> str:
        return f"{self.source}: {self.external_id}"

    @property
    def called(self) -> str:
        """The id where it is a name, else the newest name."""
        return self.name if self.source in OPAQUE_IDS else self.external_id


def limits(known_at: datetime | None, vintage: datetime | None) -> Q:
    """Rows recorded by `known_at` from payloads captured by `vintage`; None means no limit."""
    found = Q()
    if known_at is not None:
        found &= Q(recorded_at__lte=known_at)
    if vintage is not None:
        found &= Q(observed_at__lte=vintage)
    return found


class ObservationQuerySet(models.QuerySet["Observation"]):
    """The vocabulary of time: what was known, and when."""

    def known(self, known_at: datetime | None = None, vintage: datetime | None = None) -> ObservationQuerySet:
        """Rows recorded by `known_at` from payloads captured by `vintage`; None means no limit."""
        return self.filter(limits(known_at, vintage))

    def newest(self) -> ObservationQuerySet:
        """The newest row of every fact, withdrawn facts included (filter `present` after it)."""
        fact = ("subject_id", "board", "kind", "key")
        return self.order_by(*fact, "-observed_at", "-id").distinct(*fact)


class Observation(models.Model):
    """One dated value of one fact. A correction or a change inserts; nothing is ever updated.

    `present` False states that a complete board no longer lists the fact.
    """

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="observations")
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in FactKind])
    key = models.CharField(max_length=400, blank=True, help_text="which price, which score: see the contract")
    board = models.CharField(max_length=60)
    present = models.BooleanField(default=True)
    value = models.JSONField(help_text="the record in the source's own words")
    digest = models.CharField(max_length=32, help_text="of present and value: equal means unchanged")
    valid_from = models.DateField(null=True, blank=True)
    observed_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    fetch = models.ForeignKey(Fetch, on_delete=models.PROTECT, related_name="observations")

    objects = ObservationQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("subject", "board", "kind", "key", "observed_at", "digest"),
                name="one_row_per_observed_value",
            ),
        )
        indexes = (
            models.Index(
                fields=("subject", "board", "kind", "key", "-observed_at", "-id"), name="newest_of_fact"
            ),
            models.Index(fields=("kind", "board"), name="facts_of_kind"),
            models.Index(fields=("recorded_at",), name="facts_by_commit"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.key} of subject {self.subject_id}"


class Visibility(models.Model):
    """When a thing was last on a list that names all there are, and how often it was missed since.

    What was deleted and what was made private look alike: both are only "not visible".
    """

    subject = models.OneToOneField(
        Subject, on_delete=models.CASCADE, related_name="visibility", primary_key=True
    )
    sweep = models.CharField(max_length=120, help_text="the whole list it was last on")
    seen_at = models.DateTimeField()
    misses = models.PositiveSmallIntegerField(default=0)
    missed_since = models.DateTimeField(null=True, blank=True)
    hidden = models.BooleanField(default=False, help_text="missed often and long enough to say so")

    class Meta:
        verbose_name_plural = "visibilities"
        indexes = (models.Index(fields=("sweep", "seen_at"), name="visible_by_sweep"),)

    def __str__(self) -> str:
        return f"{self.subject} seen {self.seen_at:%Y-%m-%d}"


class CurrentObservation(models.Model):
    """The newest row of each fact: a projection, rebuilt from observations at any time."""

    observation = models.OneToOneField(
        Observation, on_delete=models.CASCADE, related_name="current", primary_key=True
    )
    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="current")
    board = models.CharField(max_length=60)
    kind = models.CharField(max_length=10)
    key = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("subject", "board", "kind", "key"), name="one_current_per_fact"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.key} of subject {self.subject_id}"


class Resolution(models.Model):
    """Who a subject is, by the identity ladder: a projection of observations and aliases."""

    subject = models.OneToOneField(
        Subject, on_delete=models.CASCADE, related_name="resolution", primary_key=True
    )
    model = models.ForeignKey(AIModel, null=True, on_delete=models.CASCADE, related_name="resolutions")
    snapshot = models.ForeignKey(Snapshot, null=True, on_delete=models.CASCADE, related_name="resolutions")
    variant = models.CharField(max_length=120, blank=True)
    rung = models.CharField(max_length=12, choices=[(rung.value, rung.value) for rung in Rung])
    suggestions = models.JSONField(default=list, blank=True)

    class Meta:
        indexes = (models.Index(fields=("rung",), name="resolution_by_rung"),)

    def __str__(self) -> str:
        return f"{self.subject} -> {self.model}"


class DownloadSample(models.Model):
    """One download count on one sampled day. Partitioned by month; no foreign keys point here.

    `window` "30d" is a trailing count: days are never summed.
    """

    pk = models.CompositePrimaryKey("subject_id", "window", "day", "observed_at")
    subject_id = models.BigIntegerField()
    window = models.CharField(max_length=10)
    day = models.DateField()
    observed_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    count = models.BigIntegerField()
    fetch_id = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.count} ({self.window}) on {self.day}"
