"""Who makes models: all organisations, and one with everything it released."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from models_catalog.charts import words
from models_catalog.charts.landscape import landscape_table
from models_catalog.charts.numerals import count, whole
from models_catalog.findings.landscape import landscape
from models_catalog.findings.lifecycle import lifecycle
from models_catalog.findings.organizations import OrganizationDetail, organization_detail
from models_catalog.vocabulary import Access
from models_catalog.web.lifecycle_tables import lifecycle_table

SHOWN = 100


@require_safe
def organizations(request: HttpRequest) -> HttpResponse:
    found = landscape()
    page = {"found": found, "table": landscape_table(found)}
    return render(request, "pages/organizations.html", page)


@require_safe
def organization(request: HttpRequest, slug: str) -> HttpResponse:
    found = organization_detail(slug)
    if found is None:
        raise Http404(f"no organisation is called {slug}")
    ends = lifecycle(timezone.now().date(), organization=slug)
    coming = (*ends.soon, *ends.later)
    page = {
        "found": found,
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
    row = found.row
    said = [f"{whole(row.access[access])} {word}" for access, word in WORDS.items() if row.access.get(access)]
    return f"{row.name}: {', '.join([count(row.total, 'model'), *said])}."


WORDS = {
    Access.OPEN: f"with {words.ACCESS[Access.OPEN]}",
    Access.CLOSED: words.ACCESS[Access.CLOSED],
    Access.UNKNOWN: f"of {words.ACCESS[Access.UNKNOWN]}",
}
