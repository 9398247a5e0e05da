"""When a model came out: one date from several claims, by declared precedence, with what disagrees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from models_catalog.normalise.dates import parse_date, within
from models_catalog.normalise.disagreements import A_WEEK, Disagreement, Side
from models_catalog.vocabulary import DateKind, Matter, Precision

LISTING_RANK = 100
WEAK_KINDS = (DateKind.LISTING, DateKind.WEIGHTS)  # when something was put up, not when it was released
WEIGHTS_AFTER = timedelta(days=90)


@dataclass(frozen=True, slots=True, order=True)
class DateClaim:
    """One statement of a release date. Ordered by who is believed first."""

    rank: int
    day: date
    precision: Precision
    kind: DateKind
    source: str
    observed_on: date | None = field(default=None, compare=False)
    file: str = field(default="", compare=False)  # of several of one source, in which it stands

    @property
    def stated(self) -> str:
        length = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}[self.precision]
        return self.day.isoformat()[:length]

    @property
    def text(self) -> str:
        return f"{self.stated} ({', '.join(filter(None, (self.source, self.file, self.kind)))})"

    @property
    def side(self) -> Side:
        said = ", ".join(filter(None, (self.kind, self.file)))
        return Side(f"{self.stated} ({said})", self.source, self.observed_on)


def date_claim(
    text: str | None, kind: DateKind, rank: int, source: str, observed_on: date | None = None
) -> DateClaim | None:
    """A dated claim, or None if the text states no date. A listing date ranks behind every other."""
    parsed = parse_date(text) if text else None
    if not parsed:
        return None
    rank = LISTING_RANK + rank if kind is DateKind.LISTING else rank
    return DateClaim(rank, *parsed, kind, source, observed_on)


def released_of(claims: Sequence[DateClaim]) -> DateClaim | None:
    """The release: the earliest date of the best-ranked source, made exact by any other that fits inside it.

    A repository's creation is never taken from here (see `weights_out`): repositories are made before they
    are opened.
    """
    stated = sorted(claim for claim in claims if claim.kind not in WEAK_KINDS)
    if not stated:
        return min(claims, default=None, key=lambda claim: (claim.rank, claim.day))
    best = stated[0].rank
    first = min((claim for claim in stated if claim.rank == best), key=lambda claim: claim.day)
    if first.precision is Precision.DAY:
        return first
    inside = (
        claim
        for claim in stated
        if claim.precision is Precision.DAY and within(first.day, first.precision, claim.day)
    )
    return next(inside, first)


def no_later_than(released: DateClaim | None, checkpoints: Sequence[DateClaim]) -> DateClaim | None:
    """A model is out when its first checkpoint is, if the checkpoint's source is believed at least as much.

    A day of listing yields to any day of release.
    """
    known = [claim for claim in checkpoints if released is None or claim.rank <= released.rank]
    first = min(
        known, default=None, key=lambda claim: (claim.kind in WEAK_KINDS, claim.day, claim.rank, claim.source)
    )
    if first is None:
        return released
    if released and (released.kind in WEAK_KINDS) == (first.kind in WEAK_KINDS) and released.day <= first.day:
        return released
    return first


def weights_out(released: DateClaim, claims: Sequence[DateClaim], reviewed: date | None = None) -> DateClaim:
    """For open weights: the reviewed day they came out, else the day the repository appeared, if that is up to
    90 days after the announcement.

    A repository older than the announcement existed in private; one much younger is a re-upload. A reviewed day
    that is the announcement's says that any younger one is a re-upload.
    """
    if released.precision is not Precision.DAY:
        return released
    if reviewed and reviewed >= released.day:
        return DateClaim(released.rank, reviewed, Precision.DAY, DateKind.WEIGHTS, "review")
    weights = [claim for claim in claims if claim.kind is DateKind.WEIGHTS]
    first = min(weights, default=None, key=lambda item: (item.day, item.source))
    if first and timedelta(0) < first.day - released.day <= WEIGHTS_AFTER:
        return first
    return released


def date_disagreements(released: DateClaim | None, claims: Sequence[DateClaim]) -> list[Disagreement]:
    """Statements more than seven days off, listings and repositories aside: what a reader should see."""
    if not released:
        return []
    off: dict[str, DateClaim] = {}
    for claim in claims:
        if claim.kind not in WEAK_KINDS and is_off(claim, released):
            off.setdefault(claim.text, claim)
    return [
        Disagreement(
            matter=Matter.RELEASE,
            counted=released.side,
            stated=claim.side,
            days=abs((claim.day - released.day).days),
            sentence=f"released {released.text}, but also {text}",
        )
        for text, claim in sorted(off.items())
    ]


def is_off(claim: DateClaim, released: DateClaim) -> bool:
    return not within(claim.day, claim.precision, released.day) and abs(claim.day - released.day) > A_WEEK
