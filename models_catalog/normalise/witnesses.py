"""Statements that name models but create none: the developers' own pages, the European index, rows of Epoch
AI's database that may not create a model (without a day, or from before chatbots), the days in its file of versions,
and repositories of developers that the Hub's own lists were not read for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from models_catalog.normalise.aliases import Aliases
from models_catalog.normalise.authorities import EPOCH, HUB, VERSIONS
from models_catalog.normalise.openness import OWN_PAGES, WITNESSES
from models_catalog.normalise.organizations import Organizations, compact
from models_catalog.normalise.records import Catalogue, Claim, Resolution
from models_catalog.normalise.resolver import Resolver
from models_catalog.normalise.subjects import resolve_subject
from models_catalog.normalise.weights import UNRELEASED


def witnesses_in(
    claims: Iterable[Claim], catalogue: Catalogue, aliases: Aliases, orgs: Organizations
) -> dict[str, tuple[Claim, ...]]:
    """Model slug -> what witnesses state about it, in a stable order. A developer's page speaks of its own
    models only."""
    stating = sorted(
        (claim for claim in claims if claim.source in WITNESSES or beside(claim, catalogue, orgs)),
        key=lambda claim: (claim.source, claim.board, claim.model, claim.observed_at),
    )
    if not stating:
        return {}
    resolver = Resolver(catalogue, aliases, orgs)
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in stating:
        named = resolve_subject(resolver, claim.source, claim.model, claim.name, claim.organization)
        model = catalogue.models.get(named.model or "")
        if claim.board == VERSIONS and later_checkpoint(named, catalogue):
            continue
        if model and OWN_PAGES.get(claim.source, model.organization) == model.organization:
            found[model.slug].append(claim)
    return {slug: tuple(stated) for slug, stated in found.items()}


def later_checkpoint(named: Resolution, catalogue: Catalogue) -> bool:
    """Is it one whose day is not the model's?"""
    return named.snapshot is not None and not catalogue.is_first(catalogue.snapshots[named.snapshot])


def beside(claim: Claim, catalogue: Catalogue, orgs: Organizations) -> bool:
    """Is this a row of Epoch AI's that made no model, or a developer's repository of which the Hub's id is not known?
    Then it says what it says about the model it names."""
    if claim.board == VERSIONS:
        return True
    if claim.source == HUB:
        return not claim.hub_id and compact(claim.model.partition("/")[0]) in orgs.by_hub
    says = (claim.access_claim or "").lower() not in ("", UNRELEASED)
    made_none = claim.organization is None or (EPOCH, claim.model) not in catalogue.names
    return claim.source == EPOCH and says and made_none
