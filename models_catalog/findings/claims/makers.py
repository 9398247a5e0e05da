"""Claims about makers and their models: ranks, licences, sizes, prices, dated counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from models_catalog.analysis.savings import Form
from models_catalog.findings.claims.lags import Day, number
from models_catalog.findings.claims.records import Evidence, Judgement, Verdict, unsettled
from models_catalog.findings.entries import EntryQuery, column, matching
from models_catalog.findings.gap import gap_as_of, standing_gap
from models_catalog.findings.moment import Moment
from models_catalog.findings.prices import Prices, prices
from models_catalog.findings.records import FrontierPoint
from models_catalog.findings.then import known_then
from models_catalog.models import ModelVersion, Organization
from models_catalog.normalise.benchmarks import DOMAINS
from models_catalog.vocabulary import Access, Cut, Inputs, Tier

FREE = {Tier.OSI, Tier.PERMISSIVE}
YEARS = 2
NEAR = 2.0  # index points that count as level


def no_data(day: Day, *, because: str) -> Judgement:
    """Nothing collected here can settle it."""
    return unsettled(because, day)


def points_of(day: Day, domain: str = "") -> tuple[FrontierPoint, ...]:
    if domain:
        gap = standing_gap(Inputs.ALL, Cut.DOMAIN, domain)
        points = gap.frontier.points if gap else ()
        return tuple(point for point in points if day is None or point.released <= day)
    found = gap_as_of(day) if day else standing_gap()
    return found.frontier.points if found else ()


def best_of(points: Iterable[FrontierPoint]) -> dict[str, FrontierPoint]:
    """By organisation's name: its most capable model."""
    best: dict[str, FrontierPoint] = {}
    for point in points:
        held = best.get(point.organization)
        if held is None or point.level > held.level:
            best[point.organization] = point
    return best


def name_of(organization: str) -> str:
    names: Iterable[str] = Organization.objects.filter(slug=organization).values_list("name", flat=True)
    if known_at := known_then():
        versions = ModelVersion.objects.at(known_at).filter(fields__organization__slug=organization)
        names = versions.order_by("slug").values_list("fields__organization__name", flat=True)[:1]
    return next(iter(names), organization)


def of_models(name: str, query: EntryQuery, slugs: Iterable[str] | None = None) -> dict[str, Any]:
    """One column of the catalogue's models, as known at the instant asked for, by slug."""
    moment = Moment(known_at=known_then())
    rows = matching(replace(query, unlisted=True), moment)
    if moment.known_at is None:
        rows = rows.select_related(None).prefetch_related(None)
    if slugs is not None:
        rows = rows.filter(slug__in=list(slugs))
    return dict(rows.annotate(sought=column(name, moment)).order_by("slug").values_list("slug", "sought"))


def rank_in(day: Day, *, organization: str, domain: str) -> Judgement:
    """Where does an organisation's best model stand in a domain? First holds, second or third in part."""
    best = best_of(points_of(day, domain))
    name = name_of(organization)
    if name not in best:
        return unsettled(f"no model of {name} is on a scale of {DOMAINS[domain].lower()}", day)
    rank = 1 + sum(1 for point in best.values() if point.level > best[name].level)
    verdict = Verdict.HOLDS if rank == 1 else Verdict.PARTLY if rank <= 3 else Verdict.FAILS
    reading = f"rank {rank} of {len(best)} organisations ({best[name].name})"
    return Judgement(verdict, reading, f"best model of each in {DOMAINS[domain].lower()}", day, (to(domain),))


def to(domain: str) -> Evidence:
    return Evidence(f"the scale of {DOMAINS[domain].lower()}", "gap", query=f"domain={domain}")


def seldom_first(day: Day, *, organization: str, most: float) -> Judgement:
    """In what share of the last two years did an organisation hold the highest level of all?"""
    points = sorted(points_of(day), key=lambda point: (point.released, -point.level))
    found = gap_as_of(day) if day else standing_gap()
    if not points or found is None:
        return unsettled("no model is on the index", day)
    start = found.as_of.replace(year=found.as_of.year - YEARS, day=1)
    share = share_at_top(points, name_of(organization), start, found.as_of)
    verdict = Verdict.HOLDS if share <= most else Verdict.FAILS
    reading = f"first on {percent(share)} of the days"
    return Judgement(
        verdict,
        reading,
        f"highest on the index since {start:%B %Y}",
        found.as_of,
        (Evidence("the frontier", "gap"),),
    )


def share_at_top(points: Iterable[FrontierPoint], name: str, start: date, end: date) -> float:
    held, days = None, 0
    since = start
    for point in points:
        if held is not None and point.level <= held.level:
            continue
        if held is not None and held.organization == name:
            days += max(0, (min(point.released, end) - max(since, start)).days)
        held, since = point, point.released
    if held is not None and held.organization == name:
        days += max(0, (end - max(since, start)).days)
    return days / max(1, (end - start).days)


def level_with(day: Day, *, organization: str, other: str) -> Judgement:
    """Is the best open model of one organisation level with (within two points of) that of another, or above?"""
    opened = best_of(point for point in points_of(day) if point.access is Access.OPEN)
    one, two = opened.get(name_of(organization)), opened.get(name_of(other))
    if one is None or two is None:
        return unsettled("one of the two has no scored open model", day)
    difference = one.level - two.level
    verdict = Verdict.HOLDS if difference >= -NEAR else Verdict.FAILS
    reading = f"{number(difference, '+.1f')} points ({one.name} against {two.name})"
    links = tuple(Evidence(point.name, "model", point.model) for point in (one, two) if point.model)
    return Judgement(verdict, reading, "best open model of either on the index", day, links)


