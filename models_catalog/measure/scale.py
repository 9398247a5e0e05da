"""From inputs to a stored scale: a level for every model, an interval, and the draws behind it.

Fitted once per inputs and method version. The same inputs are never fitted twice.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from django.conf import settings
from django.utils import timezone

from models_catalog.analysis.bootstrap import Draws, Resample, bootstrap, draws_from_intervals
from models_catalog.analysis.drawn import OF_PARTS
from models_catalog.analysis.index import fit_alike, fit_index
from models_catalog.analysis.records import Floats, Point
from models_catalog.analysis.table import INTERVAL
from models_catalog.measure.gather import Candidate, Gathered
from models_catalog.measure.version import METHOD_VERSION
from models_catalog.models import Fit
from models_catalog.vocabulary import Cut

SEED = 20260811
STEADY = 1e-6  # points: an anchor does not move between draws, so it has no interval
Watch = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Scale:
    """Levels and draws of one fit, before they are stored."""

    levels: Mapping[str, float]
    draws: Draws
    detail: dict[str, object]


def draws_asked(gathered: Gathered) -> int:
    """All that are wished for on the whole index; fewer on its parts, so that all fit into one task's time."""
    wished = settings.OPENGAP_BOOTSTRAP_DRAWS
    return wished if gathered.cut is Cut.INDEX else min(wished, OF_PARTS)


def stored_fit(gathered: Gathered, watch: Watch | None = None) -> Fit:
    """The fit of these inputs: the stored one, else a new one. Insufficient when evidence is missing."""
    inputs_hash = f"{gathered.digest[:48]}-{draws_asked(gathered)}"
    identity = {
        "inputs": gathered.inputs,
        "cut": gathered.cut,
        "key": gathered.key,
        "method_version": METHOD_VERSION,
        "inputs_hash": inputs_hash,
    }
    known = Fit.objects.filter(**identity).first()
    if known:
        return known
    scale = published(gathered) if gathered.levels else fitted(gathered, watch)
    keys = [key for key in gathered.candidates if key in scale.levels]
    columns = scale.draws.columns(keys)
    fit, _ = Fit.objects.get_or_create(
        **identity,
        defaults={
            "scale": gathered.title,
            "points": [
                placed(gathered.candidates[key], scale.levels[key], columns[:, at], gathered)
                for at, key in enumerate(keys)
            ],
            "draws": packed(columns),
            "detail": scale.detail
            | {"left_out": dict(gathered.left_out), "seed": SEED, "draws": len(columns)},
            "computed_at": timezone.now(),
        },
    )
    return fit


def published(gathered: Gathered) -> Scale:
    """A scale that comes as levels: draws from stated intervals, or none where there are none."""
    points = [
        Point(item.key, item.released, item.access, gathered.levels[item.key])
        for item in gathered.candidates.values()
    ]
    draws = draws_from_intervals(
        points,
        gathered.bounds,
        seed=SEED,
        level=gathered.interval_level,
        draws=draws_asked(gathered) if gathered.bounds else 0,
    )
    benchmarks = [{"slug": gathered.key, "models": len(points)}] if gathered.cut is Cut.BENCHMARK else []
    return Scale(gathered.levels, draws, {"models": len(points), "benchmarks": benchmarks})


def fitted(gathered: Gathered, watch: Watch | None) -> Scale:
    scores = [attempt.score for attempt in gathered.attempts]
    if gathered.cut is Cut.INDEX:
        fit = fit_index(scores, anchors=gathered.anchors, islands="drop")
        resample: Resample = "within_model"
    else:
        fit = fit_alike(scores, like=gathered.like)
        resample = "bayesian"
    draws = bootstrap(fit, seed=SEED, draws=draws_asked(gathered), resample=resample, progress=watch)
    detail: dict[str, object] = {
        "models": len(fit.levels),
        "benchmarks": [
            {
                "slug": item.name,
                "difficulty": round(item.difficulty, 3),
                "slope": round(item.slope, 5),
                "models": item.models,
            }
            for item in fit.benchmarks
        ],
        "dropped": [f"{item.kind} {item.name}: {item.reason}" for item in fit.dropped],
        "iterations": fit.iterations,
    }
    return Scale(fit.levels, draws, detail)


def placed(item: Candidate, level: float, column: Floats, gathered: Gathered) -> dict[str, object]:
    """One point as stored: who it is, where it stands, how sure that is."""
    bounds = gathered.bounds.get(item.key)
    low, high = (bounds.low, bounds.high) if bounds else spread(column)
    return {
        "key": item.key,
        "model": item.model,
        "name": item.name,
        "organization": item.organization,
        "released": item.released.isoformat(),
        "access": item.access.value,
        "level": level,
        "low": low,
        "high": high,
        "sources": list(item.sources),
        "observation": item.observation,
        "tier": item.tier.value,
        "preview": item.preview,
    }


def spread(column: Floats) -> tuple[float | None, float | None]:
    drawn = column[np.isfinite(column)]
    if not len(drawn) or len(drawn) < len(column) / 2 or np.ptp(drawn) < STEADY:
        return None, None
    tail = (1 - INTERVAL) / 2
    low, high = np.quantile(drawn, [tail, 1 - tail])
    return float(low), float(high)


def packed(columns: Floats) -> bytes:
    """Draws as stored: float32 holds a level to a hundred-thousandth of a point."""
    buffer = io.BytesIO()
    np.savez_compressed(buffer, draws=columns.astype(np.float32))
    return buffer.getvalue()
