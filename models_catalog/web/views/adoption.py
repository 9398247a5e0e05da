"""How much of what comes out, of what leads and of what is downloaded is open?"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from models_catalog.charts.numerals import share
from models_catalog.charts.shares import coverage_table, family_table, frontier_share_figure, release_table
from models_catalog.findings.shares import Shares, shares
from models_catalog.web.downloads import download


@require_safe
def adoption_page(request: HttpRequest) -> HttpResponse:
    found = shares()
    if found is None:
        return render(request, "pages/adoption.html", {"found": None})
    page = {
        "found": found,
        "headline": headline(found),
        "figure": frontier_share_figure(found, path="/adoption") if found.frontier else None,
        "releases": release_table(found),
        "families": [family_table(found, name) for name in found.lists if found.newest_families(name)],
        "coverage": coverage_table(found),
    }
    return render(request, "pages/adoption.html", page)


@require_safe
def adoption_download(request: HttpRequest, kind: str) -> HttpResponse:
    found = shares()
    if found is None or not found.frontier:
        raise Http404("shares have not been studied yet")
    return download(request, frontier_share_figure(found, path="/adoption"), kind, {})


def headline(found: Shares) -> str:
    row, top = found.newest_releases, found.newest_frontier
    if row is None or row.share is None:
        return "There are too few dated releases for a share yet."
    said = (
        f"In {row.month:%B %Y}, {share(row.share)} of the models released with known access had open weights"
    )
    return f"{said}; {top.open} of the {top.of} most capable do." if top else f"{said}."
