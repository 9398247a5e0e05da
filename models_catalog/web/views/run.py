"""Where can an open model be run, and what fits on this hardware?"""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from models_catalog.analysis.fitting import PRECISIONS, ROOM
from models_catalog.charts.outside import visible
from models_catalog.findings.running import HOST_NAMES, NAMES, Runnable, running
from models_catalog.web.filters import select
from models_catalog.web.parameters import short
from models_catalog.web.past import past_day
from models_catalog.web.running_tables import fitting, model_table, platform_table, summary

MEMORIES = (8, 12, 16, 24, 32, 48, 64, 80, 96, 128, 192, 384, 640, 1128)  # GB; the last is 8 cards of 141
SHOWN = 60


@require_safe
def run(request: HttpRequest) -> HttpResponse:
    problems = list[str]()
    memory = asked_memory(request.GET.get("memory", ""), problems)
    engine = short(request.GET.get("engine", ""))
    found, past = running(), past_day(request)
    models = [one for one in found.models if carried(one, engine) and released(one, past.until)]
    shown: list[Runnable] = fitting(models, memory) if memory else models
    page = {
        "found": found,
        "past": past,
        "headline": summary(models, memory),
        "memory": memory,
        "problems": problems,
        "switches": switches(memory, engine),
        "platforms": platform_table(found.platforms),
        "models": model_table(shown, memory) if shown else None,
        "shown": SHOWN,
        "room": ROOM,
        "precisions": PRECISIONS,
    }
    return render(request, "pages/run.html", page)


def carried(one: Runnable, engine: str) -> bool:
    return not engine or engine in one.lists


def released(one: Runnable, until: date | None) -> bool:
    return until is None or (one.row.released is not None and one.row.released <= until)


def asked_memory(text: str, problems: list[str]) -> float | None:
    """Gigabytes between 1 and 100 000; anything else is named and not used."""
    wanted = short(text)
    if not wanted:
        return None
    try:
        found = float(wanted)
    except ValueError:
        found = 0.0
    if 1 <= found <= 100_000:
        return found
    problems.append(f"“{visible(wanted, 40)}” is not an amount of memory in GB; showing every model.")
    return None


def switches(memory: float | None, engine: str) -> tuple[object, ...]:
    sizes = [(f"{size}", f"{size} GB") for size in MEMORIES]
    return (
        select("memory", "Memory", f"{memory:g}" if memory else "", sizes),
        select("engine", "Engine or host", engine, [*NAMES.items(), *HOST_NAMES.items()]),
    )
