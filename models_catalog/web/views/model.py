"""Everything known about one model, each value with its source."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from models_catalog.charts.figure import credited
from models_catalog.charts.numerals import level_interval
from models_catalog.findings.model import model_detail
from models_catalog.findings.records import ModelDetail
from models_catalog.normalise.openness import REVIEW
from models_catalog.web.model_tables import names_table, price_table, score_table, statement_table


@require_safe
def model(request: HttpRequest, slug: str) -> HttpResponse:
    found = model_detail(slug)
    if found is None:
        raise Http404(f"no model is called {slug}")
    page = {
        "found": found,
        "row": found.row,
        "scores": score_table(found.scores),
        "prices": price_table(found.prices),
        "statements": statement_table(found.statements),
        "names": names_table(found.names),
        "released_from": released_from(found),
        "level_interval": level_interval(found.level_low, found.level_high),
        "credits": [credited(credit) for credit in found.credits],
    }
    return render(request, "pages/model.html", page)


def released_from(found: ModelDetail) -> str:
    """Who states the release date: a source, or our own review of one."""
    if found.released_source == REVIEW:
        return "reviewed by Open Gap"
    return next((credit.title for credit in found.credits if credit.slug == found.released_source), "")
