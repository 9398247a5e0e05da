"""Which models are there? Search, filters as a plain form, pages."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from models_catalog.charts.counts import counts_by_access
from models_catalog.charts.numerals import count
from models_catalog.findings.catalogue import DEFAULT_SORT, ModelQuery, search_models
from models_catalog.findings.landscape import LandscapeQuery, landscape
from models_catalog.findings.licences import under
from models_catalog.findings.records import ModelPage
from models_catalog.findings.search import suggestions
from models_catalog.web.filters import Filter, catalogue_filters, chips, counted_filters, select
from models_catalog.web.parameters import page_number, short
from models_catalog.web.past import PastDay, past_day

FILTERS = ("access", "tier", "organization", "modality", "country", "licence", "size")
COUNTED = ("family", "released", "terms")  # what counts elsewhere lead here with; no select offers them
NAMES = ("q", *FILTERS, *COUNTED, "sort")
SORTS = (
    (DEFAULT_SORT, "Index"),
    ("-released", "Newest"),
    ("name", "Name"),
    ("input_price", "Lowest price"),
    ("-parameters", "Size"),
)


@require_safe
def models(request: HttpRequest) -> HttpResponse:
    parameters = {name: short(request.GET.get(name, "")) for name in NAMES}
    if parameters["sort"] not in {key for key, _ in SORTS}:
        parameters["sort"] = ""
    past = past_day(request)
    asked = model_query(parameters, page_number(request.GET.get("page", "")))
    among = under(parameters["terms"], past.until) if parameters["terms"] else None
    found = search_models(replace(asked, until=past.until, among=among))
    kept = parameters | past.parameters
    filters = (*catalogue_filters(parameters, FILTERS), *counted_filters(parameters))
    page = {
        "found": found,
        "headline": headline(
            found.total, past, narrowed=any(parameters[name] for name in NAMES if name != "sort")
        ),
        "query": parameters["q"],
        "filters": filters,
        "sort": select("sort", "Order", parameters["sort"] or DEFAULT_SORT, SORTS),
        "chips": chips((Filter("q", "Search", parameters["q"]), *filters), kept),
        "meant": suggestions(parameters["q"]) if parameters["q"] and not found.total else (),
        "past": past,
        "neighbours": neighbours(found, kept),
    }
    return render(request, "pages/models.html", page)


def headline(total: int, past: PastDay, *, narrowed: bool) -> str:
    """How many, and of the whole list how many are open; models of no known organisation may leave that unsaid."""
    if narrowed:
        return f"{count(total, 'model')} {'matches' if total == 1 else 'match'}."
    access = landscape(LandscapeQuery(until=past.until)).access
    return f"{counts_by_access(total, access if sum(access.values()) == total else {})}."


def model_query(parameters: dict[str, str], page: int) -> ModelQuery:
    return ModelQuery(
        q=parameters["q"],
        access=parameters["access"],
        tier=parameters["tier"],
        organization=parameters["organization"],
        family=parameters["family"],
        released=parameters["released"],
        country=parameters["country"],
        modality=parameters["modality"],
        licence=parameters["licence"],
        size=parameters["size"],
        sort=parameters["sort"] or DEFAULT_SORT,
        page=page,
    )


def neighbours(found: ModelPage, parameters: dict[str, str]) -> dict[str, str]:
    """Addresses of the page before and after, where there is one."""
    kept = {key: value for key, value in parameters.items() if value}
    around = {"previous": found.page - 1, "next": found.page + 1}
    return {
        name: urlencode(kept | {"page": str(number)} if number > 1 else kept)
        for name, number in around.items()
        if 1 <= number <= found.pages
    }
