"""Longer work beside the gap, done once per state of its inputs and kept: the trend, prices, shares.

It follows the standing answers and never holds them up: pages show what there is and say what is still missing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial

from django.db import connection
from django.db.models import F

from models_catalog.measure.frozen import Basis
from models_catalog.measure.price_study import price_basis, stored_prices
from models_catalog.measure.share_study import share_basis, stored_shares
from models_catalog.measure.track import stored_track, track_basis
from models_catalog.models import Generation, Issue, Study
from models_catalog.vocabulary import Cut, Inputs

log = logging.getLogger(__name__)

LOCK = 6006  # one worker at a time: the work is the same for all

Job = tuple[Basis, Callable[[], Study]]


def standing(inputs: Inputs) -> Issue | None:
    """The newest standing answer of the whole index, with no decision taken otherwise."""
    rows = Issue.objects.filter(standing=True, fit__inputs=inputs, fit__cut=Cut.INDEX, sensitivity="")
    return rows.select_related("fit").defer("fit__draws").order_by("-id").first()


def jobs() -> list[Job]:
    """What can be studied now: the trend of every scale, prices and shares on our own."""
    found = list[Job]()
    for inputs in (Inputs.ALL, Inputs.EPOCH, Inputs.OWN):
        issue = standing(inputs)
        if issue is None:
            continue
        if inputs is Inputs.ALL:
            found.append((price_basis(issue), partial(stored_prices, issue)))
            found.append((share_basis(issue), partial(stored_shares, issue)))
        found.append((track_basis(issue), partial(stored_track, issue)))
    return found


def is_studied() -> bool:
    """Is everything that can be studied now already kept?"""
    return all(known(basis) for basis, _ in jobs())


def known(basis: Basis) -> bool:
    rows = Study.objects.filter(subject=basis.subject, inputs=basis.inputs, inputs_hash=basis.hash)
    return rows.filter(method_version=basis.method_version).exists()


def compute_studies() -> int:
    """Study what is new; returns how many studies that made. 0 also when another worker is at it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
        try:
            return sum(publish(job) for basis, job in jobs() if not known(basis))
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def publish(job: Callable[[], Study]) -> int:
    """Do one study and let readers see it."""
    study = job()
    Generation.objects.filter(pk=1).update(number=F("number") + 1)
    log.info("%s", study)
    return 1
