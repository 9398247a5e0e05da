"""How far behind are open-weight models, now? The answer, its evidence, and what is new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from models_catalog.analysis.table import HEADLINE
from models_catalog.charts import words
from models_catalog.charts.answer import answer_sentence, few_draws, other_methods, spread_phrase
from models_catalog.charts.changed import changes_of
from models_catalog.charts.frontier import frontier_figure
from models_catalog.charts.numerals import day
from models_catalog.charts.parts import NOT_YET
from models_catalog.charts.price_path import choice_words
from models_catalog.findings.catalogue import newest_releases
from models_catalog.findings.claims import flips
from models_catalog.findings.editions import is_told
from models_catalog.findings.gap import gap_as_of, standing_gap
from models_catalog.findings.gap_series import gap_series
from models_catalog.findings.gap_tables import gap_by_domain
from models_catalog.findings.prices import cheapest_at, prices
from models_catalog.findings.pulse import Pulse, newest_with_news
from models_catalog.findings.records import Gap, GapValue, ModelRow
from models_catalog.vocabulary import Access, Method
from models_catalog.web.context import Site
from models_catalog.web.past import PastDay, past_day

NEWEST = 10
FLIPS = 3


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    past = past_day(request)
    until = past.until or timezone.now().date()
    gap = gap_on(past)
    releases = newest_releases(NEWEST, until=until)
    page: dict[str, object] = {
        "gap": gap,
        "releases": releases,
        "released": release_sentence(releases),
        "past": past,
    }
    page |= answered(gap, past) if gap else {}
    newest = Site(request).newest
    last = min(newest.date(), until) if newest else until
    week = newest_with_news(last) if newest else None
    page |= told_week(week, past, last) if week else {}
    page |= {"flips": flips(past.until)[:FLIPS]}
    return render(request, "pages/home.html", page)


def gap_on(past: PastDay) -> Gap | None:
    """The standing gap, or its scale as of the day asked for."""
    standing = standing_gap()
    if standing is None or past.until is None or past.until >= standing.as_of:
        return standing
    return gap_as_of(past.until) or standing


def answered(gap: Gap, past: PastDay) -> dict[str, object]:
    domains = gap_by_domain(as_of=past.until)
    changes = None if past.until else changes_of(gap, gap_series(gap.headline.inputs))
    lags = [(row, row.value(HEADLINE)) for row in domains.rows] if domains else []
    return {
        "answer": answer_sentence(gap.headline),
        "value": gap.headline,
        "view": past.query,
        "subscribed_above": True,
        "spread": spread_phrase(gap),
        "others": other_methods(gap),
        "changes": changes,
        "best": (
            ("Best closed", gap.frontier.best_closed, changes and changes.closed),
            ("Best open", gap.frontier.best_open, changes and changes.open),
        ),
        "point_gap": point_gap(gap),
        "offers": () if past.until else cheapest_offers(gap),
        "domains": lags,
        "domain_draws": few_draws(min((lag.draws for _, lag in lags if lag.draws), default=0), " from "),
        "domain_intervals": any(lag.low is not None or lag.high is not None for _, lag in lags),
        "domains_due": all(lag.reason == NOT_YET for _, lag in lags),
        "figure": frontier_figure(gap, path="/gap", query=past.query, records_only=True)
        if gap.frontier.points
        else None,
    }


@dataclass(frozen=True, slots=True)
class Offer:
    """The cheapest way of one side to reach the best open level."""

    side: str
    slug: str
    name: str
    price: Decimal
    observation: int | None
    chosen: str  # which of its hosts' prices that is


def cheapest_offers(gap: Gap) -> tuple[Offer, ...]:
    best, found = gap.frontier.best_open, prices()
    if best is None or found is None:
        return ()
    sides = sorted(cheapest_at(best.level).items(), key=lambda item: item[1].guarded)
    return tuple(
        Offer(
            words.ACCESS[side],
            model.model,
            found.name(model.model),
            model.guarded,
            model.observation,
            choice_words(model),
        )
        for side, model in sides
    )


def told_week(week: Pulse, past: PastDay, newest: date) -> dict[str, object]:
    """The week, what to call it, and whether readers had an edition of it. On a past day no week is "this" one."""
    name = f"Week of {day(week.monday)}" if past.until else week_name(week, timezone.now().date(), newest)
    return {"week": week, "week_name": name, "told": is_told(week.name)}


def week_name(week: Pulse, today: date, newest: date) -> str:
    """ "This week", or which one: the newest that data are of, or the newest of them that holds news."""
    if week.monday <= today <= week.sunday:
        return "This week"
    which = "the newest there is" if newest <= week.sunday else "the newest with news"
    return f"Week of {day(week.monday)}, {which}"


def point_gap(gap: Gap) -> GapValue | None:
    return next((item for item in gap.results if item.method is Method.POINT_GAP), None)


def release_sentence(rows: Sequence[ModelRow]) -> str:
    """ "Of the 10 newest models, 3 have open weights and 7 are closed"; "" without rows."""
    counts = Counter(row.access for row in rows)
    said = [f"{counts[access]} {verbs(counts[access])[access]}" for access in Access if counts[access]]
    if not said:
        return ""
    listed = said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
    return f"Of the {len(rows)} newest models, {listed}"


def verbs(number: int) -> dict[Access, str]:
    has, is_ = ("has", "is") if number == 1 else ("have", "are")
    return {
        Access.OPEN: f"{has} open weights",
        Access.CLOSED: f"{is_} closed",
        Access.UNKNOWN: f"{is_} of unknown access",
    }