def licences_of(day: Day, *, family: str) -> Judgement:
    """Do all models of a family carry terms without caps or limits on the field of use?"""
    if day is not None:
        return unsettled("licences are read as they stand now", day)
    opened = EntryQuery(family=family, access=Access.OPEN)
    tiers = [Tier(tier) for tier in of_models("tier", opened).values()]
    known = [tier for tier in tiers if tier is not Tier.UNKNOWN]
    if not known:
        return unsettled("no licence of the family is on record")
    free = sum(tier in FREE for tier in known)
    verdict = Verdict.HOLDS if free == len(known) else Verdict.PARTLY if free else Verdict.FAILS
    reading = f"{free} of {len(known)} open models without caps or limits"
    because = (
        "tiers by their licences; commercial use may be allowed below a cap of users, which is a condition"
    )
    return Judgement(
        verdict, reading, because, None, (Evidence("the family's models", "models", query=f"q={family}"),)
    )


def efficient(day: Day, *, organization: str) -> Judgement:
    """How many of its open models did no smaller or equal open model match when they were released?"""
    levels = {point.model: point for point in points_of(day) if point.model and point.access is Access.OPEN}
    sizes = of_models("parameters", EntryQuery(), levels)
    known = [(levels[slug], size) for slug, size in sizes.items() if size]
    own = [(point, size) for point, size in known if point.organization == name_of(organization)]
    if len(own) < 3:
        return unsettled(f"{len(own)} scored open models of known size; three are needed", day)
    ahead = [point for point, size in own if unmatched(point, size, known)]
    part = len(ahead) / len(own)
    verdict = Verdict.HOLDS if part >= 0.5 else Verdict.PARTLY if ahead else Verdict.FAILS
    reading = f"{len(ahead)} of {len(own)} models"
    because = "scored open models that no smaller or equal open model matched when they came out"
    return Judgement(
        verdict, reading, because, day, tuple(Evidence(p.name, "model", p.model) for p in ahead[:4])
    )


def unmatched(point: FrontierPoint, size: int, known: Iterable[tuple[FrontierPoint, int]]) -> bool:
    return not any(
        other.level >= point.level and parameters <= size and other.released <= point.released
        for other, parameters in known
        if other.model != point.model
    )


def saving_of(day: Day, *, at_least: float) -> Judgement:
    """Is open cheaper by a share? Every form of the comparison, because they disagree."""
    found = prices() if day is None else None
    if found is None:
        return unsettled("prices have not been studied for that day", day)
    stated = [(saving.form, saving.saving) for saving in found.savings if saving.saving is not None]
    if not stated:
        return unsettled("; ".join(sorted({saving.reason for saving in found.savings})), found.day)
    reach = [form for form, saving in stated if saving >= at_least]
    verdict = Verdict.HOLDS if len(reach) == len(stated) else Verdict.PARTLY if reach else Verdict.FAILS
    reading = "; ".join(f"{form.value}: {compared(saving)}" for form, saving in best_per_form(stated))
    return Judgement(
        verdict,
        reading,
        "blended list prices, not self-hosting",
        found.day,
        (Evidence("all forms", "prices"),),
    )


def compared(saving: float) -> str:
    """ "91 % cheaper", or "13.3 times as dear"."""
    return f"{percent(saving)} cheaper" if saving >= 0 else f"{1 - saving:.1f} times as dear"


def percent(share: float) -> str:
    """0.77 -> "77 %", with the narrow space that pages write."""
    return f"{100 * share:.0f}\N{NARROW NO-BREAK SPACE}%"


def best_per_form(stated: Iterable[tuple[Form, float]]) -> list[tuple[Form, float]]:
    best: dict[Form, float] = {}
    for form, saving in stated:
        best[form] = max(saving, best.get(form, saving))
    return list(best.items())


def closed_prices_fall(day: Day) -> Judgement:
    """Do closed prices fall at a fixed level of capability? A share per year, per level."""
    found = prices() if day is None else None
    if found is None:
        return unsettled("prices have not been studied for that day", day)
    return fall_of(found)


def fall_of(found: Prices) -> Judgement:
    falls = [(path.level, path.closed_fall.per_year) for path in found.paths]
    known = [(level, fall) for level, fall in falls if fall is not None]
    if not known:
        return unsettled("no level has been sold by closed models for long enough", found.day)
    falling = [fall for _, fall in known if fall > 0]
    verdict = Verdict.PARTLY if falling else Verdict.FAILS
    reading = "; ".join(f"{percent(fall)} a year at {level:.0f} points" for level, fall in known)
    because = "closed prices at a fixed level; that competition from open models is the cause, no data here can show"
    return Judgement(verdict, reading, because, found.day, (Evidence("prices over time", "prices"),))


def dated_count(day: Day, *, counts: list[dict[str, Any]], claimed: float) -> Judgement:
    """A count somebody stated, against later counts others stated: reported figures, none of them ours."""
    later = [row for row in counts if row["millions"] >= claimed]
    reading = "; ".join(f"{row['millions']:g} million ({row['said']})" for row in counts)
    verdict = Verdict.HOLDS if later else Verdict.UNSETTLED
    because = (
        "reported figures, not counted here: later ones are higher, so the figure is a dated lower bound"
    )
    return Judgement(verdict, reading, because, day)
