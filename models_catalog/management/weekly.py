"""The gap as of every week since 2023, as one document: what `manage.py gap --series weekly` prints.

Everything in it follows from the question: the same state of knowledge gives the same bytes, whatever was asked or
kept before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

from models_catalog.analysis.drawn import past_draws
from models_catalog.analysis.table import INTERVAL
from models_catalog.findings.gap_series import series_in, series_name
from models_catalog.measure.cuts import WHOLE, Part
from models_catalog.measure.evidence import Evidence
from models_catalog.measure.history import drawn_history
from models_catalog.measure.issue import Question, answer
from models_catalog.models import History, Issue
from models_catalog.vocabulary import Method


def weekly(question: Question, evidence: Evidence, method: str, part: Part = WHOLE) -> dict[str, Any]:
    """Every Monday up to the day asked for, and the newest day when none is. Insufficient without a scale."""
    row = answer(Question(question.inputs, part=part, vintage=question.vintage), evidence)
    kept = drawn_history(row.fit, row.as_of)
    return {
        "as_of": question.as_of or row.as_of,
        "known_at": evidence.knowledge.known_at,
        "vintage": row.vintage,
        "method_version": row.fit.method_version,
        "interval_level": INTERVAL,
        "draws": past_draws(row.fit.draw_count),
        "series": list(series(row, kept, question, method)),
    }


def series(row: Issue, kept: History, question: Question, method: str) -> Iterator[dict[str, Any]]:
    """One entry per method and tolerance; the point gap knows no tolerance."""
    for wanted in Method:
        if method not in ("all", wanted.value):
            continue
        deltas = (0.0,) if wanted is Method.POINT_GAP else sorted(question.deltas)
        for delta in deltas:
            figures = kept.series[series_name(wanted, delta)]
            found = series_in(row, kept, wanted, delta, figures)
            yield {
                "method": wanted.value,
                "inputs": found.inputs.value,
                "cut": found.cut.value,
                "key": found.key,
                "delta": delta,
                "unit": found.unit,
                "points": [asdict(point) for point in found.points if until(point.day, question.as_of)],
            }


def until(day: date, as_of: date | None) -> bool:
    return as_of is None or day <= as_of
