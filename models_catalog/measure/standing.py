"""The standing answers: what the pages show, recomputed after every collection that changed something."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from models_catalog.analysis.records import Insufficient
from models_catalog.measure.cuts import WHOLE, Part
from models_catalog.measure.details import Told, answer_details
from models_catalog.measure.evidence import Evidence, State
from models_catalog.measure.issue import NOTHING, Question, answer
from models_catalog.models import AIModel, Generation, Issue, Refusal
from models_catalog.models.knowledge import Knowledge, now_known
from models_catalog.models.turns import take_turn
from models_catalog.models.versions import record_versions
from models_catalog.vocabulary import Cut, Inputs

log = logging.getLogger(__name__)

Watch = Callable[[Inputs, int], None]
Tell = Callable[[Inputs, Part, Issue | Insufficient], None]
DETAILS_LOCK = 0x0DE7A115
ORDER = (Inputs.EPOCH, Inputs.OWN, Inputs.ALL)


def compute_standing(
    watch: Watch | None = None, state: State | None = None
) -> dict[Inputs, Issue | Insufficient]:
    """Answer the default question for each kind of inputs; a refusal is an answer, with its reason.

    `state` is what is known now, where somebody has read it already.
    """
    known = now_known()
    shared = state or State(Knowledge(known))
    answers = {inputs: headline(Evidence(inputs, shared), watch) for inputs in ORDER}
    publish(answers, known)
    return answers


def headline(evidence: Evidence, watch: Watch | None) -> Issue | Insufficient:
    inputs = evidence.inputs
    step = (lambda done: watch(inputs, done)) if watch else None
    try:
        if evidence.knowledge.known_at is None:
            raise Insufficient(NOTHING)
        return answer(Question(inputs, standing=True), evidence, step)
    except Insufficient as refusal:
        log.info("%s: %s", inputs, refusal.reason)
        return refusal


def compute_details(state: State | None = None, told: Tell | None = None) -> int:
    """Everything beside the headlines, for the newest state of knowledge; how many answers stand now.

    Takes minutes after a collection that changed scores, and seconds when nothing did. `told` hears of every part.
    """
    known = now_known()
    if known is None:
        return 0
    shared = state or State(Knowledge(known))
    answers: dict[Inputs, list[Told]] = {}
    for inputs in ORDER:
        for part, found in answer_details(Evidence(inputs, shared)):
            answers.setdefault(inputs, []).append((part, found))
            if told:
                told(inputs, part, found)
    with transaction.atomic():
        for inputs in ORDER:
            note_part_refusals(inputs, answers.get(inputs, []))
        Generation.objects.filter(pk=1).update(number=F("number") + 1, detailed_at=known)
    return sum(isinstance(found, Issue) for rows in answers.values() for _, found in rows)


def is_computed() -> bool:
    """Do the standing answers rest on everything that is known now?"""
    return not Generation.objects.filter(pk=1).exclude(computed_at__gte=F("recorded_at")).exists()


def is_detailed() -> bool:
    """Does what stands beside them?"""
    return not Generation.objects.filter(pk=1).exclude(detailed_at__gte=F("recorded_at")).exists()


@contextmanager
def alone() -> Iterator[bool]:
    """Whether nobody else works at the details: they take minutes, and ticks ask for them every minute."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [DETAILS_LOCK])
        [held] = cursor.fetchone()
        try:
            yield held
        finally:
            if held:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [DETAILS_LOCK])


@transaction.atomic
def publish(answers: Mapping[Inputs, Issue | Insufficient], known: datetime | None) -> None:
    """Let readers see the answers, all at once: reasons where there is none, and each model's level."""
    with connection.cursor() as cursor:
        take_turn(cursor)  # before any row is locked: an ingest that waits for one must not hold the turn
    note_refusals(answers)
    write_levels(answers.get(Inputs.ALL))
    record_versions()
    Generation.objects.filter(pk=1).update(number=F("number") + 1, computed_at=known)


def note_refusals(answers: Mapping[Inputs, Issue | Insufficient]) -> None:
    """Keep why there is no answer, or forget that there was none."""
    for inputs, found in answers.items():
        note(inputs, WHOLE, found)


def note_part_refusals(inputs: Inputs, told: Sequence[Told]) -> None:
    """The same for every part that was tried; a part that no score is of any more is forgotten."""
    kept = Refusal.objects.filter(inputs=inputs).exclude(cut=Cut.INDEX)
    tried = {(part.cut.value, part.key) for part, _ in told}
    for row in kept:
        if (row.cut, row.key) not in tried:
            row.delete()
    for part, found in told:
        note(inputs, part, found)


def note(inputs: Inputs, part: Part, found: Issue | Insufficient) -> None:
    if isinstance(found, Insufficient):
        said = {"reason": found.reason, "refused_at": timezone.now()}
        Refusal.objects.update_or_create(inputs=inputs, cut=part.cut, key=part.key, defaults=said)
    else:
        Refusal.objects.filter(inputs=inputs, cut=part.cut, key=part.key).delete()


def write_levels(standing: Issue | Insufficient | None) -> None:
    """Show each model's level in lists: the best of its versions on the standing scale."""
    if not isinstance(standing, Issue):
        return
    levels: dict[str, float] = {}
    for point in standing.fit.points:
        levels[point["model"]] = max(point["level"], levels.get(point["model"], point["level"]))
    AIModel.objects.exclude(slug__in=levels).update(level=None)
    rows = list(AIModel.objects.filter(slug__in=levels))
    for row in rows:
        row.level = levels[row.slug]
    AIModel.objects.bulk_update(rows, ["level"], batch_size=2000)
