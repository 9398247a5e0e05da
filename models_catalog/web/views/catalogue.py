"""Which models are there? Search, filters as a plain form, pages."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from models_catalog.charts import words
from models_catalog.charts.numerals import whole
from models_catalog.charts.outside import visible
from models_catalog.findings.catalogue import DEFAULT_SORT, ModelQuery, filter_choices, search_models
from models_catalog.findings.records import FilterChoice, ModelPage
from models_catalog.vocabulary import Access, Tier
from models_catalog.web.filters import Filter, chips, select
from models_catalog.web.parameters import MODALITIES, page_number, short

NAMES = ("q", "access", "tier", "organization", "country", "modality", "sort")
SORTS = (
    (DEFAULT_SORT, "Index"),
    ("-released", "Newest"),
    ("name", "Name"),
    ("input_price", "Lowest price"),
    ("-parameters", "Size"),
)
MOST_ORGANIZATIONS = 150


@require_safe
def models(request: HttpRequest) -> HttpResponse:
    parameters = {name: short(request.GET.get(name, "")) for name in NAMES}
    if parameters["sort"] not in {key for key, _ in SORTS}:
        parameters["sort"] = ""
    found = search_models(model_query(parameters, page_number(request.GET.get("page", ""))))
    filters = model_filters(parameters)
    page = {
        "found": found,
        "query": parameters["q"],
        "filters": filters,
        "sort": select("sort", "Order", parameters["sort"] or DEFAULT_SORT, SORTS),
        "chips": chips((Filter("q", "Search", parameters["q"]), *filters), parameters),
        "neighbours": neighbours(found, parameters),
    }
    return render(request, "pages/models.html", page)


def model_query(parameters: dict[str, str], page: int) -> ModelQuery:
    return ModelQuery(
        q=parameters["q"],
        access=parameters["access"],
        tier=parameters["tier"],
        organization=parameters["organization"],
        country=parameters["country"],
        modality=parameters["modality"],
        sort=parameters["sort"] or DEFAULT_SORT,
        page=page,
    )


def model_filters(parameters: dict[str, str]) -> tuple[Filter, ...]:
    offered = filter_choices()
    access = labelled(offered["access"], {item.value: words.ACCESS[item].capitalize() for item in Access})
    tier = labelled(offered["tier"], {item.value: words.TIER[item] for item in Tier})
    organization = labelled(offered["organization"][:MOST_ORGANIZATIONS], {})
    return (
        select("access", "Access", parameters["access"], access),
        select("tier", "Openness", parameters["tier"], tier),
        select("organization", "Organisation", parameters["organization"], organization),
        select("modality", "Modality", parameters["modality"], MODALITIES),
        Filter("country", "Country", parameters["country"]),
    )


def labelled(choices: tuple[FilterChoice, ...], labels: dict[str, str]) -> list[tuple[str, str]]:
    """ "Qwen (42)" for every choice that holds a model."""
    return [
        (choice.value, f"{visible(labels.get(choice.value, choice.label), 60)} ({whole(choice.count)})")
        for choice in choices
        if choice.count
    ]


def neighbours(found: ModelPage, parameters: dict[str, str]) -> dict[str, str]:
    """Addresses of the page before and after, where there is one."""
    kept = {key: value for key, value in parameters.items() if value}
    around = {"previous": found.page - 1, "next": found.page + 1}
    return {
        name: urlencode(kept | {"page": str(number)} if number > 1 else kept)
        for name, number in around.items()
        if 1 <= number <= found.pages
    }
