"""What happened: changes between observations, incidents of sources, decisions of reviewers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from models_catalog.models.collection import Fetch
from models_catalog.models.observations import Observation, Subject
from models_catalog.vocabulary import ChangeKind


class Change(models.Model):
    """Two successive observations of one fact that say different things; both sides stay linked."""

    kind = models.CharField(max_length=28, choices=[(kind.value, kind.value) for kind in ChangeKind])
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="changes")
    before = models.ForeignKey(Observation, null=True, on_delete=models.PROTECT, related_name="changed_to")
    after = models.ForeignKey(Observation, on_delete=models.PROTECT, related_name="changed_from")
    happened_on = models.DateField(help_text="the stated day, else the day it was first observed")
    observed_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("kind", "after"), name="one_change_per_observation"),)
        indexes = (models.Index(fields=("-observed_at", "-id"), name="newest_changes"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class Incident(models.Model):
    """A source, or the digest, in trouble: what, since when, how often, when it is tried again; a good run closes it"""

    source = models.CharField(max_length=60)
    board = models.CharField(max_length=60)
    cause = models.CharField(max_length=60, help_text="the name of the fault")
    detail = models.TextField(help_text="one sentence")
    opened_at = models.DateTimeField()
    last_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)
    next_try_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    fetch = models.ForeignKey(
        Fetch,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="incidents",
        help_text="the newest",
    )

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("source", "board"), condition=Q(closed_at=None), name="one_open_incident_per_board"
            ),
        )

    def __str__(self) -> str:
        return f"{self.source}/{self.board}: {self.cause}"


class Decision(models.Model):
    """A reviewer's word on a quarantined page: taken after all, or rejected, and why."""

    class Verdict(models.TextChoices):
        ACCEPTED = "accepted"
        REJECTED = "rejected"

    fetch = models.OneToOneField(Fetch, on_delete=models.PROTECT, related_name="decision")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    reason = models.TextField()
    decided_by = models.CharField(max_length=150)
    decided_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.fetch}: {self.verdict}"
