"""Claims about the lag: read off the weekly series, by domain, and from the trend rule."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from models_catalog.analysis.table import HEADLINE
from models_catalog.findings.claims.records import Evidence, Judgement, Verdict, unsettled
from models_catalog.findings.gap import gap_as_of, standing_gap
from models_catalog.findings.gap_series import gap_series
from models_catalog.findings.gap_tables import gap_by_domain
from models_catalog.findings.measured import GapRow, SeriesPoint
from models_catalog.findings.records import FrontierPoint
from models_catalog.findings.trend import NOT_TESTED, standing_trend
from models_catalog.normalise.benchmarks import DOMAINS
from models_catalog.vocabulary import Access, Cut, Inputs, Method

Day = date | None  # None: today, that is the newest there is
GAP = Evidence("the lag week by week", "gap")


def lag_within(day: Day, *, low: float, high: float, on: str = "") -> Judgement:
    """Does the catch-up time (months) of a day lie in a range? Its interval alone reaching in is "in part"."""
    day = date.fromisoformat(on) if on else day
    points = [point for point in weeks() if day is None or point.day <= day]
    if not points:
        return unsettled("no weekly series of the lag reaches back to that day")
    return within(points[-1], low, high)


def lag_verdicts(*, low: float, high: float) -> list[tuple[date, Verdict]]:
    """The verdict of every week, oldest first: what the last flip is read off."""
    return [(point.day, within(point, low, high).verdict) for point in weeks()]


def weeks() -> list[SeriesPoint]:
    """The lag week by week; the newest is the headline itself."""
    series = gap_series()
    return list(series.points) if series else []


def within(point: SeriesPoint, low: float, high: float) -> Judgement:
    if point.value is None:
        return unsettled(f"no figure on that day: {point.reason}", point.day)
    ends = (point.low if point.low is not None else point.value, point.high or point.value)
    if low <= point.value <= high and not (point.at_least and point.value < low):
        verdict = Verdict.HOLDS
    else:
        verdict = Verdict.PARTLY if ends[0] <= high and ends[1] >= low else Verdict.FAILS
    return Judgement(
        verdict, months(point), "catch-up time, Kaplan–Meier median over all levels", point.day, (GAP,)
    )


def months(point: SeriesPoint) -> str:
    assert point.value is not None  # asked where there is one
    ends = span(point.low, point.high) if point.low is not None and point.high is not None else ""
    return f"{'at least ' if point.at_least else ''}{number(point.value)} months{ends}"


def number(value: float, form: str = ".1f") -> str:
    """As the pages write it, with a true minus: a dash between two numbers must not look like one."""
    return format(value, form).replace("-", "−")


def span(low: float, high: float) -> str:
    """ " [5.2–7.1]", " [−20.2 to 6.9]" """
    return f" [{number(low)}{' to ' if low < 0 else '–'}{number(high)}]"


def closed_lead(day: Day, *, domain: str) -> Judgement:
    """Are closed models ahead in a domain? The point gap's whole interval above zero says yes."""
    return by_domain(day, domain, leading=True)


def open_match(day: Day, *, domain: str) -> Judgement:
    """Do open models match closed ones in a domain? Yes where the point gap's interval reaches zero."""
    return by_domain(day, domain, leading=False)


def by_domain(day: Day, domain: str, *, leading: bool) -> Judgement:
    if day is not None:
        return unsettled("the gap by domain is stored as of its newest scores only", day)
    row = domain_row(domain)
    if row is None:
        return unsettled("the gap by domain has not been computed yet")
    gap = row.value(Method.POINT_GAP)
    if gap.value is None or gap.low is None:
        return unsettled(f"{row.label}: {gap.reason or row.reason or 'no interval'}", row.as_of)
    closed_ahead = gap.low > 0
    holds = closed_ahead if leading else not closed_ahead
    verdict = Verdict.HOLDS if holds else Verdict.PARTLY if leading and gap.value > 0 else Verdict.FAILS
    ends = span(gap.low, gap.high) if gap.high is not None else ""
    reading = f"closed {number(gap.value, '+.1f')} {row.level_unit}{ends}"
    return Judgement(
        verdict, reading, f"best closed less best open model, {row.label.lower()}", row.as_of, (to(domain),)
    )


