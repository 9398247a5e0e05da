"""What a level of capability costs, open and closed: the study behind /prices/."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from http import HTTPStatus
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from models_catalog.analysis.economy import TaskCost
from models_catalog.analysis.prices import PathPoint, PricedModel
from models_catalog.api import links
from models_catalog.api.answers import document, paged
from models_catalog.api.meta import meta_of
from models_catalog.api.paging import only
from models_catalog.api.parameters import LongWord, PageAsked, Times
from models_catalog.api.problems import Problem, Refusal
from models_catalog.api.study_rows import (
    PathList,
    PathPointOut,
    PricedModelList,
    PricedModelOut,
    PricedOut,
    PriceStudyOut,
    TaskCostList,
    TaskCostOut,
)
from models_catalog.findings.observation import sources_of_observations
from models_catalog.findings.prices import Prices, prices
from models_catalog.findings.then import as_known
from models_catalog.vocabulary import Access

router = Router()
REFUSALS = {404: Problem, 422: Problem}
UNIT = "USD per 1M tokens, (3 × input + output) / 4"
DOLLARS = {"unit": UNIT, "currency": "USD", "level_unit": "index points"}


class PricedModelsAsked(PageAsked):
    access: Access | None = None
    pareto: bool | None = Field(None, description="only what no other model beats in level and price")
    sort: Literal["-level"] = "-level"


class PathsAsked(PageAsked):
    level: float | None = Field(None, ge=0, le=1000, description="index points: one of the study's levels")
    sort: Literal["level"] = Field("level", description="by level, then by day")


class TasksAsked(PageAsked):
    benchmark: LongWord = ""
    model: LongWord = Field("", description="slug")
    sort: Literal["benchmark"] = Field("benchmark", description="by benchmark, the highest score first")


@router.get(
    "/price-study", response={200: PriceStudyOut} | REFUSALS, summary="What open saves, in every form"
)
def price_study(request: HttpRequest, asked: Query[Times]) -> HttpResponse:
    """Savings in all forms, the fall of prices per level, the spread between hosts, and where series break."""
    only(request, Times.model_fields)
    found = study(asked)
    shown = PriceStudyOut.model_validate(
        {
            "id": f"prices {found.day}",
            "links": {
                "models": links.api(request, "/price-study/models"),
                "paths": links.api(request, "/price-study/paths"),
                "page": links.page(request, "/prices/"),
            },
            "sources": behind(found),
            "day": found.day,
            "known_at": found.known_at,
            "method_version": found.method_version,
            "scale": found.scale,
            **DOLLARS,
            "offers": found.offers,
            "savings": [asdict(saving) for saving in found.savings],
            "levels": [asdict(path) for path in found.paths],
            "spreads": [asdict(spread) for spread in found.spreads],
            "breaks": [{"day": day, "why": why} for day, why in found.breaks],
            "meta": meta_of(behind(found), asked.moment),
        }
    )
    return document(shown.model_dump(mode="json"))


@router.get(
    "/price-study/models", response={200: PricedModelList} | REFUSALS, summary="Models with level and price"
)
def priced_models(request: HttpRequest, asked: Query[PricedModelsAsked]) -> HttpResponse:
    """Every model with a place on the index and a list price, best level first."""
    found = study(asked)
    kept = [
        (f"{number:05}", model)
        for number, model in enumerate(found.models)
        if asked.access in (None, model.access) and asked.pareto in (None, model.model in found.pareto)
    ]
    stated = sources_of_observations(model.observation for model in found.models)

    def row(model: PricedModel) -> PricedModelOut:
        own = {"id": model.model, "links": links_of(request, [model]), "sources": sources_in([model], stated)}
        return PricedModelOut.model_validate(
            asdict(model) | own | DOLLARS | {"pareto": model.model in found.pareto}
        )

    return paged(request, asked, PricedModelOut, kept, row)


@router.get(
    "/price-study/paths", response={200: PathList} | REFUSALS, summary="The price of a level over time"
)
def paths(request: HttpRequest, asked: Query[PathsAsked]) -> HttpResponse:
    """What it cost, month by month, to reach each level of the study, open and closed."""
    found = study(asked)
    kept = [
        (f"{path.level:08.1f} {point.day}", (path.level, point))
        for path in found.paths
        for point in path.points
        if asked.level in (None, path.level)
    ]
    stated = sources_of_observations(
        model.observation for _, (_, point) in kept for model in (point.open, point.closed) if model
    )
    return paged(request, asked, PathPointOut, kept, lambda item: path_out(request, *item, stated))


@router.get(
    "/price-study/tasks", response={200: TaskCostList} | REFUSALS, summary="What runs of benchmarks cost"
)
def tasks(request: HttpRequest, asked: Query[TasksAsked]) -> HttpResponse:
    """The cost of a run and of a task, where a leaderboard states it with the score."""
    found = study(asked)
    kept = [
        (f"{number:05}", task)
        for number, task in enumerate(found.tasks)
        if asked.benchmark in ("", task.benchmark) and asked.model in ("", task.model)
    ]
    return paged(request, asked, TaskCostOut, kept, lambda task: task_out(request, task))


def study(asked: Times) -> Prices:
    with as_known(asked.known_at):
        found = prices(asked.as_of)
    if found is None:
        asked_for = "as_of" if asked.as_of else None
        raise Refusal(HTTPStatus.NOT_FOUND, "prices had not been studied at that time", asked_for)
    return found


def behind(found: Prices) -> list[str]:
    return sorted(item.slug for item in found.credits)


def path_out(request: HttpRequest, level: float, point: PathPoint, stated: dict[int, str]) -> PathPointOut:
    sides = [model for model in (point.open, point.closed) if model]
    return PathPointOut(
        id=f"{level:g} {point.day}",
        links=links_of(request, sides),
        sources=sources_in(sides, stated),
        level=level,
        day=point.day,
        open=PricedOut.model_validate(asdict(point.open)) if point.open else None,
        closed=PricedOut.model_validate(asdict(point.closed)) if point.closed else None,
        **DOLLARS,
    )


def task_out(request: HttpRequest, task: TaskCost) -> TaskCostOut:
    fields: dict[str, Any] = asdict(task)
    return TaskCostOut.model_validate(
        fields
        | {
            "id": f"{task.observation} {task.benchmark}",
            "links": links.of_observation(request, task.observation, task.model),
            "sources": [task.source],
            "currency": "USD",
        }
    )


def links_of(request: HttpRequest, models: Iterable[PricedModel]) -> dict[str, str]:
    return dict(pair for model in models for pair in pairs(request, model))


def pairs(request: HttpRequest, model: PricedModel) -> Iterator[tuple[str, str]]:
    yield f"{model.access}_model", links.api(request, f"/models/{model.model}")
    if model.observation:
        yield f"{model.access}_observation", links.api(request, f"/observations/{model.observation}")


def sources_in(models: Iterable[PricedModel], stated: dict[int, str]) -> list[str]:
    """Who stated the prices that count."""
    return sorted({stated[model.observation] for model in models if model.observation in stated})
