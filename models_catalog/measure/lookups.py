"""Who set the records of the standing frontiers, and was each of them looked up by hand?"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from models_catalog.analysis.frontier import running_maximum
from models_catalog.measure.gather import EPOCH
from models_catalog.measure.studies import standing
from models_catalog.models import Issue, Resolution
from models_catalog.normalise.frontier import frontier_records
from models_catalog.vocabulary import Access, Inputs


class Leader(NamedTuple):
    """A model, by its page's slug, that led its side from a day on."""

    released: date
    model: str
    access: Access

    def __str__(self) -> str:
        return f"{self.model} ({self.access}, {self.released})"


def leaders(inputs: Inputs) -> set[Leader]:
    """Every record of either side in the standing answer; empty before one is computed."""
    row = standing(inputs)
    return leaders_of(row) if row else set()


def leaders_of(row: Issue) -> set[Leader]:
    """Epoch AI's names stay as they are where they resolve to nothing."""
    points = row.fit.placed_points()
    slugs = {point["key"]: point["model"] for point in row.fit.points if point["model"]} or epoch_slugs()
    return {
        Leader(step.released, slugs.get(step.model, step.model), access)
        for access in (Access.OPEN, Access.CLOSED)
        for step in running_maximum(points, access, as_of=row.as_of)
    }


def epoch_slugs() -> dict[str, str]:
    """Our pages' slugs by Epoch AI's names."""
    rows = Resolution.objects.filter(subject__source=EPOCH, model__isnull=False)
    return dict(rows.values_list("subject__external_id", "model__slug"))


def looked_up(inputs: Inputs) -> set[Leader]:
    """What the reviewed table confirms, with the days that index has to say."""
    return {Leader(row.day(inputs), row.model, row.access) for row in frontier_records()}
