"""How the numbers are made."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from models_catalog.charts import words
from models_catalog.vocabulary import Inputs, Method, Tier


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    page = {
        "methods": [(item, words.METHOD[item], words.MEANING[item]) for item in Method],
        "inputs": [(item, words.INPUTS[item], words.INPUTS_MEANING[item]) for item in Inputs],
        "tiers": [(item, words.TIER[item], words.TIER_MEANING[item]) for item in Tier],
    }
    return render(request, "pages/method.html", page)
