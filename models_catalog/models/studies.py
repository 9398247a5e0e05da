"""What longer work found out beside the gap's figures, frozen with its inputs: the trend, prices, shares."""

from __future__ import annotations

from django.db import models


class Study(models.Model):
    """One finding of one subject, kept as the analysis returned it. Never changed: new inputs, a new row.

    `inputs_hash` identifies everything it rests on, so the same inputs are never worked through twice.
    """

    class Subject(models.TextChoices):
        TREND = "trend"
        PRICES = "prices"
        SHARES = "shares"

    subject = models.CharField(max_length=12, choices=Subject.choices)
    inputs = models.CharField(max_length=8, help_text="of the capability scale it rests on")
    method_version = models.CharField(max_length=20)
    inputs_hash = models.CharField(max_length=64)
    as_of = models.DateField()
    vintage = models.DateTimeField(help_text="newest capture, with changed content, among the inputs")
    known_at = models.DateTimeField(help_text="the commit up to which facts were counted")
    detail = models.JSONField(help_text="the analysis' own record")
    computed_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "studies"
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("subject", "inputs", "method_version", "inputs_hash"), name="one_study_per_inputs"
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject} ({self.inputs}) as of {self.as_of}"
