"""Where does this number come from? One stored value, with what its owner allows to be shown."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from models_catalog.charts.figure import credited
from models_catalog.findings.evidence import download_evidence, evidence
from models_catalog.findings.records import Evidence
from models_catalog.findings.trouble import board_title

LARGEST = 2**63 - 1  # the key's type in the database


@require_safe
def evidence_page(request: HttpRequest, observation: int) -> HttpResponse:
    found = evidence(observation) if observation <= LARGEST else None
    if found is None:
        raise Http404("no observation has this number")
    return shown(request, found)


@require_safe
def download_evidence_page(request: HttpRequest, subject: int, window: str, day: date) -> HttpResponse:
    found = download_evidence(subject, window, day) if subject <= LARGEST and "\x00" not in window else None
    if found is None:
        raise Http404("no such download count is stored")
    return shown(request, found)


def shown(request: HttpRequest, found: Evidence) -> HttpResponse:
    values = sorted((key.replace("_", " "), spelled(value)) for key, value in found.value.items())
    page = {
        "found": found,
        "values": values,
        "credit": credited(found.credit),
        "board": board_title(found.source, found.board),
        "which": " · ".join(part for part in found.key.split("|") if part),
    }
    return render(request, "pages/evidence.html", page)


def spelled(value: object) -> str:
    """A stored field in words; lists by commas."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return str(value)
