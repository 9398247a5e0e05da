"""Under which terms are models released? Each fact apart, quarter by quarter, and every licence that was read."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from models_catalog.charts.figure import Figure
from models_catalog.charts.licences import fact_table, licence_table, terms_figure, terms_headline
from models_catalog.findings.licences import Terms, terms
from models_catalog.web.downloads import download
from models_catalog.web.past import PastDay, past_day


@require_safe
def licences(request: HttpRequest) -> HttpResponse:
    past = past_day(request)
    found = terms(past.until)
    used = [line for line in found.lines if line.models]
    page = {
        "past": past,
        "found": found,
        "headline": terms_headline(found),
        "figure": figure_of(found, past),
        "facts": fact_table(found, past.parameters) if found.total else None,
        "licences": licence_table(found.lines, past.parameters),
        "shown": max(len(used), 12),
    }
    return render(request, "pages/licences.html", page)


@require_safe
def licences_download(request: HttpRequest, kind: str) -> HttpResponse:
    past = past_day(request)
    figure = figure_of(terms(past.until), past)
    if figure is None:
        raise Http404("no release with a stated date is in the catalogue")
    about: dict[str, date | None] = {"as_of": figure.day, "released_by": past.until}
    return download(request, figure, kind, about)


def figure_of(found: Terms, past: PastDay) -> Figure | None:
    return (
        terms_figure(found, path="/licences", query=past.query, until=past.until) if found.quarters else None
    )
