"""How old and how healthy is every source, and what may be done with its data?"""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from models_catalog.charts.numerals import count, whole
from models_catalog.findings.records import SourceLine
from models_catalog.findings.status import source_lines, worker_age
from models_catalog.findings.trouble import digest_incidents
from models_catalog.web.context import ended_badly, fresh

MOST_WAITING = 20


@require_safe
def status(request: HttpRequest) -> HttpResponse:
    lines, silent_for = source_lines(), worker_age()
    waiting = tuple((line, page) for line in lines for page in line.waiting)
    page = {
        "lines": lines,
        "uncleared": tuple(line for line in lines if not line.export and not line.observations),
        "incidents": tuple((line, incident) for line in lines for incident in line.incidents),
        "digest_incidents": digest_incidents(),
        "waiting": waiting[:MOST_WAITING],
        "unlisted": max(0, len(waiting) - MOST_WAITING),
        "headline": headline(lines),
        "troubles": troubles(lines),
        "worker": timezone.now() - silent_for if silent_for is not None else None,
    }
    return render(request, "pages/status.html", page)


def headline(lines: Sequence[SourceLine]) -> str:
    """ "3 of 5 sources are fresh." """
    number, sources = sum(map(fresh, lines)), count(len(lines), "source")
    if number == len(lines):
        return f"All {sources} are fresh."
    if not number:
        return f"None of {sources} is fresh."
    return f"{whole(number)} of {sources} {'is' if number == 1 else 'are'} fresh."


def troubles(lines: Sequence[SourceLine]) -> str:
    """ "1 holds nothing yet, 3 have data older than they should be, 2 ended their last run badly." """
    empty = sum(line.newest_observed is None for line in lines)
    stale = sum(line.stale and line.newest_observed is not None for line in lines)
    failed = sum(ended_badly(line) for line in lines)
    said = [
        f"{whole(number)} {one if number == 1 else several}"
        for number, one, several in (
            (empty, "holds nothing yet", "hold nothing yet"),
            (stale, "has data older than it should be", "have data older than they should be"),
            (failed, "ended its last run badly", "ended their last run badly"),
        )
        if number
    ]
    return f"{', '.join(said)}." if said else ""
