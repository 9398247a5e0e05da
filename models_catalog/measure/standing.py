"""The standing answers: what the pages show, recomputed after every collection that changed something."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from models_catalog.analysis.records import Insufficient
from models_catalog.measure.issue import Question, issue
from models_catalog.models import AIModel, Generation, Issue, Refusal
from models_catalog.models.knowledge import now_known
from models_catalog.vocabulary import Inputs

log = logging.getLogger(__name__)

Watch = Callable[[Inputs, int], None]


def compute_standing(watch: Watch | None = None) -> dict[Inputs, Issue | Insufficient]:
    """Answer the default question for each kind of inputs; a refusal is an answer, with its reason."""
    known = now_known()
    answers: dict[Inputs, Issue | Insufficient] = {}
    for inputs in (Inputs.EPOCH, Inputs.OWN, Inputs.ALL):
        step = (lambda done, inputs=inputs: watch(inputs, done)) if watch else None
        try:
            answers[inputs] = issue(Question(inputs, standing=True), step)
        except Insufficient as refusal:
            log.info("%s: %s", inputs, refusal.reason)
            answers[inputs] = refusal
    publish(answers, known)
    return answers


def is_computed() -> bool:
    """Do the standing answers rest on everything that is known now?"""
    return not Generation.objects.filter(pk=1).exclude(computed_at__gte=F("recorded_at")).exists()


@transaction.atomic
def publish(answers: Mapping[Inputs, Issue | Insufficient], known: datetime | None) -> None:
    """Let readers see the answers, all at once: reasons where there is none, and each model's level."""
    note_refusals(answers)
    write_levels(answers.get(Inputs.ALL))
    Generation.objects.filter(pk=1).update(number=F("number") + 1, computed_at=known)


def note_refusals(answers: Mapping[Inputs, Issue | Insufficient]) -> None:
    """Keep why there is no answer, or forget that there was none."""
    for inputs, answer in answers.items():
        if isinstance(answer, Insufficient):
            said = {"reason": answer.reason, "refused_at": timezone.now()}
            Refusal.objects.update_or_create(inputs=inputs, defaults=said)
        else:
            Refusal.objects.filter(inputs=inputs).delete()


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
