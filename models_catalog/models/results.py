"""Results of a method, frozen: an issued number can always be shown again with its inputs."""

from __future__ import annotations

import io
from datetime import date

import numpy as np
from django.db import models

from models_catalog.analysis.records import Floats, Point
from models_catalog.vocabulary import Access, Cut, Inputs, Method, Tier

STORED_CUTS = [(item.value, item.value) for item in Cut]


class Fit(models.Model):
    """One scale: a level for every model scored on it, with its bootstrap draws.

    Fitted once per set of inputs (`inputs_hash`) and method version; `as_of` selects models, it never refits.
    `cut` and `key` say which part of the scores it rests on; "" is the key of the whole index.
    """

    inputs = models.CharField(max_length=8, choices=[(item.value, item.value) for item in Inputs])
    cut = models.CharField(max_length=10, choices=STORED_CUTS, default=Cut.INDEX)
    key = models.CharField(max_length=80, blank=True, default="")
    method_version = models.CharField(max_length=20)
    inputs_hash = models.CharField(max_length=64)
    scale = models.CharField(max_length=120)
    points = models.JSONField(
        help_text="[{model, name, organization, released, access, level, low, high, …}]"
    )
    draws = models.BinaryField(help_text="float32 draws x points, npz")
    detail = models.JSONField(default=dict, help_text="what was dropped and why, seeds, benchmarks")
    computed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("inputs", "cut", "key", "method_version", "inputs_hash"), name="one_fit_per_inputs"
            ),
        )

    def __str__(self) -> str:
        return f"{self.inputs} {self.inputs_hash[:8]}"

    def placed_points(self) -> tuple[Point, ...]:
        """The stored levels as the analysis takes them, in the order of the draws' columns."""
        return tuple(
            Point(
                point["key"],
                date.fromisoformat(point["released"]),
                Access(point["access"]),
                point["level"],
                point["name"],
                point["organization"],
                Tier(point.get("tier", Tier.UNKNOWN)),
                point.get("preview", False),
            )
            for point in self.points
        )

    @property
    def draw_count(self) -> int:
        """How many draws there are; 0 when nobody states an error of these levels."""
        noted = self.detail.get("draws")
        return int(noted) if noted is not None else len(self.drawn_levels())

    def drawn_levels(self) -> Floats:
        """Draws × points, NaN where a draw has no level."""
        with np.load(io.BytesIO(bytes(self.draws)), allow_pickle=False) as stored:
            levels: Floats = stored["draws"].astype(np.float64)
        return levels


class Issue(models.Model):
    """The answer given for one question at one state of knowledge: which fit, seen as of which day.

    `sensitivity` names the one decision that was taken otherwise ("" = none): the scale is the same, only who
    stands on it, and on which side, differs.
    """

    fit = models.ForeignKey(Fit, on_delete=models.PROTECT, related_name="issues")
    as_of = models.DateField()
    known_at = models.DateTimeField()
    vintage = models.DateTimeField(help_text="newest capture, with changed content, among the inputs")
    asked_vintage = models.DateTimeField(null=True, help_text="the limit asked for, if any")
    standing = models.BooleanField(default=False, help_text="made by `compute`: what the pages show")
    sensitivity = models.CharField(max_length=120, blank=True, default="")
    issued_at = models.DateTimeField()

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=("standing", "-id"), name="standing_issues"),)

    def __str__(self) -> str:
        return f"{self.fit.inputs} as of {self.as_of}"


class Result(models.Model):
    """One figure of an issue: method, domain, tolerance, value with interval, or null with a reason."""

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="results")
    method = models.CharField(max_length=20, choices=[(item.value, item.value) for item in Method])
    domain = models.CharField(max_length=60)
    delta = models.FloatField()
    value = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    at_least = models.BooleanField(default=False)
    unit = models.CharField(max_length=20)
    n = models.PositiveIntegerField()
    n_unit = models.CharField(max_length=40)
    censored_share = models.FloatField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("issue", "method", "domain", "delta"), name="one_result_each"),
        )

    def __str__(self) -> str:
        return f"{self.method} {self.domain} delta {self.delta}"


class History(models.Model):
    """One scale's figures as of every week: a pure function of its fit, kept because it takes a while."""

    fit = models.OneToOneField(Fit, on_delete=models.PROTECT, related_name="history")
    days = models.JSONField(help_text="ISO days, oldest first")
    series = models.JSONField(
        help_text='{"catch_up 0": [[value, low, high, at_least, n, censored_share, reason], …], …}'
    )
    computed_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "histories"

    def __str__(self) -> str:
        return f"{self.fit} by week"


class Refusal(models.Model):
    """Why the newest `compute` gave no answer for one question. Gone as soon as it gives one."""

    inputs = models.CharField(max_length=8, choices=[(item.value, item.value) for item in Inputs])
    cut = models.CharField(max_length=10, choices=STORED_CUTS, default=Cut.INDEX)
    key = models.CharField(max_length=80, blank=True, default="")
    reason = models.TextField()
    refused_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("inputs", "cut", "key"), name="one_refusal_per_question"),
        )

    def __str__(self) -> str:
        return f"{self.inputs} {self.cut} {self.key}: {self.reason}"
