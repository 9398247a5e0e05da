"""Dated names of one model -> its snapshots: one a checkpoint, however the sources write its date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from models_catalog.normalise.datednames import DateInName, date_in
from models_catalog.normalise.dates import parse_date
from models_catalog.normalise.groups import Group
from models_catalog.normalise.records import Model, Snapshot
from models_catalog.normalise.sightings import Sighting
from models_catalog.vocabulary import DateKind, Precision

NOT_BEFORE_ITS_MODEL = timedelta(days=120)
Stamp = tuple[int, int, int]  # year, month, day; day 0 = the name states only the month


def snapshots_in(model: Model, group: Group, reviewed: Iterable[str] = ()) -> dict[str, Snapshot]:
    """The model's snapshots, by the text of every date its names carry.

    `reviewed` are dates of checkpoints that reviewed aliases name, which no claim need carry.
    """
    sightings: dict[str, list[Sighting]] = defaultdict(list, {text: [] for text in reviewed})
    for sighting in group.sightings:
        if sighting.dated:
            sightings[str(sighting.dated)].append(sighting)
    stamps = {text: stamp for text, found in sightings.items() if (stamp := stamp_of(text, found, model))}
    merged = {text: with_its_day(stamp, stamps.values()) for text, stamp in stamps.items()}
    found: dict[Stamp, list[Sighting]] = defaultdict(list)
    for text in sorted(merged):
        found[merged[text]] += sightings[text]
    made = {stamp: snapshot(model, stamp, members) for stamp, members in found.items()}
    return {text: made[stamp] for text, stamp in merged.items()}


def stamp_of(text: str, sightings: Sequence[Sighting], model: Model) -> Stamp | None:
    """The date in the name, its year filled in from the claims or the model's release."""
    dated = sightings[0].dated if sightings else date_in(text)
    assert dated is not None
    day = stated_day(sightings, dated) if dated.year is None else None
    day = day or dated.resolve(model.released)
    return (day.year, day.month, dated.day or 0) if day else None


def stated_day(sightings: Sequence[Sighting], dated: DateInName) -> date | None:
    """The release day its claims give, if it fits the date in the name."""
    for sighting in sightings:
        parsed = parse_date(sighting.claim.date or "")
        if (
            parsed
            and parsed[1] is Precision.DAY
            and not sighting.authority.listing
            and dated.agrees(parsed[0])
        ):
            return parsed[0]
    return None


def with_its_day(stamp: Stamp, others: Collection[Stamp]) -> Stamp:
    """A month's only checkpoint with a day is what the month alone means, too."""
    year, month, day = stamp
    if day:
        return stamp
    days = {other for other in others if other[:2] == (year, month) and other[2]}
    return days.pop() if len(days) == 1 else stamp


def snapshot(model: Model, stamp: Stamp, sightings: Sequence[Sighting]) -> Snapshot:
    """One snapshot. Its release is the day stated for it, else the date in its name, but never before its model."""
    year, month, day = stamp
    text = f"{year:04}-{month:02}" + (f"-{day:02}" if day else "")
    named = DateInName(year, month, day or None)
    stated = stated_day(sightings, named)
    released, precision = (
        stated or date(year, month, day or 1),
        Precision.DAY if stated or day else Precision.MONTH,
    )
    first = model.released
    if (
        first
        and model.released_kind is not DateKind.LISTING
        and timedelta() < first - released <= NOT_BEFORE_ITS_MODEL
    ):
        released, precision = first, model.released_precision or Precision.DAY
    return Snapshot(f"{model.slug}-{text}", model.slug, f"{model.name} ({text})", released, precision, text)
