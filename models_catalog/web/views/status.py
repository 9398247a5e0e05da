"""How old and how healthy is every source, and what may be done with its data?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from models_catalog.charts.numerals import count, whole
from models_catalog.findings.status import source_lines, uncleared
from models_catalog.web.context import ailing


@require_safe
def status(request: HttpRequest) -> HttpResponse:
    lines = source_lines()
    troubled = tuple(line for line in lines if ailing(line))
    page = {
        "lines": lines,
        "troubled": troubled,
        "uncleared": uncleared(),
        "incidents": tuple((line, incident) for line in lines for incident in line.incidents),
        "headline": headline(len(lines), len(troubled)),
    }
    return render(request, "pages/status.html", page)


def headline(sources: int, troubled: int) -> str:
    if not troubled:
        return f"All {whole(sources)} sources are fresh."
    verb = "needs" if troubled == 1 else "need"
    return f"{whole(troubled)} of {count(sources, 'source')} {verb} attention."
