"""All sightings of one model -> its one row, its snapshots and its slug."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from models_catalog.normalise.authorities import HUB, OPEN_LLM
from models_catalog.normalise.countries import first_country
from models_catalog.normalise.dates import parse_date
from models_catalog.normalise.disagreements import sentences
from models_catalog.normalise.names import SUFFIX_LAST
from models_catalog.normalise.openness import facts_of, grade, licence_disagreements
from models_catalog.normalise.organizations import Organizations, organization_slug
from models_catalog.normalise.records import Claim, Model
from models_catalog.normalise.releases import (
    DateClaim,
    date_claim,
    date_disagreements,
    no_later_than,
    released_of,
    weights_out,
)
from models_catalog.normalise.sightings import Sighting, slug_of
from models_catalog.normalise.titles import title_of
from models_catalog.normalise.weights import access_disagreements
from models_catalog.vocabulary import Access, DateKind

Value = TypeVar("Value")
UNREVIEWED_RANK = 2  # from here on, sources are known to carry placeholder dates
MONTHS_BEFORE = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Group:
    """Every sighting of one model, best authority first, and of those the newest statement of each subject."""

    sightings: tuple[Sighting, ...]
    newest: tuple[Sighting, ...]

    @classmethod
    def of(cls, sightings: Iterable[Sighting]) -> Group:
        ordered = sorted(sightings, key=precedence)
        newest: dict[tuple[str, str, str], Sighting] = {}
        for sighting in ordered:
            newest.setdefault((sighting.claim.source, sighting.claim.board, sighting.claim.model), sighting)
        return cls(tuple(ordered), tuple(newest.values()))

    @property
    def claims(self) -> tuple[Claim, ...]:
        return tuple(sighting.claim for sighting in self.newest)

    @property
    def country(self) -> str:
        return next((first_country(claim.country) for claim in self.claims if claim.country), "")


def precedence(sighting: Sighting) -> tuple[int, bool, float, str, str, str, str]:
    """Best authority, undated before dated, newest first; then by text, so that the order is total."""
    claim = sighting.claim
    observed = -claim.observed_at.timestamp()
    undated = sighting.dated is not None
    return sighting.authority.rank, undated, observed, claim.board, claim.model, claim.name, str(claim.date)


def pick_slug(group: Group) -> str:
    """The slug an alias pins, else the words of the best-ranked sighting."""
    pinned = min((sighting.pinned for sighting in group.sightings if sighting.pinned), default="")
    return pinned or slug_of(group.sightings[0].words)


@dataclass(frozen=True, slots=True)
class Beside:
    """What counts for a model beside its sightings: statements of sources that create no models, the reviewed
    day its weights came out if that was after the announcement, and whether its licence's review counts."""

    witnesses: Sequence[Claim] = ()
    weights: date | None = None
    reviewed: bool = True


def model_of(slug: str, group: Group, orgs: Organizations, beside: Beside | None = None) -> Model:
    """The model's row: every field from the best-ranked claim that states it."""
    beside = beside or Beside()
    claims = group.claims
    organization = group.sightings[0].authority.organization
    developer = orgs.developers.get(organization)
    own = developer.hub if developer else frozenset()
    dates, checkpoints = dates_in(group), checkpoint_dates_in(group)
    released = no_later_than(released_of(dates), checkpoints)
    stating, review = (*claims, *beside.witnesses), slug if beside.reviewed else None
    facts = facts_of(stating, own, review)
    if released and facts.access is Access.OPEN:
        released = weights_out(released, dates, beside.weights)
    graded = grade(facts)
    differing = (
        *date_disagreements(released, dates),
        *access_disagreements(stating, own, review),
        *licence_disagreements(facts),
    )
    line = orgs.line_of(group.sightings[0].title.no_suffix.key, organization) if developer else None
    return Model(
        slug=slug,
        name=title_of(group.sightings[0]),
        words=group.sightings[0].words,
        organization=organization_slug(organization),
        family=line.slug if line else None,
        released=released.day if released else None,
        released_kind=released.kind if released else None,
        released_precision=released.precision if released else None,
        released_source=released.source if released else None,
        access=facts.access,
        access_reason=facts.access_reason,
        access_source=facts.access_source,
        tier=graded.tier,
        tier_reason=graded.reason,
        openness=facts,
        licence=facts.licences[0].stated if facts.licences else None,
        licence_link=facts.licences[0].link if facts.licences else None,
        parameters=first(claim.parameters for claim in claims),
        context_tokens=first(claim.context_tokens for claim in claims),
        modalities_in=first(claim.modalities_in for claim in claims) or (),
        modalities_out=first(claim.modalities_out for claim in claims) or (),
        hub_repositories=repositories(claims),
        base_model=first(claim.base_model for claim in claims),
        conflicts=(
            *sentences(differing),
            *sorted({sentence for claim in claims for sentence in claim.corrected}),
        ),
        disagreements=differing,
        known_as=tuple(
            sorted({(claim.source, name) for claim in claims for name in (claim.model, claim.name)})
        ),
    )


def dates_in(group: Group) -> list[DateClaim]:
    """Statements of when the model itself came out; faster or batch services of it only if nothing else is."""
    undated = [item for item in group.newest if not item.dated]
    plain = [item for item in undated if set(item.variant.split()) <= SUFFIX_LAST]
    return [claim for item in plain or undated if (claim := date_of(item))]


def checkpoint_dates_in(group: Group) -> list[DateClaim]:
    """Statements of when its dated checkpoints came out."""
    return [claim for item in group.newest if item.dated and (claim := date_of(item))]


def date_of(sighting: Sighting) -> DateClaim | None:
    claim = sighting.claim
    if sighting.dated and sighting.authority.rank >= UNREVIEWED_RANK and contradicts_itself(sighting):
        return None
    kind = DateKind.LISTING if sighting.authority.listing else claim.date_kind
    if claim.source in (HUB, OPEN_LLM):
        kind = DateKind.WEIGHTS
    return date_claim(claim.date, kind, sighting.authority.rank, claim.source, claim.observed_at.date())


def contradicts_itself(sighting: Sighting) -> bool:
    """Is the stated release months before the date in the model's own name? Then the statement is wrong."""
    parsed = parse_date(sighting.claim.date or "")
    if not parsed or not sighting.dated or sighting.dated.year is None:
        return False
    named = sighting.dated.resolve(None)
    return named is not None and named - parsed[0] > MONTHS_BEFORE


def first(values: Iterable[Value | None]) -> Value | None:
    return next((value for value in values if value), None)


def repositories(claims: Sequence[Claim]) -> tuple[str, ...]:
    named = {claim.hub_repository for claim in claims if claim.hub_repository}
    return tuple(sorted(named | {claim.model for claim in claims if claim.source in (HUB, OPEN_LLM)}))
