"""What others say the gap is, and what our figures give for the definition that comes closest."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from models_catalog.findings.arena import arena_series
from models_catalog.findings.gap_series import gap_series
from models_catalog.findings.labels import cut_label
from models_catalog.findings.measured import ArenaDay, GapSeries, SeriesPoint
from models_catalog.vocabulary import Cut, Inputs, Method

PATH = Path(__file__).with_name("published.toml")
NEAR = timedelta(days=31)  # an Arena table this close to the day asked for still answers


@dataclass(frozen=True, slots=True)
class Published:
    """One figure somebody published, with ours of the definition that comes closest.

    `ours` is in `unit` ("months", "points", "per cent") as of `day`, by `method` from `inputs` (both None for the
    Arena's ratings); None with its `reason` where we have none.
    """

    who: str
    published: str
    definition: str
    figure: str
    primary: bool
    method: Method | None
    inputs: Inputs | None
    part: str
    day: date
    ours: float | None
    low: float | None
    high: float | None
    unit: str
    reason: str
    cut: Cut = Cut.INDEX  # which part of the scores ours is of, with its key
    key: str = ""


def published_figures() -> tuple[Published, ...]:
    """All of them, as the reviewed table lists them."""
    return tuple(against_arena(row) if row.get("arena") else against_series(row) for row in stated())


@cache
def stated() -> tuple[dict[str, Any], ...]:
    return tuple(tomllib.loads(PATH.read_text(encoding="utf-8"))["figure"])


def against_series(row: dict[str, Any]) -> Published:
    """Ours as of the week that holds the day."""
    inputs, method = Inputs(row["inputs"]), Method(row["method"])
    cut, key = Cut(row.get("cut", "index")), row.get("key", "")
    series = gap_series(inputs, method, 0.0, cut, key)
    point = last_before(series, row["day"]) if series else None
    return Published(
        **words_of(row),
        method=method,
        inputs=inputs,
        part="" if cut is Cut.INDEX else cut_label(cut, key),
        day=point.day if point else row["day"],
        ours=point.value if point else None,
        low=point.low if point else None,
        high=point.high if point else None,
        unit="points" if method is Method.POINT_GAP else "months",
        reason=point.reason if point else "not computed yet",
        cut=cut,
        key=key,
    )


def last_before(series: GapSeries, day: date) -> SeriesPoint | None:
    return max(
        (point for point in series.points if point.day <= day), key=lambda point: point.day, default=None
    )


def against_arena(row: dict[str, Any]) -> Published:
    """Ours from the stored table nearest to the day, within a month of it."""
    near = [day for day in arena_series().days if abs(day.day - row["day"]) <= NEAR]
    found = min(near, key=lambda day: abs(day.day - row["day"]), default=None)
    return Published(
        **words_of(row),
        method=None,
        inputs=None,
        part="Arena ratings",
        day=found.day if found else row["day"],
        ours=percent(found) if found else None,
        low=None,
        high=None,
        unit="per cent",
        reason="" if found else "no table of the Arena of that month is stored",
    )


def percent(day: ArenaDay) -> float:
    return 100 * day.share


def words_of(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "who": row["who"],
        "published": row["published"],
        "definition": row["definition"],
        "figure": row["figure"],
        "primary": row["read"] == "primary",
    }
