"""Two to five models side by side, what differs first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from models_catalog.findings.comparison import FEWEST, MOST, Comparison, comparison
from models_catalog.findings.search import Found, suggestions
from models_catalog.web.comparison_tables import benchmark_table, fact_table
from models_catalog.web.parameters import short


@dataclass(frozen=True, slots=True)
class Chosen:
    """A model of the comparison and the address's query without it."""

    slug: str
    name: str
    query: str


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    found = comparison([short(slug) for slug in request.GET.getlist("m")])
    query = short(request.GET.get("q", ""))
    enough = len(found.models) >= FEWEST
    slugs = [model.row.slug for model in found.models]
    page = {
        "found": found,
        "headline": headline(found),
        "chosen": [Chosen(one.row.slug, one.row.name, without(slugs, one.row.slug)) for one in found.models],
        "full": len(slugs) >= MOST,
        "query": query,
        "offers": offers(query, slugs) if query else [],
        "facts": fact_table(found) if enough else None,
        "benchmarks": benchmark_table(found) if enough and found.benchmarks else None,
    }
    return render(request, "pages/compare.html", page)


def headline(found: Comparison) -> str:
    names = [model.row.name for model in found.models]
    if len(names) < FEWEST:
        return "Compare two to five models."
    return f"{', '.join(names[:-1])} and {names[-1]}, side by side."


def without(slugs: Iterable[str], left_out: str) -> str:
    return urlencode([("m", slug) for slug in slugs if slug != left_out])


def offers(query: str, slugs: list[str]) -> list[tuple[Found, str]]:
    """Models the letters may mean, each with the query that adds it."""
    models = [hit for hit in suggestions(query) if hit.kind == "model" and hit.slug not in slugs]
    return [(hit, urlencode([("m", slug) for slug in (*slugs, hit.slug)])) for hit in models]
