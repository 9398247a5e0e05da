"""The standing answers beside the headline: by part of the scores, with decisions changed, by week.

Every answer has a stored scale that is found again while its scores stay the same, so what a collection did not
touch costs nothing. A part that gives no answer leaves its reason.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace

from models_catalog.analysis.records import Insufficient
from models_catalog.analysis.sensitivity import sensitivities
from models_catalog.measure.cuts import Part, parts_of
from models_catalog.measure.evidence import Evidence
from models_catalog.measure.history import stored_history
from models_catalog.measure.issue import Question, answer
from models_catalog.models import Issue
from models_catalog.vocabulary import Cut, Inputs

log = logging.getLogger(__name__)

Told = tuple[Part, Issue | Insufficient]


def answer_details(evidence: Evidence) -> Iterator[Told]:
    """Everything beside the headline, one answer or refusal per part. Nothing when there is no headline."""
    question = Question(evidence.inputs, standing=True)
    try:
        whole = answer(question, evidence)
    except Insufficient:
        return
    keep_history(whole)
    answer_sensitivities(question, evidence, whole)
    yield from answer_parts(question, evidence)


def answer_sensitivities(question: Question, evidence: Evidence, whole: Issue) -> None:
    for name in sensitivities(whole.fit.placed_points(), as_of=whole.as_of):
        answer(replace(question, sensitivity=name), evidence)


def answer_parts(question: Question, evidence: Evidence) -> Iterator[Told]:
    if evidence.inputs is Inputs.EPOCH:
        return
    for part in parts_of(evidence.scores):
        try:
            found = answer(replace(question, part=part), evidence)
        except Insufficient as refusal:
            log.info("%s, %s %s: %s", evidence.inputs, part.cut, part.key, refusal.reason)
            yield part, refusal
        else:
            if part.cut is not Cut.BENCHMARK:
                keep_history(found)
            yield part, found


def keep_history(row: Issue) -> None:
    stored_history(row.fit, row.as_of)
