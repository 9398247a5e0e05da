"""How a model runs, when it ends, how often it is downloaded: a line each, above the fold of its page.

Each leads to its evidence; the rest stands further down the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from models_catalog.charts.figure import Cell, Rows, absent
from models_catalog.charts.numerals import count, day, decimal, whole
from models_catalog.findings.gap import standing_gap
from models_catalog.findings.lifecycle import LifecycleEvent, lifecycle
from models_catalog.findings.model import COUNTED
from models_catalog.findings.records import FrontierPoint, ModelDetail, ModelRow, Statement
from models_catalog.findings.running import running
from models_catalog.normalise.hosts import host_title
from models_catalog.vocabulary import Access
from models_catalog.web.lifecycle_tables import EVENT
from models_catalog.web.model_tables import download_address
from models_catalog.web.running_tables import engines_cell

TRAILING = COUNTED["30d"]


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    cell: Cell


def beside_the_licence(found: ModelDetail, today: date, *, past: bool) -> tuple[Fact, ...]:
    """Seen from `today`. Where a model runs is known for the newest day only; a closed one runs at its maker's."""
    end = Fact("Ends", ends(found.row.slug, today))
    if found.row.access is Access.CLOSED:
        return (end, Fact("Downloads", absent("it is served only: nothing can be downloaded")))
    loaded = Fact("Downloads", downloads(found.statements))
    return (end, loaded) if past else (Fact("Runs on", runs(found)), end, loaded)


def distances(row: ModelRow) -> tuple[str, ...]:
    """Where its level stands beside the highest of either side: "11.5 points below GPT-5.6 Sol, the highest closed"."""
    gap = standing_gap()
    if gap is None or row.level is None:
        return ()
    bests = (gap.frontier.best_closed, gap.frontier.best_open)
    return tuple(distance(round(row.level, 1), best) for best in bests if best and best.model != row.slug)


def distance(level: float, best: FrontierPoint) -> str:
    """Of the two as they are shown, so that a reader who subtracts gets the same."""
    apart = level - round(best.level, 1)
    side = "closed" if best.access is Access.CLOSED else "open"
    return f"{decimal(abs(apart))} points {'above' if apart > 0 else 'below'} {best.name}, the highest {side} model"


def runs(found: ModelDetail) -> Cell:
    """The engines that list it; how many hosts sell it beneath."""
    one = next((one for one in running().models if one.row.slug == found.row.slug), None)
    if one is None:
        return absent("no engine or host whose list is read here names it")
    if one.engines:
        said = f"and {count(len(one.hosts), 'host')} with a price" if one.hosts else "no host lists a price"
        return replace(engines_cell(one), aside=said)
    offers = Rows("model", (one.row.slug,), place="prices")
    return Cell(f"{count(len(one.hosts), 'host')} with a price", rows=offers, aside="no engine lists it")


def ends(slug: str, today: date) -> Cell:
    """The next announced end, at whom, and how many more there are."""
    seen = lifecycle(today)
    coming = [event for event in (*seen.soon, *seen.later) if event.model == slug]
    if not coming:
        return absent("no provider read here announces an end")
    first, more = coming[0], len(coming) - 1
    assert first.on is not None  # those without a day are apart
    return Cell(day(first.on), observation=first.observation, aside=said_of(first) + others(more))


def said_of(event: LifecycleEvent) -> str:
    what = EVENT.get(event.event, event.event)
    return f"{what} at {host_title(event.provider)}" if event.provider else what


def others(more: int) -> str:
    return f", {count(more, 'more announcement')}" if more else ""


def downloads(statements: Iterable[Statement]) -> Cell:
    """The most downloaded repository's thirty days: days and repositories are never added here."""
    counted = [item for item in statements if item.label == TRAILING and item.value.isdecimal()]
    if not counted:
        return absent("no count of downloads is stored, or its owner does not allow it to be shown")
    most = max(counted, key=lambda item: int(item.value))
    rows = Rows("evidence-downloads", download_address(*most.sample)) if most.sample else None
    on = f", to {day(most.sample[2])}" if most.sample else ""
    return Cell(whole(int(most.value)), rows=rows, aside=f"in thirty days{on}, of {most.subject}")
