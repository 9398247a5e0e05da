"""Two to five models side by side, what differs first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from models_catalog.charts.numerals import decimal
from models_catalog.findings.comparison import FEWEST, MOST, Comparison, comparison
from models_catalog.findings.records import ModelRow
from models_catalog.findings.search import Found, suggestions
from models_catalog.web.comparison_tables import benchmark_table, fact_table
from models_catalog.web.parameters import short
from models_catalog.web.past import PastDay, past_day


@dataclass(frozen=True, slots=True)
class Chosen:
    """A model of the comparison and the address's query without it."""

    slug: str
    name: str
    query: str


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    past = past_day(request)
    found = comparison([short(slug) for slug in request.GET.getlist("m")], past.until)
    query = short(request.GET.get("q", ""))
    enough = len(found.models) >= FEWEST
    slugs = [model.row.slug for model in found.models]
    page = {
        "found": found,
        "headline": headline(found, past),
        "past": past,
        "pairs": [("m", slug) for slug in slugs],
        "newest": query_of(slugs),
        "chosen": [chosen(one.row, slugs, past) for one in found.models],
        "full": len(slugs) >= MOST,
        "query": query,
        "offers": offers(query, slugs, past) if query else [],
        "facts": fact_table(found, past=past.until is not None) if enough else None,
        "benchmarks": benchmark_table(found) if enough and found.benchmarks else None,
    }
    return render(request, "pages/compare.html", page)


def headline(found: Comparison, past: PastDay) -> str:
    """ "Amber 4 stands highest on the index, at 150.0 points; Birch 3 at 141.0." where all are on it."""
    names = [model.row.name for model in found.models]
    if len(names) < FEWEST:
        return "Compare two to five models."
    known = [(model.row.level, model.row.name) for model in found.models if model.row.level is not None]
    levels = [(decimal(level), name) for level, name in sorted(known, reverse=True)]
    if past.until or len(levels) < len(names) or levels[0][0] == levels[1][0]:
        return f"{', '.join(names[:-1])} and {names[-1]}, side by side."
    (level, best), *others = levels
    said = ", ".join(f"{name} at {lower}" for lower, name in others)
    return f"{best} stands highest on the index, at {level} points; {said}."


def query_of(slugs: Iterable[str], past: PastDay | None = None) -> str:
    return urlencode([*(("m", slug) for slug in slugs), *(past.parameters if past else {}).items()])


def chosen(row: ModelRow, slugs: list[str], past: PastDay) -> Chosen:
    return Chosen(row.slug, row.name, query_of([slug for slug in slugs if slug != row.slug], past))


def offers(query: str, slugs: list[str], past: PastDay) -> list[tuple[Found, str]]:
    """Models the letters may mean, each with the query that adds it."""
    models = [hit for hit in suggestions(query) if hit.kind == "model" and hit.slug not in slugs]
    return [(hit, query_of([*slugs, hit.slug], past)) for hit in models]
