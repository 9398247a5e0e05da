"""Repositories outside the developers' own: whose model each of them is.

A repository is identified by its name on the Hub, never by what the name resembles. A quantised copy belongs to
the model it declares as its base; a fine-tune, merge or adapter is a model of its own, under its own
organisation and unlisted. So is a third party's repository that only its copies name: it holds them together, and
nothing else is known of it. What declares neither waits for a reviewer: a name alone cannot tell a copy from a
fine-tune. So does a copy whose base is said to lie in a developer's own namespace, where no model is known by it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from models_catalog.normalise.authorities import HUB, OPEN_LLM
from models_catalog.normalise.dates import parse_date
from models_catalog.normalise.names import read_name, words_of
from models_catalog.normalise.openness import facts_of, tier_of
from models_catalog.normalise.organizations import Organizations, compact
from models_catalog.normalise.records import Claim, Model, Organization, Target
from models_catalog.normalise.slugs import MODEL_LENGTH, ORGANIZATION_LENGTH, slug_from
from models_catalog.normalise.stems import Stems
from models_catalog.vocabulary import DateKind

QUANTISED = "quantized"  # the Hub's word
OWN_WORK = frozenset({"finetune", "merge", "adapter"})


@dataclass(slots=True)
class Repositories:
    """What is made of them: models and organisations by slug, and what each name means."""

    models: dict[str, Model] = field(default_factory=dict)
    organizations: dict[str, Organization] = field(default_factory=dict)
    names: dict[tuple[str, str], Target] = field(default_factory=dict)


def unreviewed(claims: Iterable[Claim], orgs: Organizations) -> dict[str, list[Claim]]:
    """Claims about repositories that may belong to no model yet, by the repository's name in lower case.

    Of a developer's own namespace only what was scored: the rest there may be no model at all.
    """
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        owner, slash, repository = claim.model.partition("/")
        if claim.source not in (HUB, OPEN_LLM) or not slash or not repository:
            continue
        if claim.source == OPEN_LLM or compact(owner) not in orgs.by_hub:
            found.setdefault(claim.model.lower(), []).append(claim)
    return found


def third_parties(
    claims: Iterable[Claim], reading: Stems, stated_of: Mapping[str, str], taken: Collection[str]
) -> Repositories:
    """Models of third parties, and quantised copies of models.

    `stated_of` gives the slug of the model that an authority says a repository holds, by its name in lower case;
    `taken` are slugs that are models already. What a reviewer said of a repository counts like an authority's word.
    """
    made, orgs = Repositories(), reading.orgs
    groups = {name: sorted(stated, key=order) for name, stated in sorted(unreviewed(claims, orgs).items())}
    reviewed = reviewed_of(groups, reading, taken)
    known = {**reviewed, **stated_of}
    own = {
        name: own_slug(name, taken)
        for name, stated in groups.items()
        if name not in known and is_own_work(stated)
    }
    for name, slug in own.items():
        add_model(made, slug, groups[name], orgs)
    for base in sorted(named_by_copies(groups, orgs, known)):
        own[base.lower()] = slug = own_slug(base.lower(), taken)
        add_base(made, slug, base, orgs)
    bases = {**own, **known}
    for name, stated in groups.items():
        if name in reviewed:  # the statement itself says what it means, with checkpoint and variant
            continue
        if target := meaning(name, stated, bases):
            made.names.update({(claim.source, claim.model): target for claim in stated})
    return made


def reviewed_of(
    groups: Mapping[str, Sequence[Claim]], reading: Stems, taken: Collection[str]
) -> dict[str, str]:
    """The models that reviewed statements say these repositories, and the bases their copies declare, hold."""
    bases = {claim.base_model.lower() for claims in groups.values() for claim in claims if claim.base_model}
    found = {name: reviewed_model(name, reading) for name in {*groups, *bases}}
    return {name: slug for name, slug in found.items() if slug in taken}


def reviewed_model(name: str, reading: Stems) -> str:
    """A statement about a name without an owner tells of its developers' own repositories only."""
    read = read_name(name)
    alias = reading.aliases.of_repository(read, HUB)
    if alias is None and read.owners and compact(read.owners[-1]) in reading.orgs.by_hub:
        alias = reading.aliases.find(read, HUB)
    return alias.model if alias else ""


def order(claim: Claim) -> tuple[float, str, str]:
    """Newest statement first, then by text, so that the order is total."""
    return -claim.observed_at.timestamp(), claim.source, claim.model


