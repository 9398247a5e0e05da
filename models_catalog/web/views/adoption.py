"""How much of what comes out, of what leads and of what is downloaded is open?"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from models_catalog.charts.downloads import download_figure
from models_catalog.charts.figure import Table
from models_catalog.charts.numerals import day, share
from models_catalog.charts.shares import (
    coverage_table,
    family_table,
    frontier_share_figure,
    leader_table,
    release_table,
    repository_table,
)
from models_catalog.findings.repositories import repository_counts
from models_catalog.findings.shares import Shares, leaders, shares, shares_until
from models_catalog.web.downloads import download
from models_catalog.web.parameters import short
from models_catalog.web.past import PastDay, past_day
from models_catalog.web.questions import asked_day


@require_safe
def adoption_page(request: HttpRequest) -> HttpResponse:
    past = past_day(request)
    found = shares_on(past)
    if found is None:
        return render(request, "pages/adoption.html", {"found": None, "past": past})
    frontier = frontier_share_figure(found, path="/adoption", query=past.query) if found.frontier else None
    page = {
        "found": found,
        "past": past,
        "headline": headline(found),
        "figure": download_figure(found, path="/adoption/downloads", query=past.query) or frontier,
        "frontier": frontier,
        "releases": release_table(found),
        "families": [
            family_table(found, name).filled() for name in found.lists if found.newest_families(name)
        ],
        "coverage": coverage_table(found),
        "leaders": leader_table(found, most) if (most := leaders(found)) else None,
        "repositories": asked_repositories(request, found),
    }
    return render(request, "pages/adoption.html", page)


def asked_repositories(request: HttpRequest, found: Shares) -> Table | None:
    """What one list held on a day, whole or of one family; None when nothing of the kind is asked or held."""
    recorder, family = short(request.GET.get("list", "")), short(request.GET.get("family", ""))
    on = asked_day({"as_of": request.GET.get("on", "")}, [])
    if recorder not in found.lists or on is None:
        return None
    counts = repository_counts(recorder, on, family)
    of = f" of {found.names.get(family, family)}" if family else ""
    title = f"Repositories{of} on {day(on)}, in {found.lists[recorder]}"
    return repository_table(title, counts) if counts else None


@require_safe
def adoption_download(request: HttpRequest, kind: str) -> HttpResponse:
    past = past_day(request)
    found = shares_on(past)
    if found is None or not found.frontier:
        raise Http404("shares have not been studied yet, or not of that day")
    figure = frontier_share_figure(found, path="/adoption", query=past.query)
    return download(request, figure, kind, {"until": found.until})


@require_safe
def families_download(request: HttpRequest, kind: str) -> HttpResponse:
    """Downloads by family and day, in the list that was read most often."""
    past = past_day(request)
    found = shares_on(past)
    figure = download_figure(found, path="/adoption/downloads", query=past.query) if found else None
    if found is None or figure is None:
        raise Http404("no list of downloads was read on two days yet")
    return download(request, figure, kind, {"until": found.until})


def shares_on(past: PastDay) -> Shares | None:
    found = shares()
    return shares_until(found, past.until) if found and past.until else found


def headline(found: Shares) -> str:
    row, top = found.newest_releases, found.newest_frontier
    if row is None or row.share is None:
        return "There are too few dated releases for a share yet."
    said = (
        f"In {row.month:%B %Y}, {share(row.share)} of the models released with known access had open weights"
    )
    if top is None:
        return f"{said}."
    return f"{said}; {top.open} of the {top.of} most capable {'has' if top.open == 1 else 'have'} them."
