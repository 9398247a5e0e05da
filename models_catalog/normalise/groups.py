"""All sightings of one model -> its one row, its snapshots and its slug."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypedDict, TypeVar

from models_catalog.normalise.authorities import HUB, OPEN_LLM, VERSIONS
from models_catalog.normalise.countries import first_country
from models_catalog.normalise.dates import parse_date
from models_catalog.normalise.disagreements import sentences
from models_catalog.normalise.names import SUFFIX_LAST
from models_catalog.normalise.openness import facts_of, grade, licence_disagreements
from models_catalog.normalise.organizations import Organizations, organization_slug
from models_catalog.normalise.records import Claim, Model
from models_catalog.normalise.releases import (
    LISTING_RANK,
    DateClaim,
    date_claim,
    date_disagreements,
    no_later_than,
    released_of,
    weights_out,
)
from models_catalog.normalise.sightings import Sighting, slug_of
from models_catalog.normalise.titles import title_of
from models_catalog.normalise.weights import MODELS_DEV, OSAI, OWN_SERVICE, access_disagreements
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
    best, claims = group.sightings[0], group.claims
    developer = orgs.developers.get(best.authority.organization)
    own = developer.hub if developer else frozenset()
    stating = (*map(of_own_service, claims), *beside.witnesses)
    review = slug if beside.reviewed else None
    facts = facts_of(stating, own, review)
    graded, licence = grade(facts), facts.licences[0] if facts.licences else None
    dates = dates_in(group)
    released = release_in(group, dates, facts.access, beside.weights)
    differing = (
        *date_disagreements(released, (*dates, *days_beside(beside.witnesses))),
        *access_disagreements(stating, own, review),
        *licence_disagreements(facts),
    )
    return Model(
        slug=slug,
        name=title_of(best),
        words=best.words,
        organization=organization_slug(best.authority.organization),
        family=family_of(best, orgs) if developer else None,
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
        licence=licence.stated if licence else None,
        licence_link=licence.link if licence else None,
        conflicts=(*sentences(differing), *corrections_in(claims)),
        disagreements=differing,
        **stated_in(claims, beside.witnesses),
    )


def days_beside(witnesses: Iterable[Claim]) -> list[DateClaim]:
    """Days that are set against the accepted one, and never accepted."""
    stated = (day_beside(claim) for claim in witnesses if claim.board == VERSIONS)
    return [claim for claim in stated if claim]


def day_beside(claim: Claim) -> DateClaim | None:
    found = date_claim(claim.date, claim.date_kind, LISTING_RANK, claim.source, claim.observed_at.date())
    return replace(found, file="index by version") if found else None


def of_own_service(claim: Claim) -> Claim:
    """A provider's entry that stands among a model's own sightings is of its developer's service (authorities.py)."""
    hosted = claim.source == MODELS_DEV and claim.board != "models"
    return replace(claim, board=OWN_SERVICE) if hosted else claim


class Stated(TypedDict):
    """The fields of a model's row that are taken from its claims as they stand."""

    parameters: int | None
    context_tokens: int | None
    modalities_in: tuple[str, ...]
    modalities_out: tuple[str, ...]
    hub_repositories: tuple[str, ...]
    base_model: str | None
    known_as: tuple[tuple[str, str], ...]


def stated_in(claims: Sequence[Claim], witnesses: Sequence[Claim] = ()) -> Stated:
    names = {(claim.source, name) for claim in claims for name in (claim.model, claim.name)}
    return Stated(
        parameters=first(claim.parameters for claim in claims),
        context_tokens=first(claim.context_tokens for claim in claims),
        modalities_in=first(claim.modalities_in for claim in claims) or (),
        modalities_out=first(claim.modalities_out for claim in claims) or (),
        hub_repositories=repositories(claims),
        base_model=first(claim.base_model for claim in (*claims, *witnesses) if claim.source != OSAI),
        known_as=tuple(sorted(names)),
    )


def family_of(sighting: Sighting, orgs: Organizations) -> str | None:
    line = orgs.line_of(sighting.title.no_suffix.key, sighting.authority.organization)
    return line.slug if line else None


def release_in(
    group: Group, dates: Sequence[DateClaim], access: Access, weights: date | None
) -> DateClaim | None:
    """When the model came out; of open weights, when they could be downloaded."""
    released = no_later_than(released_of(dates), checkpoint_dates_in(group))
    return weights_out(released, dates, weights) if released and access is Access.OPEN else released


def corrections_in(claims: Sequence[Claim]) -> list[str]:
    return sorted({sentence for claim in claims for sentence in claim.corrected})


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
    """Each once, as the Hub spells it, else as the best source does."""
    of_the_hub = [claim.model for claim in claims if claim.source in (HUB, OPEN_LLM)]
    spelled = dict[str, str]()
    for name in (*of_the_hub, *(claim.hub_repository for claim in claims if claim.hub_repository)):
        spelled.setdefault(name.lower(), name)
    return tuple(sorted(spelled.values()))
