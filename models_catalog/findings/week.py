"""What changed in one week? Releases, prices, licences, corrections, and which sources brought nothing.

A change belongs to the week in which the page that shows it was captured; a release, to its stated day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from math import log2
from typing import Any

from django.db.models import Max, QuerySet

from models_catalog.findings.catalogue import listed, model_row
from models_catalog.findings.corrections import corrections
from models_catalog.findings.facts import displayed_sources, price
from models_catalog.findings.records import CorrectionLine, ModelRow, Price
from models_catalog.models import AIModel, Change, Fetch
from models_catalog.sources import SOURCES, by_slug
from models_catalog.vocabulary import ChangeKind, DateKind, Outcome, Precision, PriceUnit

DELIVERED = (Outcome.ACCEPTED, Outcome.UNCHANGED)
SHOWN_UNITS = (PriceUnit.INPUT, PriceUnit.OUTPUT)


@dataclass(frozen=True, slots=True)
class PriceMove:
    """One list price, before and after, in $ per 1M tokens, as one source lists one host's offer."""

    row: ModelRow
    unit: str
    provider: str
    source: str
    source_title: str
    before: Decimal
    after: Decimal
    observed_at: datetime
    observation: int
    before_observation: int

    @property
    def size(self) -> float:
        """Doublings or halvings: 1.0 for twice the price, -1.0 for half."""
        return log2(float(self.after / self.before))

    @property
    def share(self) -> float:
        """-0.5 for half the price."""
        return float(self.after / self.before) - 1


@dataclass(frozen=True, slots=True)
class LicenceChange:
    """A source changed what it says about a model's licence, or says for the first time that weights are open."""

    row: ModelRow
    weights: bool
    before: str
    after: str
    source: str
    source_title: str
    observed_at: datetime
    observation: int
    differ: bool = False  # its tag and its text, or its model card, came to name different licences


@dataclass(frozen=True, slots=True)
class SilentSource:
    """A source that delivered nothing in the week; `newest` is its newest capture before the week's end."""

    slug: str
    title: str
    newest: datetime | None


@dataclass(frozen=True, slots=True)
class WeekOfChanges:
    """From `first` to `last`, both included, in UTC."""

    first: date
    last: date
    releases: tuple[ModelRow, ...]  # with a release day some source states, highest level first
    listings: tuple[ModelRow, ...]  # first listed at a host; no source states a release day
    prices: tuple[PriceMove, ...]  # models on the index first, larger moves first
    licences: tuple[LicenceChange, ...]
    corrections: tuple[CorrectionLine, ...]
    silent: tuple[SilentSource, ...]
    heard: int  # how many sources delivered


def week_of_changes(monday: date) -> WeekOfChanges:
    """The seven days from a Monday on, as stored now."""
    last = monday + timedelta(days=6)
    silent, heard = who_was_heard(monday, last)
    return WeekOfChanges(
        first=monday,
        last=last,
        releases=released(monday, last, stated=True),
        listings=released(monday, last, stated=False),
        prices=price_moves(monday, last),
        licences=licence_changes(monday, last),
        corrections=tuple(
            line for line in corrections() if monday <= line.recorded_at.astimezone(UTC).date() <= last
        ),
        silent=silent,
        heard=heard,
    )


def released(first: date, last: date, *, stated: bool) -> tuple[ModelRow, ...]:
    found = listed().filter(released__range=(first, last), released_precision=Precision.DAY)
    of_hosts = {"released_kind": DateKind.LISTING}
    found = found.exclude(**of_hosts) if stated else found.filter(**of_hosts)
    rows = [model_row(model) for model in found]
    return tuple(sorted(rows, key=lambda row: (-(row.level or 0.0), row.released or last, row.slug)))


def changes(first: date, last: date, *kinds: ChangeKind) -> QuerySet[Change]:
    """Of resolved models, seen on pages captured in these days, of sources that may be shown."""
    begin = datetime.combine(first, time(), UTC)
    end = datetime.combine(last + timedelta(days=1), time(), UTC)
    rows = Change.objects.filter(kind__in=kinds, observed_at__gte=begin, observed_at__lt=end)
    rows = rows.filter(subject__source__in=displayed_sources(), subject__resolution__model__isnull=False)
    models = "subject__resolution__model"
    return rows.select_related(
        f"{models}__organization", f"{models}__family", "before__subject", "after__subject"
    ).order_by("pk")