def is_own_work(stated: Iterable[Claim]) -> bool:
    """Was it scored as a model of its own, or does it declare that it was trained or merged from another?"""
    return any(claim.source == OPEN_LLM or relations(claim) & OWN_WORK for claim in stated)


def relations(claim: Claim) -> frozenset[str]:
    return frozenset((claim.base_relation or "").split(","))


def meaning(name: str, stated: Iterable[Claim], bases: Mapping[str, str]) -> Target | None:
    """The model this repository holds, or the one it declares to be a quantised copy of."""
    if name in bases:
        return Target(bases[name])
    for claim in stated:
        base = bases.get((claim.base_model or "").lower())
        if base and relations(claim) == {QUANTISED}:
            return Target(base, None, QUANTISED)
    return None


def named_by_copies(
    groups: Mapping[str, Sequence[Claim]], orgs: Organizations, known: Collection[str]
) -> list[str]:
    """Third parties' repositories that quantised copies declare as their base, and that no list has shown."""
    stated = (claim for claims in groups.values() for claim in claims if relations(claim) == {QUANTISED})
    spelled: dict[str, str] = {}
    for base in sorted(claim.base_model or "" for claim in stated):
        owner, slash, repository = base.partition("/")
        if slash and repository and compact(owner) not in orgs.by_hub and "," not in base:
            spelled.setdefault(base.lower(), base)
    return [base for name, base in spelled.items() if name not in groups and name not in known]


def own_slug(name: str, taken: Collection[str]) -> str:
    """Owner and repository, so that it can never be mistaken for the model it was made from."""
    slug = slug_from(name, MODEL_LENGTH)
    return slug if slug not in taken else slug_from(f"hub {name}", MODEL_LENGTH)


def organization_of(owner: str, orgs: Organizations) -> Organization:
    if developer := orgs.developers.get(orgs.by_hub.get(compact(owner), "")):
        return Organization(developer.slug, developer.name, developer.country)
    slug = slug_from(owner.lower(), ORGANIZATION_LENGTH)
    if slug in orgs.developers or compact(owner) in orgs.by_label:
        slug = slug_from(f"hub {owner.lower()}", ORGANIZATION_LENGTH)
    return Organization(slug, owner, "")


def add_model(made: Repositories, slug: str, stated: list[Claim], orgs: Organizations) -> None:
    owner, _, repository = stated[0].model.partition("/")
    organization = organization_of(owner, orgs)
    made.organizations[organization.slug] = organization
    model = repository_model(slug, repository, organization.slug, owner, stated)
    made.models[slug] = replace(model, hub_repositories=(stated[0].model,))


def add_base(made: Repositories, slug: str, name: str, orgs: Organizations) -> None:
    """A model that only copies name: none of its own was seen, so neither its day nor its weights are known."""
    owner, _, repository = name.partition("/")
    organization = organization_of(owner, orgs)
    made.organizations.setdefault(organization.slug, organization)
    made.models[slug] = repository_model(slug, repository, organization.slug, owner, [])


def repository_model(slug: str, repository: str, organization: str, owner: str, stated: list[Claim]) -> Model:
    """The model's row: what its own repository states, newest first."""
    facts = facts_of(stated, frozenset({compact(owner)}))
    tier, tier_reason = tier_of(facts)
    dated = next((claim for claim in stated if claim.date and parse_date(claim.date)), None)
    day, precision = (parse_date(dated.date) if dated and dated.date else None) or (None, None)
    return Model(
        slug=slug,
        name=repository,
        words=words_of(repository.lower()),
        organization=organization,
        family=None,
        released=day,
        released_kind=DateKind.WEIGHTS if day else None,
        released_precision=precision,
        released_source=dated.source if dated else None,
        access=facts.access,
        access_reason=facts.access_reason,
        access_source=facts.access_source,
        tier=tier,
        tier_reason=tier_reason,
        openness=facts,
        licence=facts.licences[0].stated if facts.licences else None,
        licence_link=facts.licences[0].link if facts.licences else None,
        parameters=next((claim.parameters for claim in stated if claim.parameters), None),
        context_tokens=None,
        modalities_in=(),
        modalities_out=(),
        hub_repositories=(),
        base_model=next((claim.base_model for claim in stated if claim.base_model), None),
        conflicts=(),
        known_as=tuple(sorted({(claim.source, claim.model) for claim in stated})),
        listed=False,
    )
