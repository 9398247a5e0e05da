"""The log of corrected values: what, where, from, to, why; and what sources state differently."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from models_catalog.charts.derived import statements
from models_catalog.charts.figure import Cell, Column, Table, absent
from models_catalog.charts.numerals import count, day, whole
from models_catalog.charts.words import field_word
from models_catalog.findings.corrections import corrections
from models_catalog.findings.disagreements import DisagreementLine, Stated, by_matter, disagreements
from models_catalog.findings.records import CorrectionLine, CorrectionState
from models_catalog.findings.studies import names
from models_catalog.normalise.statements import REVIEW
from models_catalog.vocabulary import Matter

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
COLUMNS = ("About", "Counted here", "Stated", "Why, and on what evidence", "Recorded")


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
    caption = (
        "Newest first; the source’s own words stay stored, and lead to their evidence; "
        "a dash: nobody states it, our own review does"
    )
    ours = names({line.model for line in found if line.source == REVIEW})
    return Table(caption, columns, tuple(row(line, ours.get(line.model, line.subject)) for line in found))


def row(line: CorrectionLine, about: str) -> tuple[Cell, ...]:
    """Few and wide cells: a correction is read as a sentence, on a phone too."""
    what = (field_word(line.field), line.key.replace("|", " ").strip())
    return (
        Cell(about, model=line.model, aside=" ".join(filter(None, what))),
        Cell(line.right, rows=statements(line.model)),
        stated_cell(line),
        Cell(line.reason, aside=f"{line.cite}, read {day(line.reviewed_on)}"),
        Cell(day(line.recorded_at), day=line.recorded_at.date(), aside=state_words(line)),
    )


def stated_cell(line: CorrectionLine) -> Cell:
    """What the source says, and which; where only our review says anything, that."""
    if not line.wrong:
        return absent(f"no source states it: {line.source_title}")
    return Cell(line.wrong, observation=line.observation, aside=line.source_title)


def state_words(line: CorrectionLine) -> str:
    """ "in force"; of a source that has mended itself, what it states and since when."""
    if line.state is not CorrectionState.SETTLED or line.states_since is None:
        return STATES[line.state]
    return f"{STATES[line.state]}: states {line.states_now} since {day(line.states_since)}"
