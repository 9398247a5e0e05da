"""What sources, or captures of one source, state differently: a projection, made again with the catalogue."""

from __future__ import annotations

from django.db import models

from models_catalog.models.catalog import AIModel
from models_catalog.vocabulary import Matter


class Disagreement(models.Model):
    """One matter on which two statements differ, with both sides: what was said, by whom, in a capture of when."""

    matter = models.CharField(max_length=12, choices=[(matter.value, matter.value) for matter in Matter])
    about = models.CharField(max_length=300, help_text="a model's slug, or the name that sources use")
    model = models.ForeignKey(AIModel, null=True, on_delete=models.CASCADE, related_name="disagreements")
    counted = models.TextField(
        help_text="what we go by; of two captures the newest, of names the first source's"
    )
    counted_source = models.CharField(max_length=60)
    counted_on = models.DateField(null=True, help_text="day of the capture; null = from no capture")
    stated = models.TextField(help_text="what is said otherwise")
    stated_source = models.CharField(max_length=60)
    stated_on = models.DateField(null=True)
    days = models.IntegerField(null=True, help_text="between two release dates")

    class Meta:
        indexes = (models.Index(fields=("matter", "about"), name="disagreements_by_matter"),)

    def __str__(self) -> str:
        return f"{self.matter} of {self.about}: {self.counted!r} or {self.stated!r}"
