"""What exactly was stored, and where was it read? One observation, as it was known at an instant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from models_catalog.findings.moment import Moment
from models_catalog.findings.stated import who
from models_catalog.models import Observation
from models_catalog.sources import by_slug


@dataclass(frozen=True, slots=True)
class StoredValue:
    observation: Observation
    model: str  # slug, "" when unresolved
    name: str
    displayed: bool  # False: the owner's terms allow no display of the value


def stored_value(observation: int, moment: Moment) -> StoredValue | None:
    """The observation with this id; None when there was none as of the day, or none was known at the instant."""
    rows = Observation.objects.select_related("subject", "fetch__run").filter(pk=observation)
    if moment.known_at:
        rows = rows.filter(recorded_at__lte=moment.known_at)
    if moment.as_of:
        rows = rows.exclude(valid_from__gt=moment.as_of)
    row = rows.first()
    if row is None:
        return None
    [(model, name)] = who({row.subject_id: row.subject}, moment).values()
    return StoredValue(row, model, name, by_slug(row.subject.source).rights.display)


def sources_of_observations(observations: Iterable[int | None]) -> dict[int, str]:
    """Which source (slug) stated each of these?"""
    asked = Observation.objects.filter(pk__in={number for number in observations if number})
    return dict(asked.values_list("pk", "subject__source"))
