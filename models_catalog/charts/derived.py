"""Where the figures of the gap lead: the steps they were read off, the method they were made by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from models_catalog.charts.figure import Rows
from models_catalog.vocabulary import Cut

INTERVALS = Rows("method", place="intervals")
METHODS = Rows("method", place="methods")
STEPS = Rows(place="steps")  # of the page itself, the gap's


def steps(asked: Mapping[str, str]) -> Rows:
    """The models behind each step, in the view of the gap that is asked for."""
    return Rows("gap", query=tuple((name, value) for name, value in asked.items() if value), place="steps")


def steps_of(cut: Cut, key: str, asked: Mapping[str, str], *, scaled: bool = True) -> Rows:
    """The same of one part of the scores, or why it has no scale; of a decision taken otherwise, what was decided."""
    if cut is Cut.INDEX and key:
        return Rows("method", place="decisions")
    part = {"domain": "", "benchmark": "", "benchmark" if cut is Cut.BENCHMARK else "domain": key}
    found = steps({**asked, **part})
    return found if scaled else replace(found, place="")


def scores(model: str) -> Rows | None:
    """All scores of a model, from which its level was fitted."""
    return Rows("model", (model,), place="scores") if model else None


def statements(model: str) -> Rows | None:
    """All that is stated of a model, its release among it."""
    return Rows("model", (model,), place="statements") if model else None
