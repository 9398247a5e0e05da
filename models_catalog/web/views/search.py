"""What these letters may mean: a list under the search field while a reader types, a page without JavaScript."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from models_catalog.findings.search import suggestions
from models_catalog.web.parameters import short


@require_safe
@vary_on_headers("HX-Request")
def search(request: HttpRequest) -> HttpResponse:
    query = short(request.GET.get("q", ""))
    page = {"query": query, "found": suggestions(query)}
    part = request.headers.get("HX-Request") == "true"
    return render(request, "parts/suggestions.html" if part else "pages/search.html", page)
