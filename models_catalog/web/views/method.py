"""How the numbers are made, and what others publish beside ours."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from models_catalog.charts import words
from models_catalog.charts.published import published_table
from models_catalog.findings.published import published_figures
from models_catalog.normalise.benchmarks import DOMAINS, benchmarks
from models_catalog.vocabulary import Inputs, Method, Tier


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    page = {
        "methods": [(item, words.METHOD[item], words.MEANING[item]) for item in Method],
        "inputs": [(item, words.INPUTS[item], words.INPUTS_MEANING[item]) for item in Inputs],
        "tiers": [(item, words.TIER[item], words.TIER_MEANING[item]) for item in Tier],
        "domains": domains(),
        "published": published_table(published_figures()),
    }
    return render(request, "pages/method.html", page)


def domains() -> list[tuple[str, int, int]]:
    """Every domain, how many reviewed benchmarks belong to it, and how many of them count."""
    known = benchmarks().values()
    rows = {key: [item for item in known if key in item.domains] for key in DOMAINS}
    return [(DOMAINS[key], len(found), sum(item.index for item in found)) for key, found in rows.items()]
