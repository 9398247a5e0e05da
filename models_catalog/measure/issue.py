"""Answer one question and freeze the answer: which inputs, known when, as of which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from models_catalog.analysis.records import Insufficient
from models_catalog.analysis.sensitivity import changed
from models_catalog.analysis.table import DELTAS, Cell, tabulate, tabulate_past
from models_catalog.measure.cuts import WHOLE, Part
from models_catalog.measure.evidence import Evidence, State
from models_catalog.measure.scale import Watch, stored_fit
from models_catalog.models import Fit, Issue, Result
from models_catalog.models.knowledge import Knowledge, now_known
from models_catalog.vocabulary import Cut, Inputs

OVERALL = "overall"
NOTHING = "nothing has been collected yet"


@dataclass(frozen=True, slots=True)
class Question:
    """`as_of` None means the vintage of the inputs, never "today": staleness must not lengthen a lag."""

    inputs: Inputs
    as_of: date | None = None
    known_at: datetime | None = None
    vintage: datetime | None = None
    deltas: tuple[float, ...] = DELTAS
    standing: bool = False
    part: Part = WHOLE
    sensitivity: str = ""


def issue(question: Question, watch: Watch | None = None) -> Issue:
    """The frozen answer: a stored one for the same inputs and day, else a new one.

    Insufficient, with its reason, when no scale can be made from what was known, or when the day asked for
    lies after the newest capture: what has happened since is not known.
    """
    return answer(question, Evidence(question.inputs, State(limits(question))), watch)


def limits(question: Question) -> Knowledge:
    """The state of knowledge asked for, no later than now. Insufficient before the first collection."""
    known_at = min(filter(None, (question.known_at, now_known())), default=None)
    if known_at is None:
        raise Insufficient(NOTHING)
    return Knowledge(known_at, question.vintage)


def answer(question: Question, evidence: Evidence, watch: Watch | None = None) -> Issue:
    """The same from evidence gathered before, for many questions about one state of knowledge."""
    known_at = evidence.knowledge.known_at
    assert known_at is not None
    gathered = evidence.gathered(question.part, watch)
    newest = gathered.vintage.date()
    if question.as_of and question.as_of > newest:
        raise Insufficient(f"the newest scores were captured on {newest}: later days are not known yet")
    fit, as_of = stored_fit(gathered, watch), question.as_of or newest
    return stored_issue(question, fit, as_of, known_at, gathered.vintage) or freeze(
        question, fit, as_of, known_at, gathered.vintage
    )


def stored_issue(
    question: Question, fit: Fit, as_of: date, known_at: datetime, vintage: datetime
) -> Issue | None:
    """The answer given before to this very question, at this state of knowledge or an earlier one."""
    rows = Issue.objects.filter(fit=fit, as_of=as_of, vintage=vintage, asked_vintage=question.vintage)
    rows = rows.filter(sensitivity=question.sensitivity)
    rows = rows.filter(standing=question.standing, known_at__lte=known_at)
    if question.standing:  # what was the answer once and is again must be the newest one, for the pages
        standing = Issue.objects.filter(standing=True, sensitivity=question.sensitivity)
        standing = standing.filter(fit__inputs=fit.inputs, fit__cut=fit.cut, fit__key=fit.key)
        rows = rows.filter(pk__in=standing.order_by("-id").values("pk")[:1])
    for row in rows.order_by("-known_at", "-id"):
        if {result.delta for result in row.results.all()} >= set(question.deltas):
            return row
    return None


@transaction.atomic
def freeze(question: Question, fit: Fit, as_of: date, known_at: datetime, vintage: datetime) -> Issue:
    points = changed(fit.placed_points(), question.sensitivity)
    read = tabulate_past if as_of < vintage.date() else tabulate
    cells = read(points, fit.drawn_levels(), as_of=as_of, deltas=question.deltas)
    row = Issue.objects.create(
        fit=fit,
        as_of=as_of,
        known_at=known_at,
        vintage=vintage,
        asked_vintage=question.vintage,
        standing=question.standing,
        sensitivity=question.sensitivity,
        issued_at=timezone.now(),
    )
    Result.objects.bulk_create(result(row, cell) for cell in cells)
    return row


def result(row: Issue, cell: Cell) -> Result:
    estimate = cell.estimate
    return Result(
        issue=row,
        method=cell.method,
        domain=row.fit.key if row.fit.cut == Cut.DOMAIN else OVERALL,
        delta=cell.delta,
        value=estimate.value,
        low=estimate.low,
        high=estimate.high,
        at_least=estimate.at_least,
        unit=estimate.unit,
        n=estimate.n,
        n_unit=estimate.n_unit,
        censored_share=estimate.censored_share,
        reason=estimate.reason,
    )
