"""Prices on the standing scale: our index says what a model can do, hosts say what it costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from models_catalog.analysis.economy import PriceStudy, TaskCost, study_prices
from models_catalog.analysis.records import Point
from models_catalog.measure.frozen import Basis, stored
from models_catalog.measure.quotes import stored_quotes
from models_catalog.models import CurrentObservation, Fit, Issue, Study
from models_catalog.sources import SOURCES
from models_catalog.vocabulary import Access, FactKind

# 2: the shortest band counts; of one host's statements, the newest; 3: of a host under all its names; 4: with the
# observation behind the cheapest price
PRICES_VERSION = "4"

# Tasks in one run: Aider's exercises (aider.chat/docs/leaderboards), SWE-bench Verified's 500 (swebench.com).
TASKS: Mapping[str, int] = MappingProxyType(
    {
        "Aider polyglot": 225,
        "Aider code editing": 133,
        "Aider refactoring": 89,
        "SWE-bench bash-only": 500,
    }
)


def price_basis(issue: Issue) -> Basis:
    return Basis.of(issue, Study.Subject.PRICES, PRICES_VERSION, issue.known_at.isoformat())


def stored_prices(issue: Issue) -> Study:
    """The study of the prices known when a standing answer was given."""
    return stored(price_basis(issue), PriceStudy, lambda: find_prices(issue))


def find_prices(issue: Issue) -> PriceStudy:
    """Prices as of the newest price capture, on the issued scale."""
    quoted = stored_quotes(issue.known_at)
    points = page_points(issue.fit)
    day = quoted.newest.date() if quoted.newest else issue.as_of
    access = {point.model: point.access for point in points}
    return study_prices(points, quoted.quotes, day=day, begins=quoted.begins, tasks=tuple(task_costs(access)))


def page_points(fit: Fit) -> list[Point]:
    """The scale's points by the model they are a version of; what no page knows is left out."""
    pairs = zip(fit.placed_points(), fit.points, strict=True)
    return [replace(point, model=stored["model"]) for point, stored in pairs if stored["model"]]


def task_costs(access: Mapping[str, Access]) -> Iterator[TaskCost]:
    """Every current score of a model that came with the cost of its run; a cost of zero means unknown."""
    shown = [source.slug for source in SOURCES if source.rights.display]
    rows = CurrentObservation.objects.filter(
        kind=FactKind.SCORE,
        observation__present=True,
        observation__value__has_key="cost_usd",
        subject__source__in=shown,
        subject__resolution__model__isnull=False,
    ).values_list(
        "subject__source",
        "subject__resolution__model__slug",
        "subject__resolution__model__access",
        "observation__value",
        "observation_id",
    )
    yield from sorted(
        filter(None, (_task(*row, access) for row in rows.iterator(chunk_size=2000))),
        key=lambda task: (task.source, task.benchmark, -task.score, task.per_task, task.observation),
    )


def _task(
    source: str,
    model: str,
    model_access: str,
    value: Mapping[str, object],
    observation: int,
    access: Mapping[str, Access],
) -> TaskCost | None:
    cost, benchmark = Decimal(str(value["cost_usd"] or 0)), str(value["benchmark"])
    tasks = TASKS.get(benchmark)
    if cost <= 0 or tasks is None:
        return None
    return TaskCost(
        model=model,
        access=access.get(model, Access(model_access)),
        source=source,
        benchmark=benchmark,
        settings=str(value.get("settings", "")),
        score=Decimal(str(value["value"])),
        unit=str(value["unit"]),
        cost=cost,
        tasks=tasks,
        per_task=cost / tasks,
        observation=observation,
    )
