"""Who makes models: all organisations, and one with everything it released."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from models_catalog.charts.counts import counts_by_access
from models_catalog.charts.landscape import landscape_table
from models_catalog.findings.landscape import LandscapeQuery, landscape
from models_catalog.findings.lifecycle import lifecycle
from models_catalog.findings.organizations import OrganizationDetail, organization_detail
from models_catalog.web.lifecycle_tables import lifecycle_table
from models_catalog.web.past import past_day

SHOWN = 100


@require_safe
def organizations(request: HttpRequest) -> HttpResponse:
    past = past_day(request)
    found = landscape(LandscapeQuery(until=past.until))
    page = {"found": found, "past": past, "table": landscape_table(found, past.parameters)}
    return render(request, "pages/organizations.html", page)


@require_safe
def organization(request: HttpRequest, slug: str) -> HttpResponse:
    past = past_day(request)
    found = organization_detail(slug, past.until)
    if found is None:
        raise Http404(f"no organisation is called {slug}")
    ends = lifecycle(past.until or timezone.now().date(), organization=slug)
    coming = (*ends.soon, *ends.later)
    page = {
        "found": found,
        "past": past,
        "row": found.row,
        "headline": headline(found),
        "first": found.models[:SHOWN],
        "more": len(found.models) - SHOWN,
        "ends": lifecycle_table(coming, "Announced ends, soonest first") if coming else None,
        "credits": landscape().credits,
    }
    return render(request, "pages/organization.html", page)


def headline(found: OrganizationDetail) -> str:
    """ "Mistral AI: 41 models, 30 with open weights, 11 closed." """
    return f"{found.row.name}: {counts_by_access(found.row.total, found.row.access)}."
