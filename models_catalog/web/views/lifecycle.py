"""What ends in the next 90 days, what later, and what has ended."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from models_catalog.charts.figure import Table
from models_catalog.charts.numerals import count
from models_catalog.findings.lifecycle import Lifecycle, LifecycleEvent, ends_only, lifecycle
from models_catalog.web.lifecycle_tables import lifecycle_table
from models_catalog.web.past import PastDay
from models_catalog.web.questions import asked_day


@require_safe
def lifecycle_page(request: HttpRequest) -> HttpResponse:
    problems = list[str]()
    asked = asked_day(request.GET.dict(), problems)
    today = timezone.now().date()
    found = lifecycle(asked or today)
    page = {
        "found": found,
        "headline": headline(found),
        "past_day": asked if asked and asked != today else None,
        "past": PastDay(asked, ()),
        "problems": problems,
        "soon": table(found.soon, "Announced for the next 90 days, soonest first"),
        "later": table(found.later, "Announced for later"),
        "passed": table(found.past, "Passed, newest first"),
        "undated": table(found.undated, "Announced without a day"),
    }
    return render(request, "pages/lifecycle.html", page)


def table(rows: tuple[LifecycleEvent, ...], caption: str) -> Table | None:
    return lifecycle_table(rows, caption) if rows else None


def headline(found: Lifecycle) -> str:
    """Counts models at hosts, not announcements: one end may be announced by several sources."""
    ending = {(row.name, row.provider) for row in ends_only(found.soon)}
    if not (found.soon or found.later or found.past or found.undated):
        return "No announcement of an end has been collected yet."
    if not ending:
        return "No announced end of a model falls within the next 90 days."
    is_ = "is" if len(ending) == 1 else "are"
    return f"{count(len(ending), 'model')} {is_} announced to end within the next 90 days."
