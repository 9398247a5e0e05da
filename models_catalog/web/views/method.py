"""How the numbers are made, and what others publish beside ours."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from models_catalog.analysis.drawn import FULL, OF_PARTS, past_draws
from models_catalog.analysis.trend import DISCLOSURE, RETURNED_WITHIN, RULE
from models_catalog.analysis.worlds import PILOTS
from models_catalog.charts import words
from models_catalog.charts.published import published_table
from models_catalog.charts.rates import rate_phrase
from models_catalog.findings.published import published_figures
from models_catalog.measure.validated import validated
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
        **promises(),
    }
    return render(request, "pages/method.html", page)


def promises() -> dict[str, object]:
    """The rule, how many draws stand behind a figure, and how often the intervals were right when last tried."""
    record = validated()
    return {
        "rule": RULE,
        "disclosure": DISCLOSURE.get(RULE.version, ""),
        "returned_within": RETURNED_WITHIN,
        "pilots": PILOTS,
        "draws": settings.OPENGAP_BOOTSTRAP_DRAWS,
        "part_draws": min(settings.OPENGAP_BOOTSTRAP_DRAWS, OF_PARTS),
        "full_draws": FULL,
        "past_draws": past_draws(settings.OPENGAP_BOOTSTRAP_DRAWS),
        "validated": record,
        "rates": {key: rate_phrase(found) for key, found in record.rates.items()},
    }


def domains() -> list[tuple[str, int, int]]:
    """Every domain, how many reviewed benchmarks belong to it, and how many of them count."""
    known = benchmarks().values()
    rows = {key: [item for item in known if key in item.domains] for key in DOMAINS}
    return [(DOMAINS[key], len(found), sum(item.index for item in found)) for key, found in rows.items()]
