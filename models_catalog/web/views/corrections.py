"""The log of corrected values: what, where, from, to, why; and what sources state differently."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from models_catalog.charts.derived import statements
from models_catalog.charts.figure import Cell, Column, Table, absent
from models_catalog.charts.numerals import count, day, whole
from models_catalog.findings.corrections import corrections
from models_catalog.findings.disagreements import DisagreementLine, Stated, by_matter, disagreements
from models_catalog.findings.records import CorrectionLine, CorrectionState
from models_catalog.vocabulary import Matter

FIELDS = {
    "access_claim": "weights",
    "base_model": "base model",
    "date": "release date",
    "hub_repository": "Hub repository",
    "weights_date": "day the weights came out",
}
STATES = {
    CorrectionState.IN_FORCE: "in force",
    CorrectionState.SETTLED: "the source has mended it",
    CorrectionState.NOT_STATED: "not stated here at present",
    CorrectionState.REPLACED: "replaced by a later one",
    CorrectionState.TAKEN_BACK: "taken back",
}
MATTERS = {
    Matter.RELEASE: "release dates more than a week apart",
    Matter.ACCESS: "whether the weights are out",
    Matter.LICENCE: "licences",
    Matter.ORGANIZATION: "whose model it is",
    Matter.NAME: "what a name means",
}
MOST_DIFFERING = 40
COLUMNS = ("About", "Stated by", "What", "From", "To", "Why", "Evidence", "Recorded", "State")


@require_safe
def corrections_page(request: HttpRequest) -> HttpResponse:
    found = tuple(reversed(corrections()))
    differing = disagreements()
    page = {
        "headline": headline(found),
        "settled": settled(found),
        "table": table(found),
        "counts": [(MATTERS[matter], number) for matter, number in by_matter(differing).items()],
        "differing": differing_table(differing[:MOST_DIFFERING]),
    }
    return render(request, "pages/corrections.html", page)


def differing_table(found: tuple[DisagreementLine, ...]) -> Table:
    """The first of them, the farthest release dates before all else."""
    columns = tuple(Column(label) for label in ("About", "On", "Counted here", "Stated otherwise"))
    caption = f"The first {whole(len(found))}; both sides with their source and the day it was captured"
    return Table(caption, columns, tuple(differing_row(line) for line in found))


def differing_row(line: DisagreementLine) -> tuple[Cell, ...]:
    apart = f"{count(line.days, 'day')} apart" if line.days is not None else ""
    return (
        Cell(line.about, model=line.model),
        Cell(str(line.matter), aside=apart),
        side_cell(line.counted, line.model),
        side_cell(line.stated, line.model),
    )


def side_cell(side: Stated, model: str) -> Cell:
    """What one side says, leading to all that is stated of the model."""
    aside = f"{side.source_title}, {day(side.on)}" if side.on else side.source_title
    return Cell(side.said, aside=aside, rows=statements(model))


def headline(found: tuple[CorrectionLine, ...]) -> str:
    if not found:
        return "Nothing has been corrected yet."
    active = sum(line.state is CorrectionState.IN_FORCE for line in found)
    return f"{count(len(found), 'statement')} of sources corrected here, {whole(active)} still in force."


def settled(found: tuple[CorrectionLine, ...]) -> tuple[CorrectionLine, ...]:
    """Corrections whose source has mended itself: they change nothing any more."""
    return tuple(line for line in found if line.state is CorrectionState.SETTLED)


def table(found: tuple[CorrectionLine, ...]) -> Table:
    """Newest first."""
    columns = tuple(Column(label) for label in COLUMNS)
    caption = "Newest first; the source’s own words stay stored, and lead to their evidence"
    return Table(caption, columns, tuple(row(line) for line in found))


def row(line: CorrectionLine) -> tuple[Cell, ...]:
    return (
        Cell(line.subject, model=line.model),
        Cell(line.source_title),
        Cell(FIELDS.get(line.field, line.field), aside=line.key.replace("|", " ").strip()),
        Cell(line.wrong, observation=line.observation) if line.wrong else absent("no source states it"),
        Cell(line.right, rows=statements(line.model)),
        Cell(line.reason),
        Cell(line.cite, aside=f"read {day(line.reviewed_on)}"),
        Cell(day(line.recorded_at), day=line.recorded_at.date()),
        state_cell(line),
    )


def state_cell(line: CorrectionLine) -> Cell:
    if line.state is not CorrectionState.SETTLED or line.states_since is None:
        return Cell(STATES[line.state])
    return Cell(STATES[line.state], aside=f"states {line.states_now} since {day(line.states_since)}")
