"""What does a level cost, and how much cheaper is open?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from models_catalog.analysis.economy import LevelPath
from models_catalog.analysis.savings import saved
from models_catalog.charts.figure import Figure
from models_catalog.charts.numerals import day, share
from models_catalog.charts.pareto import pareto_figure
from models_catalog.charts.price_path import choice_words, dollars, path_figure
from models_catalog.charts.price_tables import (
    pair_table,
    savings_table,
    spread_table,
    task_table,
)
from models_catalog.charts.words import ACCESS
from models_catalog.findings.catalogue import listed_prices
from models_catalog.findings.prices import Prices, prices_on
from models_catalog.vocabulary import Access
from models_catalog.web.downloads import download
from models_catalog.web.parameters import short
from models_catalog.web.past import PastDay, past_day

FIRST_SHOWN = 140.0  # index points
Listed = tuple[Decimal, Decimal]  # $ per 1M tokens, blended: of the best open and of the best closed model


@require_safe
def prices_page(request: HttpRequest) -> HttpResponse:
    past = past_day(request)
    found = prices_on(past.until)
    if found is None or not found.models:
        return render(request, "pages/prices.html", {"found": None, "past": past})
    path = chosen(found, request)
    pareto = pareto_of(found, past)
    listed = None if past.until else otherwise_listed(found)
    over_time = (
        path_figure(found, path, address="/prices", query=query_of(path, past)) if priced(path) else None
    )
    page = {
        "found": found,
        "past": past,
        "kept": {"level": f"{path.level:g}"},
        "headline": headline(found, listed) if found.whole else past_headline(found.day),
        "chosen": chosen_prices(found) if found.whole else (),
        "otherwise": by_listed_prices(*listed) if listed else "",
        "figure": pareto or over_time,
        "pareto": pareto,
        "over_time": over_time,
        "levels": [(each.level, each.level == path.level) for each in found.paths],
        "savings": savings_table(found),
        "compared": pair_table(found),
        "spreads": spread_table(found),
        "tasks": [task_table(found, name) for name in sorted({task.benchmark for task in found.tasks})],
    }
    return render(request, "pages/prices.html", page)


@require_safe
def prices_download(request: HttpRequest, kind: str) -> HttpResponse:
    past = past_day(request)
    found = prices_on(past.until)
    if found is None or not found.models:
        raise Http404("prices have not been studied yet")
    path = chosen(found, request)
    if not priced(path):
        raise Http404("no model reaches this level at a listed price")
    figure = path_figure(found, path, address="/prices", query=query_of(path, past))
    return download(request, figure, kind, {"level": f"{path.level:g}"})


@require_safe
def pareto_download(request: HttpRequest, kind: str) -> HttpResponse:
    """Every priced model, and which of them no other beats."""
    past = past_day(request)
    found = prices_on(past.until)
    figure = pareto_of(found, past) if found else None
    if found is None or figure is None:
        raise Http404("prices have not been studied yet, or not as of that day")
    return download(request, figure, kind, {"day": found.day})


def pareto_of(found: Prices, past: PastDay) -> Figure | None:
    """Compared on one day: only a study of that day can tell."""
    known = found.whole and any(model.access is not Access.UNKNOWN for model in found.models)
    return pareto_figure(found, path="/prices/pareto", query=past.query) if known else None


def query_of(path: LevelPath, past: PastDay) -> str:
    return urlencode({"level": f"{path.level:g}", **past.parameters})


def chosen(found: Prices, request: HttpRequest) -> LevelPath:
    """The level asked for, else the first shown."""
    asked = short(request.GET.get("level", ""))
    by_level = {f"{path.level:g}": path for path in found.paths}
    return by_level.get(asked) or by_level[f"{FIRST_SHOWN:g}"]


def priced(path: LevelPath) -> bool:
    return any(point.open or point.closed for point in path.points)


def past_headline(until: date) -> str:
    return f"What each level of capability cost up to {day(until)}."


def headline(found: Prices, listed: Listed | None) -> str:
    """The best of either side that has a price; which they are stands below it.

    Where the prices lists show turn the finding round, both are the finding. The table below has more forms.
    """
    best = found.savings[0]
    if best.saving is None or best.open is None or best.closed is None:
        return "There is no open and closed price to compare yet."
    said = f"The best open model with a price costs {difference(best.saving)} than the best closed one"
    if listed and (saved(*listed) < 0) != (best.saving < 0):
        return f"{said} at hosts, but {difference(saved(*listed))} by the developers’ own offers."
    return f"{said}: {dollars(best.open.guarded)} against {dollars(best.closed.guarded)} per 1M tokens."


def difference(saving: float) -> str:
    return f"{share(abs(saving))} {'less' if saving >= 0 else 'more'}"


def chosen_prices(found: Prices) -> tuple[tuple[str, str, str, str], ...]:
    """Of the headline's two models side, slug, name, and price with which of its hosts' prices that is."""
    best = found.savings[0]
    models = [model for model in (best.open, best.closed) if model is not None]
    return tuple(
        (
            ACCESS[model.access].capitalize(),
            model.model,
            found.name(model.model),
            f"{dollars(model.guarded)}, {choice_words(model)}",
        )
        for model in models
    )


def otherwise_listed(found: Prices) -> Listed | None:
    """What lists show for the headline's two models, open and closed, where that is something else."""
    best = found.savings[0]
    if best.open is None or best.closed is None:
        return None
    listed = listed_prices([best.open.model, best.closed.model])
    opened, closed = listed.get(best.open.model), listed.get(best.closed.model)
    same = (opened, closed) == (best.open.guarded, best.closed.guarded)
    return (opened, closed) if opened and closed and not same else None


def by_listed_prices(opened: Decimal, closed: Decimal) -> str:
    """The headline once more by the prices lists show: the choice can turn it round."""
    return (
        f"the best open model costs {difference(saved(opened, closed))} than the best closed one, "
        f"{dollars(opened)} against {dollars(closed)}"
    )