def to(domain: str) -> Evidence:
    return Evidence(f"the gap in {DOMAINS[domain].lower()}", "gap", query=f"domain={domain}")


def domain_row(domain: str) -> GapRow | None:
    table = gap_by_domain()
    return next((row for row in table.rows if row.key == domain), None) if table else None


def spread_between_domains(day: Day) -> Judgement:
    """How far apart are the domains' lags? Needs three with a figure."""
    table = gap_by_domain()
    if day is not None or table is None:
        return unsettled("the gap by domain is stored as of its newest scores only")
    known = [(row.value(HEADLINE).value, row) for row in table.rows]
    figures = sorted((value, row.label) for value, row in known if value is not None)
    if len(figures) < 3:
        return unsettled(
            f"{len(figures)} of {len(table.rows)} domains have a figure; three are needed", table.as_of
        )
    (least, first), (most, last) = figures[0], figures[-1]
    reading = f"{number(least)} months ({first}) to {number(most)} months ({last})"
    because = (
        f"catch-up times of {len(figures)} domains; whether the spread grows is judged on the day it resolves"
    )
    return Judgement(Verdict.UNSETTLED, reading, because, table.as_of, (GAP,))


def trend_narrows(day: Day) -> Judgement:
    """Does the trend rule support that the lag narrows?"""
    found = standing_trend()
    if day is not None or found is None:
        return unsettled(NOT_TESTED)
    words = found.words
    verdict = (
        Verdict.HOLDS
        if words.startswith("narrowing")
        else Verdict.FAILS
        if words.startswith("widening")
        else None
    )
    return Judgement(
        verdict or Verdict.UNSETTLED, words, "the trend rule of the method page", found.as_of, (GAP,)
    )


def narrowed_by(day: Day, *, model: str, domain: str) -> Judgement:
    """Did one open model narrow the distance in a domain on its release? Before and on that day, in points."""
    gap = standing_gap(Inputs.ALL, Cut.DOMAIN, domain) or standing_gap()
    points = gap.frontier.points if gap else ()
    found = next((point for point in points if point.model == model), None)
    if found is None or (day is not None and day < found.released):
        return unsettled(f"{model} is not on a scale of {DOMAINS[domain].lower()}")
    before = distance([point for point in points if point.released < found.released])
    after = distance([point for point in points if point.released <= found.released])
    if before is None or after is None:
        return unsettled("one side had no scored model on that day", found.released)
    narrowed = after < before
    verdict = Verdict.HOLDS if before > 0 and narrowed else Verdict.PARTLY if narrowed else Verdict.FAILS
    reading = f"{before:.1f} points before {found.name}, {after:.1f} on its release"
    return Judgement(verdict, reading, "best closed less best open model", found.released, (to(domain),))


def distance(points: Iterable[FrontierPoint]) -> float | None:
    best: dict[Access, float] = {}
    for point in points:
        best[point.access] = max(point.level, best.get(point.access, point.level))
    if Access.CLOSED not in best or Access.OPEN not in best:
        return None
    return best[Access.CLOSED] - best[Access.OPEN]


def waited(day: Day, *, released_by: str, low: float, high: float) -> Judgement:
    """How long did the level of the best closed model of a past day wait for an open model? Months."""
    asked = date.fromisoformat(released_by)
    gap = gap_as_of(day) if day else standing_gap()
    points = gap.frontier.points if gap else ()
    leaders = [point for point in points if point.access is Access.CLOSED and point.released <= asked]
    if gap is None or not leaders:
        return unsettled("no closed model of that time is scored", asked)
    leader = max(leaders, key=lambda point: point.level)
    reached = [p.released for p in points if p.access is Access.OPEN and p.level >= leader.level]
    wait = ((min(reached) if reached else gap.as_of) - leader.released).days / 30.4375
    verdict = Verdict.HOLDS if low <= wait <= high and reached else Verdict.FAILS
    reading = f"{'' if reached else 'at least '}{number(wait)} months ({leader.name})"
    return Judgement(
        verdict, reading, f"the wait for the level of the best closed model of {asked:%B %Y}", asked, (GAP,)
    )


def judged(parameters: dict[str, Any]) -> dict[str, Any]:
    """The range of a lag claim, for its history."""
    return {key: parameters[key] for key in ("low", "high")}
