"""One scale's figures as of every week: what a reader would have read then, through the scores known now.

A day selects models, it never refits, so a history is a pure function of its fit: the same for every later
question about it, and computed once. Its last day stands in it, too, but is shown as the answer itself has it, from
all draws (`findings.gap_series`). The draws are those of the fit, so neighbouring weeks move together.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils import timezone

from models_catalog.analysis.records import Estimate
from models_catalog.analysis.table import kept, tabulate_past
from models_catalog.models import Fit, History

SINCE = date(2023, 1, 2)  # a Monday
WEEK = timedelta(days=7)

Figures = list[float | bool | int | str | None]


def stored_history(fit: Fit, until: date) -> History:
    """The history of a fit up to its censoring date, computed if it is not stored yet."""
    known = History.objects.filter(fit=fit).first()
    if known:
        return known
    made = made_history(fit, until)
    fields = {"days": made.days, "series": made.series, "computed_at": timezone.now()}
    row, _ = History.objects.get_or_create(fit=fit, defaults=fields)
    return row


def drawn_history(fit: Fit, until: date) -> History:
    """The history up to this very day: the stored one if it ends there, else made anew and not kept."""
    known = History.objects.filter(fit=fit).first()
    return known if known and known.days[-1] == until.isoformat() else made_history(fit, until)


def made_history(fit: Fit, until: date) -> History:
    found = list(weeks(until))
    return History(fit=fit, days=[day.isoformat() for day in found], series=history(fit, found))


def weeks(until: date) -> Iterator[date]:
    """Every Monday since the beginning of 2023, and the last day itself."""
    day = SINCE
    while day < until:
        yield day
        day += WEEK
    yield until


def history(fit: Fit, days: list[date]) -> dict[str, list[Figures]]:
    """ "catch_up 0" -> one row of figures per day, in the order of `days`."""
    points, draws = fit.placed_points(), fit.drawn_levels()
    series: dict[str, list[Figures]] = {}
    for day in days:
        for cell in tabulate_past(points, draws, as_of=day):
            series.setdefault(f"{cell.method} {cell.delta:g}", []).append(figures(kept(cell.estimate)))
    return series


def figures(found: Estimate) -> Figures:
    """As `findings.measured.SeriesPoint` names them, without the day."""
    return [
        found.value,
        found.low,
        found.high,
        found.at_least,
        found.n,
        found.censored_share,
        found.reason,
    ]
