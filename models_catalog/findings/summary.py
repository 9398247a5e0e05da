"""What does this installation hold? The lines a person reads after a demo."""

from __future__ import annotations

from models_catalog.findings.gap import refusal, standing_gap
from models_catalog.findings.records import Gap, GapValue, Summary
from models_catalog.findings.status import source_lines
from models_catalog.models import AIModel, Resolution
from models_catalog.vocabulary import Inputs


def summary() -> Summary:
    """Rows per source, how many names resolve, and the gap by each kind of inputs."""
    names = Resolution.objects.count()
    return Summary(
        sources=source_lines(),
        names=names,
        resolved=Resolution.objects.filter(model__isnull=False).count(),
        models=AIModel.objects.filter(listed=True).count(),
        gap_lines=tuple(gap_line(inputs, standing_gap(inputs)) for inputs in Inputs),
    )


def gap_line(inputs: Inputs, gap: Gap | None) -> str:
    if gap is None:
        return f"{inputs}: no figure: {refusal(inputs) or 'not computed yet'}"
    figures = " · ".join(figure(value) for value in gap.results if value.delta == 0)
    return f"{inputs} as of {gap.as_of:%Y-%m-%d}: {figures}"


def figure(value: GapValue) -> str:
    """ "catch_up 5.7 [5.2–7.1] months", or why there is none."""
    if value.value is None:
        return f"{value.method}: none ({value.reason})"
    at_least = "at least " if value.at_least else ""
    low = "?" if value.low is None else f"{value.low:.1f}"
    high = "?" if value.high is None else f"{value.high:.1f}"
    return f"{value.method} {at_least}{value.value:.1f} [{low}–{high}] {value.unit}"