def model_of(change: Change) -> AIModel:
    model = change.subject.resolution.model
    assert model is not None
    return model


def price_moves(first: date, last: date) -> tuple[PriceMove, ...]:
    """The largest move of each model at each host; standard dollar prices of tokens only."""
    largest = dict[tuple[str, str, str], PriceMove]()
    for change in changes(first, last, ChangeKind.PRICE_CHANGED):
        move = price_move(change)
        key = (move.row.slug, move.provider, move.unit) if move else None
        if move and key and (key not in largest or abs(move.size) > abs(largest[key].size)):
            largest[key] = move
    ordered = sorted(
        largest.values(), key=lambda move: (move.row.level is None, -abs(move.size), move.row.slug)
    )
    return tuple(ordered)


def price_move(change: Change) -> PriceMove | None:
    """None for what is no plain price of a million tokens, free offers and variable prices among them."""
    if change.before is None or change.subject.external_id.startswith(
        "~"
    ):  # a name that points elsewhere now
        return None
    before, after = price(change.before), price(change.after)
    old, new = plain(before), plain(after)
    if old is None or new is None or old == new:
        return None
    return PriceMove(
        row=model_row(model_of(change)),
        unit=after.unit,
        provider=after.provider,
        source=after.source,
        source_title=after.source_title,
        before=old,
        after=new,
        observed_at=change.observed_at,
        observation=after.observation,
        before_observation=before.observation,
    )


def plain(found: Price) -> Decimal | None:
    """The price of a million tokens in dollars, standard tier, any prompt length; else None."""
    ordinary = found.tier in ("", "standard") and not found.band and not found.variable
    counted = found.unit in SHOWN_UNITS and found.currency == "USD"
    return found.per_million if ordinary and counted and found.per_million else None


def licence_changes(first: date, last: date) -> tuple[LicenceChange, ...]:
    kinds = (ChangeKind.LICENCE_METADATA_CHANGED, ChangeKind.LICENCE_CONFLICT, ChangeKind.WEIGHTS_PUBLISHED)
    found = dict[tuple[str, str], LicenceChange]()
    for change in changes(first, last, *kinds):
        weights = change.kind == ChangeKind.WEIGHTS_PUBLISHED
        found.setdefault((model_of(change).slug, change.kind), licence_change(change, weights=weights))
    return tuple(sorted(found.values(), key=lambda line: (not line.weights, line.row.name.lower())))


def licence_change(change: Change, *, weights: bool) -> LicenceChange:
    source = change.subject.source
    return LicenceChange(
        row=model_row(model_of(change)),
        weights=weights,
        differ=change.kind == ChangeKind.LICENCE_CONFLICT,
        before=licence_of(change.before.value if change.before else {}, weights=weights),
        after=licence_of(change.after.value, weights=weights),
        source=source,
        source_title=by_slug(source).title,
        observed_at=change.observed_at,
        observation=change.after_id,
    )


def licence_of(value: dict[str, Any], *, weights: bool) -> str:
    names = ("access_claim",) if weights else ("licence", "licence_name", "link")
    return next((str(value[name]) for name in names if value.get(name)), "nothing")


def who_was_heard(first: date, last: date) -> tuple[tuple[SilentSource, ...], int]:
    """The sources read at least weekly that delivered before the week, but not in it; and how many did deliver."""
    end = datetime.combine(last + timedelta(days=1), time(), UTC)
    fetches = Fetch.objects.filter(outcome__in=DELIVERED, observed_at__lt=end).values_list("source")
    newest = dict(fetches.annotate(newest=Max("observed_at")).values_list("source", "newest"))
    begin = datetime.combine(first, time(), UTC)
    silent = [
        SilentSource(source.slug, source.title, newest[source.slug])
        for source in SOURCES
        if source.cadence <= timedelta(days=7) and source.slug in newest and newest[source.slug] < begin
    ]
    return tuple(silent), sum(moment >= begin for moment in newest.values())


def by_access(rows: Iterable[ModelRow], access: str) -> tuple[ModelRow, ...]:
    return tuple(row for row in rows if row.access == access)
