"""The number that every answer is remembered under: it grows with every commit that changes what is shown."""

from __future__ import annotations

from datetime import datetime

from models_catalog.models import Generation


def bump_generation(stamp: datetime) -> None:
    generation, _ = Generation.objects.select_for_update().get_or_create(
        pk=1, defaults={"recorded_at": stamp}
    )
    generation.number += 1
    generation.recorded_at = stamp
    generation.save()
