"""What two sources, or two captures of one, state differently: both sides, with who said it and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from models_catalog.normalise.dates import parse_date, within
from models_catalog.normalise.organizations import Organizations, organization_slug
from models_catalog.vocabulary import Matter

A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Side:
    """What is said, by whom, in a capture of which day; None for what no capture holds."""

    said: str
    source: str
    observed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """`counted` is what we go by, `stated` what is said otherwise. `days` lie between two release dates."""

    matter: Matter
    counted: Side
    stated: Side
    days: int | None = None
    sentence: str = ""  # for the model's own page


def sentences(found: Iterable[Disagreement]) -> list[str]:
    return [item.sentence for item in found]


def of_organization(counted: str, stated: Side, orgs: Organizations) -> Disagreement | None:
    """Another developer than the model's own (a slug). A name that nobody has reviewed contradicts nothing."""
    named = orgs.labelled(stated.said)
    if named is None or organization_slug(named) == counted:
        return None
    return Disagreement(matter=Matter.ORGANIZATION, counted=Side(counted, "catalogue"), stated=stated)


def of_captures(matter: Matter, newest: Side, older: Side, orgs: Organizations) -> Disagreement | None:
    """A source's newest word against an older one of its own.

    Dates differ if they lie more than a week apart, organisations if they are not two names of one developer.
    """
    days = days_between(newest.said, older.said) if matter is Matter.RELEASE else None
    if newest.said == older.said or (matter is Matter.RELEASE and days is None):
        return None
    if matter is Matter.ORGANIZATION and orgs.labelled(newest.said) == orgs.labelled(older.said) is not None:
        return None
    return Disagreement(matter=matter, counted=newest, stated=older, days=days)


def days_between(one: str, other: str) -> int | None:
    """How far apart two stated dates are; None within a week, or where the coarser may mean the finer."""
    first, second = parse_date(one), parse_date(other)
    if first is None or second is None or abs(first[0] - second[0]) <= A_WEEK:
        return None
    if within(first[0], first[1], second[0]) or within(second[0], second[1], first[0]):
        return None
    return abs((first[0] - second[0]).days)
