"""Does the method give what others published? Recomputed from stored facts, never quoted.

Epoch AI published on 2025-10-30 a mean distance of 3.5 months (90 %: 1.1–5.3) between the closed and the open
frontier of its index. The data of that day were not captured, so the distance to 3.5 has to be explained by
what is known to move the figure: the vintage of the index, the tolerance, and what unknown access counts as.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

import numpy as np

from models_catalog.analysis.index import EPOCH_ANCHORS, fit_index
from models_catalog.analysis.lag import estimate
from models_catalog.analysis.normalise_scores import Attempt, best_attempts, normalise
from models_catalog.analysis.records import Estimate, Point, Score
from models_catalog.measure.gather import EPOCH, EPOCH_INDEX_BOARD, EPOCH_MATRIX_BOARD, Gathered, gather_epoch
from models_catalog.models import Fetch
from models_catalog.models.knowledge import Knowledge, scores
from models_catalog.vocabulary import Access, Method

PUBLISHED_ON = date(2025, 10, 30)
PUBLISHED_MONTHS, PUBLISHED_LOW, PUBLISHED_HIGH = 3.5, 1.1, 5.3


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well two scales agree on the models that both place."""

    models: int
    correlation: float
    mean_difference: float  # points, absolute


def explained_level_mean() -> dict[str, Estimate]:
    """The level mean as of 2025-10-30 on Epoch's index (tolerance 0, newest vintage, unknown access on neither
    side), under "as computed"; then the same with one thing changed at a time, named after the change.

    Insufficient when no vintage of the index is stored.
    """
    newest = gather_epoch(Knowledge())
    found = {"as computed": level_mean(points_of(newest))}
    oldest = first_vintage_after(PUBLISHED_ON)
    if oldest is not None and oldest < newest.vintage:
        earlier = gather_epoch(Knowledge(vintage=oldest))
        found[f"vintage {earlier.vintage:%Y-%m-%d}"] = level_mean(points_of(earlier))
        for side in (Access.CLOSED, Access.OPEN):
            counted = points_of(earlier, unknown=side)
            found[f"vintage {earlier.vintage:%Y-%m-%d}, unknown access counted as {side}"] = level_mean(
                counted
            )
    for side in (Access.CLOSED, Access.OPEN):
        found[f"unknown access counted as {side}"] = level_mean(points_of(newest, unknown=side))
    return found | {"a tolerance of 2 points": level_mean(points_of(newest), delta=2.0)}


def first_vintage_after(day: date) -> datetime | None:
    """The oldest stored capture of Epoch's index since that day."""
    since = datetime.combine(day, time.min, UTC)
    rows = Fetch.objects.filter(source=EPOCH, board=EPOCH_INDEX_BOARD, observations__isnull=False)
    return (
        rows.filter(observed_at__gte=since)
        .order_by("observed_at")
        .values_list("observed_at", flat=True)
        .first()
    )


def points_of(gathered: Gathered, *, unknown: Access = Access.UNKNOWN) -> tuple[Point, ...]:
    """The published levels, with unknown access counted as asked."""
    points = (
        Point(item.key, item.released, item.access, gathered.levels[item.key])
        for item in gathered.candidates.values()
    )
    return tuple(
        replace(point, access=unknown) if point.access is Access.UNKNOWN else point for point in points
    )


def level_mean(points: tuple[Point, ...], delta: float = 0.0) -> Estimate:
    return estimate(Method.LEVEL_MEAN, points, as_of=PUBLISHED_ON, delta=delta)


def index_agreement() -> Agreement:
    """Our fit on Epoch's own matrix against the index Epoch publishes.

    Insufficient when either is not stored.
    """
    published = gather_epoch(Knowledge()).levels
    fit = fit_index(matrix_scores(), anchors=EPOCH_ANCHORS)
    pairs = np.array(
        [(fit.levels[model], published[model]) for model in sorted(published.keys() & fit.levels)]
    )
    return Agreement(
        models=len(pairs),
        correlation=float(np.corrcoef(pairs.T)[0, 1]),
        mean_difference=float(np.abs(pairs[:, 0] - pairs[:, 1]).mean()),
    )


def matrix_scores() -> list[Score]:
    """Epoch's benchmark results by Epoch's own names, the best run of every cell; corrected for chance there."""
    attempts = (
        Attempt(Score(row.subject, str(row.value["benchmark"]), normalise(float(row.value["value"]))))
        for row in scores(Knowledge())
        if (row.source, row.board) == (EPOCH, EPOCH_MATRIX_BOARD)
    )
    return [attempt.score for attempt in best_attempts(attempts)]
