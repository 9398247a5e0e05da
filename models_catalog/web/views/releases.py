"""What has been released, newest first?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from models_catalog.findings.releases import ReleasePage, ReleaseQuery, releases
from models_catalog.web.filters import catalogue_filters, chips, query_without
from models_catalog.web.parameters import page_number, short
from models_catalog.web.questions import asked_day
from models_catalog.web.views.home import release_sentence

NAMES = ("access", "organization", "modality")


@require_safe
def releases_page(request: HttpRequest) -> HttpResponse:
    parameters = {name: short(request.GET.get(name, "")) for name in NAMES}
    problems = list[str]()
    asked = asked_day(request.GET.dict(), problems)
    today = timezone.now().date()
    until = min(asked, today) if asked else today
    found = releases(ReleaseQuery(until, page=page_number(request.GET.get("page", "")), **parameters))
    filters = catalogue_filters(parameters, NAMES)
    kept = parameters | ({"as_of": until.isoformat()} if until != today else {})
    page = {
        "found": found,
        "headline": release_sentence(found.rows),
        "until": until,
        "past": until != today,
        "day_value": kept.get("as_of", ""),
        "problems": problems,
        "filters": filters,
        "chips": chips(filters, kept),
        "neighbours": neighbours(found, kept),
    }
    return render(request, "pages/releases.html", page)


def neighbours(found: ReleasePage, kept: dict[str, str]) -> dict[str, str]:
    around = {"previous": found.page - 1, "next": found.page + 1}
    query = query_without(kept)
    return {
        name: "&".join(part for part in (query, f"page={number}" if number > 1 else "") if part)
        for name, number in around.items()
        if 1 <= number <= found.pages
    }
