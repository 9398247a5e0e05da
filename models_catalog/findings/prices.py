"""What does a level of capability cost, open and closed, and how much cheaper is open?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from models_catalog.analysis.economy import LevelPath, PriceStudy, TaskCost
from models_catalog.analysis.prices import Fall, HostSpread, PricedModel
from models_catalog.analysis.savings import Saving
from models_catalog.findings.gap import standing_gap
from models_catalog.findings.records import SourceCredit
from models_catalog.findings.remembered import remembered
from models_catalog.findings.status import credit
from models_catalog.findings.studies import names, newest_study, read
from models_catalog.findings.then import issued
from models_catalog.models import Fit, Study
from models_catalog.sources import by_slug
from models_catalog.vocabulary import Access, Cut, Inputs


@dataclass(frozen=True, slots=True)
class Prices:
    """Blended list prices, $ per 1M tokens as (3 · input + output) / 4, on one day, and the way there.

    A model's price is the guarded one unless a field says otherwise: the second lowest of three or more hosts.
    A saving is 1 − open / closed as a share of 1; each form says why when it has none. Records of the analysis
    carry slugs; `names` says what to call them.
    """

    day: date  # of the prices
    known_at: datetime
    method_version: str
    scale: str
    models: tuple[PricedModel, ...]  # best level first
    pareto: tuple[str, ...]  # slugs, cheapest first
    savings: tuple[Saving, ...]  # all forms, side by side
    paths: tuple[LevelPath, ...]  # per level: month by month, with falls per year
    spreads: tuple[HostSpread, ...]
    tasks: tuple[TaskCost, ...]
    breaks: tuple[tuple[date, str], ...]  # where another source's prices begin
    offers: int
    names: dict[str, str]
    credits: tuple[SourceCredit, ...]
    whole: bool = True  # False: cut at an earlier day, and only the paths are of that day
    bounds: dict[str, tuple[float, float]] = field(
        default_factory=dict
    )  # slug -> interval of its level, where known

    def name(self, slug: str) -> str:
        return self.names.get(slug, slug)


def prices(as_of: date | None = None) -> Prices | None:
    """Prices on our own index, the newest or as of a day; None until they have been studied."""
    return remembered(("prices", as_of), lambda: found_prices(as_of))


def prices_on(day: date | None) -> Prices | None:
    """As a page shows them: studied by that day, whole; where studies began later, the newest one's paths up to it."""
    studied = prices(day)
    if studied or day is None:
        return studied
    newest = prices()
    return prices_until(newest, day) if newest else None


def cheapest_at(level: float) -> dict[Access, PricedModel]:
    """Of each side the model with the lowest guarded price among those at this level or above; none, no entry."""
    found = prices()
    return cheapest_of(found, level) if found else {}


def cheapest_of(found: Prices, level: float) -> dict[Access, PricedModel]:
    """The same, of prices one has."""
    reaching = [model for model in found.models if model.level >= level]
    sides = {
        side: [model for model in reaching if model.access is side] for side in (Access.OPEN, Access.CLOSED)
    }
    return {
        side: min(models, key=lambda model: (model.guarded, -model.level, model.model))
        for side, models in sides.items()
        if models
    }


def prices_until(found: Prices, day: date) -> Prices:
    """The paths up to a day. What is compared on one day (savings, offers, costs) is known of the newest day only."""
    cut = (path_until(path, day) for path in found.paths)
    breaks = tuple(item for item in found.breaks if item[0] <= day)
    return replace(found, day=min(found.day, day), paths=tuple(cut), breaks=breaks, whole=False)


def path_until(path: LevelPath, day: date) -> LevelPath:
    points = tuple(point for point in path.points if point.day <= day)
    unread = Fall(None, None, None, None, None, len(points), "it is read over the whole path only")
    return replace(path, points=points, open_fall=unread, closed_fall=unread)


def found_prices(as_of: date | None) -> Prices | None:
    study = newest_study(Study.Subject.PRICES, Inputs.ALL, as_of)
    if study is None:
        return None
    found = read(study, PriceStudy)
    scales = Fit.objects.filter(inputs=study.inputs, cut=Cut.INDEX, **issued("computed_at")).order_by("-id")
    scale = scales.values_list("scale", flat=True).first()
    return Prices(
        day=found.day,
        known_at=study.known_at,
        method_version=study.method_version,
        scale=scale or "",
        models=found.models,
        pareto=found.pareto,
        savings=found.savings,
        paths=found.paths,
        spreads=found.spreads,
        tasks=found.tasks,
        breaks=tuple(breaks(found)),
        offers=found.offers,
        names=names({model.model for model in found.models} | {task.model for task in found.tasks}),
        credits=tuple(credit(source) for source in sorted({*found.begins, *task_sources(found)})),
        bounds=level_bounds(found.models),
    )


def level_bounds(models: Iterable[PricedModel]) -> dict[str, tuple[float, float]]:
    """The intervals of these levels, as the standing scale has them; none where that has another level by now."""
    gap, studied = standing_gap(), {model.model: model.level for model in models}
    return {
        point.model: (point.low, point.high)
        for point in (gap.frontier.points if gap else ())
        if studied.get(point.model) == point.level and point.low is not None and point.high is not None
    }


def task_sources(found: PriceStudy) -> set[str]:
    return {task.source for task in found.tasks}


def breaks(found: PriceStudy) -> Iterator[tuple[date, str]]:
    """A source that begins adds hosts and models from that day on, which is no fall of prices."""
    first = min(found.begins.values(), default=None)
    for source, day in sorted(found.begins.items(), key=lambda item: (item[1], item[0])):
        if day != first:
            yield day, f"prices from {by_slug(source).title} begin"
