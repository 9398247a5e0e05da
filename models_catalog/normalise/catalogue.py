"""Claims and reviewed files -> the catalogue: a pure function, the same from any order of claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from models_catalog.normalise.aliases import Aliases
from models_catalog.normalise.authorities import CATALOGUE, EPOCH
from models_catalog.normalise.checkpoints import snapshots_in
from models_catalog.normalise.corrections import Correction, corrected, shipped_corrections, weights_days
from models_catalog.normalise.groups import Beside, Group, model_of, pick_slug
from models_catalog.normalise.holding import each_in_one
from models_catalog.normalise.openness import tier_of
from models_catalog.normalise.organizations import Organizations, organization_slug, organizations
from models_catalog.normalise.records import Catalogue, Claim, Family, Model, Organization, Snapshot, Target
from models_catalog.normalise.repositories import third_parties
from models_catalog.normalise.shown import with_names
from models_catalog.normalise.sightings import Sighting, sighting_of
from models_catalog.normalise.stems import Stems
from models_catalog.normalise.witnesses import witnesses_in
from models_catalog.vocabulary import Tier

Names = dict[tuple[str, str], set[Target]]
Key = tuple[str, tuple[str, ...]]  # of a group: its organisation and the words of its stem


def build(
    claims: Iterable[Claim],
    aliases: Aliases,
    orgs: Organizations | None = None,
    corrections: Iterable[Correction] | None = None,
    *,
    reviewed_by_model: bool = True,
) -> Catalogue:
    """Everything that exists, as far as these claims and reviewed files say.

    A model exists if an authority states it (`authorities.py`); its sightings in several sources meet under
    one organisation and one stem. Order of claims does not matter, and a claim twice is a claim once.
    `orgs` and `corrections` default to the shipped reviewed files. `reviewed_by_model` False leaves out what our lists
    say of a model's access and licence: how far the sources alone would get (`manage.py openness_report`).
    """
    orgs = orgs or organizations()
    reviewed = shipped_corrections() if corrections is None else tuple(corrections)
    counting = set(claims) if reviewed_by_model else {without_review(claim) for claim in claims}
    right, weights = corrected(counting, reviewed), weights_days(reviewed)
    groups = grouped(right, aliases, orgs)
    plan = Plan(right, groups, slugs_of(groups), weights, aliases, orgs, reviewed_by_model)
    catalogue = assembled(plan, {})
    witnesses = witnesses_in(right, catalogue, aliases, orgs)
    return assembled(plan, witnesses) if witnesses else catalogue


def without_review(claim: Claim) -> Claim:
    return replace(claim, access_claim=None, licence=None) if claim.source == CATALOGUE else claim


@dataclass(frozen=True, slots=True)
class Plan:
    """What the catalogue is assembled from: claims, groups of sightings, their slugs, the reviewed files."""

    claims: Sequence[Claim]
    groups: Mapping[Key, Group]
    slugs: Mapping[Key, str]
    weights: Mapping[str, date]
    aliases: Aliases
    orgs: Organizations
    reviewed_by_model: bool


def assembled(plan: Plan, witnesses: Mapping[str, Sequence[Claim]]) -> Catalogue:
    """The catalogue, with what witnesses state about its models (by slug) counted in."""
    models: dict[str, Model] = {}
    snapshots: dict[str, Snapshot] = {}
    names: Names = defaultdict(set)
    for key in sorted(plan.groups):
        group, slug = plan.groups[key], plan.slugs[key]
        stating = Beside(witnesses.get(slug, ()), plan.weights.get(slug), plan.reviewed_by_model)
        models[slug] = model_of(slug, group, plan.orgs, stating)
        own = snapshots_in(models[slug], group, plan.aliases.stamps_of(slug))
        snapshots.update({snapshot.slug: snapshot for snapshot in own.values()})
        for sighting in group.sightings:
            add_names(names, sighting, slug, own)
    meant = {key: target for key, found in names.items() if (target := agreed(found))}
    models, holder = each_in_one(models, meant)
    others = third_parties(plan.claims, Stems(plan.aliases, plan.orgs), holder, models)
    return Catalogue(
        organizations=others.organizations | organizations_in(models, plan.groups, plan.orgs),
        families=families_in(models, plan.orgs),
        models=with_names(bound(models, meant) | others.models),
        snapshots=snapshots,
        names=others.names | meant,
    )


def bound(models: dict[str, Model], meant: Mapping[tuple[str, str], Target]) -> dict[str, Model]:
    """The models, those that Epoch AI says were made from weights for research only marked as bound by that."""
    found = dict(models)
    for slug, model in models.items():
        target = meant.get((EPOCH, model.base_model or ""))
        base = models.get(target.model) if target and target.model != slug else None
        if base and base.tier is Tier.RESEARCH:
            facts = replace(model.openness, bound_by=base.name)
            tier, reason = tier_of(facts)
            found[slug] = replace(model, openness=facts, tier=tier, tier_reason=reason)
    return found


def add_names(names: Names, sighting: Sighting, slug: str, own: dict[str, Snapshot]) -> None:
    """What the claim's id and display name mean. An undated display name means the model, not the dated
    checkpoint that its id says it is."""
    dated = own.get(str(sighting.dated)) if sighting.dated else None
    for stem in sighting.stems:
        text = stem.whole.raw
        whole = text == sighting.claim.model or stem.whole.dated is not None
        snapshot = dated.slug if dated and whole else None
        names[sighting.claim.source, text].add(Target(slug, snapshot, sighting.variant))


def grouped(
    claims: Iterable[Claim], aliases: Aliases, orgs: Organizations
) -> dict[tuple[str, tuple[str, ...]], Group]:
    found: dict[tuple[str, tuple[str, ...]], list[Sighting]] = defaultdict(list)
    names = Stems(aliases, orgs)
    for claim in claims:
        if sighting := sighting_of(claim, names):
            found[sighting.group].append(sighting)
    return {key: Group.of(sightings) for key, sightings in found.items()}


def slugs_of(groups: dict[tuple[str, tuple[str, ...]], Group]) -> dict[tuple[str, tuple[str, ...]], str]:
    """One slug a group. Where two organisations have a model of one name, each carries its organisation, unless
    one of them is stated by a better authority: a repository's name never moves a known model's address."""
    wanted: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
    for key, group in groups.items():
        wanted[pick_slug(group)].append(key)
    found: dict[tuple[str, tuple[str, ...]], str] = {}
    for slug, keys in wanted.items():
        ranks = sorted((groups[key].sightings[0].authority.rank, key) for key in keys)
        first = ranks[0][1] if len(ranks) == 1 or ranks[0][0] < ranks[1][0] else None
        found |= {key: slug if key == first else f"{organization_slug(key[0])}-{slug}" for key in keys}
    return found


def agreed(targets: set[Target]) -> Target | None:
    """What all claims under one name mean together: at least the model, or nothing."""
    if len(targets) == 1:
        return next(iter(targets))
    if len({target.model for target in targets}) > 1:
        return None
    snapshots = {target.snapshot for target in targets}
    variants = {target.variant for target in targets}
    return Target(
        next(iter(targets)).model,
        snapshots.pop() if len(snapshots) == 1 else None,
        variants.pop() if len(variants) == 1 else "",
    )


def organizations_in(
    models: dict[str, Model], groups: Mapping[Key, Group], orgs: Organizations
) -> dict[str, Organization]:
    found: dict[str, Organization] = {}
    for organization, _ in sorted(groups):
        slug = organization_slug(organization)
        if developer := orgs.developers.get(organization):
            found[slug] = Organization(slug, developer.name, developer.country)
        elif slug not in found:
            found[slug] = Organization(slug, organization.partition(",")[0].strip(), "")
    for key, group in sorted(groups.items()):
        slug = organization_slug(key[0])
        if not found[slug].country and group.country and key[0] not in orgs.developers:
            found[slug] = Organization(slug, found[slug].name, group.country)
    return {slug: found[slug] for slug in sorted({model.organization for model in models.values()})}


def families_in(models: dict[str, Model], orgs: Organizations) -> dict[str, Family]:
    used = {model.family for model in models.values()}
    return {
        line.slug: Family(line.slug, line.name, line.organization)
        for line in sorted(orgs.lines, key=lambda line: line.slug)
        if line.slug in used
    }
