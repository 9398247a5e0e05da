"""Epoch AI's recorded files as points and scores, read the plain way: no room of ours in between."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from models_catalog.analysis.normalise_scores import Attempt, best_attempts, normalise
from models_catalog.analysis.records import Bounds, Point, Score
from models_catalog.vocabulary import Access

GROUPS = {"Open weights": Access.OPEN, "Closed weights": Access.CLOSED}


def _rows(name: str) -> Iterator[dict[str, str]]:
    path = Path(os.environ["OPENGAP_RECORDED"]) / "epoch" / name
    with path.open(newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def published(vintage: str, *, unknown: Access = Access.UNKNOWN) -> tuple[Point, ...]:
    """The published index of one vintage; models without a date are left out."""
    return tuple(
        Point(
            row["Model"],
            date.fromisoformat(row["date"]),
            GROUPS.get(row["Accessibility group"], unknown),
            float(row["eci"]),
        )
        for row in _rows(f"eci_scores@{vintage}.csv")
        if row["date"]
    )


def published_bounds(vintage: str) -> dict[str, Bounds]:
    """The published 90 % intervals; the two anchors have none."""
    return {
        row["Model"]: Bounds(float(row["eci_ci_low"]), float(row["eci_ci_high"]))
        for row in _rows(f"eci_scores@{vintage}.csv")
        if row["eci_ci_low"]
    }


def matrix(vintage: str) -> tuple[Score, ...]:
    """The scores behind the index, by the column `model`; `performance` is already corrected for chance."""
    attempts = (
        Attempt(Score(row["model"], row["benchmark"], normalise(float(row["performance"]))))
        for row in _rows(f"eci_benchmarks@{vintage}.csv")
    )
    return tuple(attempt.score for attempt in best_attempts(attempts))
