"""Who releases what, how open?"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from models_catalog.charts.figure import Figure
from models_catalog.charts.landscape import landscape_figure, landscape_headline
from models_catalog.charts.strengths import strength_sentence, strength_table
from models_catalog.charts.tier_bars import DRAWN
from models_catalog.findings.gap_tables import gap_by_domain
from models_catalog.findings.landscape import LandscapeQuery, landscape
from models_catalog.findings.records import Landscape
from models_catalog.vocabulary import Access
from models_catalog.web.downloads import download
from models_catalog.web.filters import catalogue_filters, chips, query_without
from models_catalog.web.parameters import short
from models_catalog.web.past import PastDay, past_day

NAMES = ("access", "licence", "size", "modality", "country")


@require_safe
def landscape_page(request: HttpRequest) -> HttpResponse:
    parameters, past = asked(request), past_day(request)
    found = answered(parameters, past)
    kept = parameters | past.parameters
    filters = catalogue_filters(parameters, NAMES)
    page = {
        "found": found,
        "headline": landscape_headline(found, known_access(parameters["access"])),
        "drawn": DRAWN,
        "filters": filters,
        "chips": chips(filters, kept),
        "past": past,
        "strengths": strengths(past),
        "figure": figure_of(found, parameters, past) if found.rows else None,
    }
    return render(request, "pages/landscape.html", page)


def strengths(past: PastDay) -> dict[str, object] | None:
    """Which side leads in which domain: of all scored models, whatever the filters. None before any scale stands."""
    found = gap_by_domain(as_of=past.until)
    if found is None or not any(row.models for row in found.rows):
        return None
    return {"sentence": strength_sentence(found), "table": strength_table(found), "credits": found.credits}


@require_safe
def landscape_download(request: HttpRequest, kind: str) -> HttpResponse:
    parameters, past = asked(request), past_day(request)
    found = answered(parameters, past)
    if not found.rows:
        raise Http404("no organisation matches")
    figure = figure_of(found, parameters, past)
    filters = {name: value for name, value in (parameters | past.parameters).items() if value}
    return download(request, figure, kind, {"as_of": figure.day, "filters": filters})


def figure_of(found: Landscape, parameters: dict[str, str], past: PastDay) -> Figure:
    query = query_without(parameters | past.parameters)
    return landscape_figure(found, path="/landscape", query=query, until=past.until)


def asked(request: HttpRequest) -> dict[str, str]:
    return {name: short(request.GET.get(name, "")) for name in NAMES}


def answered(parameters: dict[str, str], past: PastDay) -> Landscape:
    return landscape(LandscapeQuery(**parameters, until=past.until))


def known_access(text: str) -> str:
    """The access filtered for, "" when it is none of the three."""
    return text if text in set(Access) else ""
