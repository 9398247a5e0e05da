"""One week's changes, one by one: what the counts of the first page are counts of."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from models_catalog.charts.numerals import EN_DASH, count, day
from models_catalog.findings.row_evidence import evidenced
from models_catalog.findings.week import WeekOfChanges, week_of_changes
from models_catalog.web.change_tables import move_table, said_table


@require_safe
def changes_page(request: HttpRequest, week: str) -> HttpResponse:
    found = week_of_changes(monday_of(week))
    page = {
        "week": week,
        "found": found,
        "headline": headline(found),
        "releases": evidenced(found.releases),
        "listings": evidenced(found.listings),
        "moves": move_table(found.prices) if found.prices else None,
        "said": said_table(found.licences) if found.licences else None,
    }
    return render(request, "pages/changes.html", page)


def monday_of(week: str) -> date:
    """Of "2026-W34"; no page where the year has no such week."""
    year, _, number = week.partition("-W")
    try:
        return date.fromisocalendar(int(year), int(number), 1)
    except ValueError as reason:
        raise Http404(f"there is no week {week}") from reason


def headline(found: WeekOfChanges) -> str:
    """ "17–23 Aug 2026: 4 releases, 12 price cuts, 3 price rises, 1 licence change." """
    cuts = sum(move.share < 0 for move in found.prices)
    counts = (
        (len(found.releases), "release"),
        (len(found.listings), "first listing"),
        (cuts, "price cut"),
        (len(found.prices) - cuts, "price rise"),
        (len(found.licences), "licence change"),
    )
    said = [count(number, word) for number, word in counts if number]
    return f"{between(found.first, found.last)}: {', '.join(said) or 'nothing is on record'}."


def between(first: date, last: date) -> str:
    """ "17–23 Aug 2026", "27 Jul to 2 Aug 2026", "28 Dec 2026 to 3 Jan 2027" """
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}{EN_DASH}{day(last)}"
    start = day(first).removesuffix(f" {last.year}")
    return f"{start} to {day(last)}"
