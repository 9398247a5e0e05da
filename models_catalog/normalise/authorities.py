"""Which claims may say that a model exists, and how far each is believed.

Hosts and third parties never create a model: their entries are names to resolve. A moving alias
("…-latest") is not a model either, and a router is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models_catalog.normalise.dates import parse_date
from models_catalog.normalise.organizations import Organizations, compact
from models_catalog.normalise.records import Claim
from models_catalog.normalise.stems import Stem

EPOCH, MODELS_DEV, OPENROUTER, HUB = "epoch", "models-dev", "openrouter", "huggingface"
OPEN_LLM = "open-llm-leaderboard"  # its rows are repositories on the Hub
VERSIONS = (
    "epoch_capabilities_index"  # Epoch AI's file of versions: its days are set against others, none counts
)
CATALOGUE = "catalogue"  # our reviewed list of models no other source states, see curated.py
FIRST_LANGUAGE_MODELS = date(2018, 1, 1)
CHATBOTS = date(2022, 11, 30)  # before, the database is mostly papers: only product lines we list count
TEXT_DOMAINS = ("language", "multimodal")
HUB_TASKS = frozenset(
    {
        *("text-generation", "text2text-generation", "conversational", "image-text-to-text"),
        *("any-to-any", "video-text-to-text", "audio-text-to-text"),
    }
)


@dataclass(frozen=True, slots=True)
class Authority:
    """`organization` is a slug of organizations.toml, or a plain label it does not list. Rank 0 is believed most."""

    rank: int
    organization: str
    listing: bool = False  # its date is when it was listed, not when the model came out


def could_state(claim: Claim, orgs: Organizations) -> bool:
    """Is this a place from which claims may create models at all? Cheap: asked of every host's entry."""
    owner = compact(claim.model.lstrip("~").partition("/")[0])
    if claim.source == MODELS_DEV and claim.board != "models":
        return owner in orgs.by_provider
    if claim.source in (MODELS_DEV, OPENROUTER):
        return owner in orgs.by_namespace
    if claim.source in (HUB, OPEN_LLM):
        return owner in orgs.by_hub
    return claim.source == CATALOGUE or (claim.source == EPOCH and claim.board != VERSIONS)


def authority_of(claim: Claim, stem: Stem, orgs: Organizations) -> Authority | None:
    """The claim's right to create a model; None if it has none."""
    if claim.source == EPOCH:
        return epoch(claim, stem, orgs)
    if claim.source == MODELS_DEV:
        return models_dev(claim, stem, orgs)
    if claim.source == OPENROUTER:
        developer = orgs.by_namespace.get(compact(claim.model.lstrip("~").split("/")[0]))
        return Authority(4, developer, listing=True) if developer else None
    if claim.source == CATALOGUE:
        known = orgs.labelled(claim.organization)
        return Authority(4, known or claim.organization) if claim.organization else None
    return hub(claim, stem, orgs) if claim.source in (HUB, OPEN_LLM) else None


def epoch(claim: Claim, stem: Stem, orgs: Organizations) -> Authority | None:
    """Epoch AI's scored models, and of its database what can be used: language models, obtainable or by a known lab."""
    known = orgs.labelled(claim.organization, stem.no_suffix.key)
    line = orgs.line_of(stem.no_suffix.key, None)
    if "eci" in claim.board:
        organization = known or claim.organization or (line.organization if line else None)
        return Authority(0, organization) if organization else None
    stated = parse_date(claim.date) if claim.date else None
    if not claim.organization or not stated or stated[0] < FIRST_LANGUAGE_MODELS:
        return None
    if claim.task and not any(domain in claim.task.lower() for domain in TEXT_DOMAINS):
        return None
    words = (claim.access_claim or "").lower()
    in_line = orgs.line_of(stem.no_suffix.key, known) if known else None
    if words == "unreleased" or not (words or in_line) or (stated[0] < CHATBOTS and not in_line):
        return None
    return Authority(1, known or claim.organization)


def models_dev(claim: Claim, stem: Stem, orgs: Organizations) -> Authority | None:
    """The provider-independent list, and the developers' own providers for models of their own lines."""
    first = compact(claim.model.split("/")[0])
    if claim.board == "models":
        developer = orgs.by_namespace.get(first)
        return Authority(2, developer) if developer else None
    developer = orgs.by_provider.get(first)
    if (
        developer
        and orgs.line_of(stem.no_suffix.key, developer)
        and stem.owner.developer in (None, developer)
    ):
        return Authority(3, developer)
    return None


def hub(claim: Claim, stem: Stem, orgs: Organizations) -> Authority | None:
    """A repository in the developer's own namespace that generates text. A bare name never makes one, nor does
    one that begins like another developer's product line: a copy, or a fine-tune under its base's name."""
    developer = orgs.by_hub.get(compact(claim.model.split("/")[0]))
    if developer and names_another(stem, developer, orgs):
        return None
    if developer and claim.source == OPEN_LLM:
        return Authority(6, developer) if "/" in claim.model else None
    if developer and claim.hub_id and claim.task in (None, "", *HUB_TASKS):
        return Authority(5, developer)
    return None


def names_another(stem: Stem, developer: str, orgs: Organizations) -> bool:
    """Does the name begin like another developer's product line, or with another developer's own name?"""
    name = stem.no_suffix
    first = orgs.strips.get(name.words[0], ()) if name.words else ()
    if any(slug != developer and name.words[: len(words)] == words for words, slug in first):
        return True
    line = orgs.line_of(name.key, None)
    return bool(line and line.organization != developer and not orgs.line_of(name.key, developer))
