"""One claim read: whose model it is about, under which stem, which checkpoint. Each claim by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from models_catalog.normalise.aliases import Alias, Aliases
from models_catalog.normalise.authorities import HUB, OPEN_LLM, Authority, authority_of, could_state
from models_catalog.normalise.datednames import DateInName, date_in
from models_catalog.normalise.names import Name, read_name, words_of
from models_catalog.normalise.organizations import Organizations, compact
from models_catalog.normalise.records import Claim
from models_catalog.normalise.slugs import MODEL_LENGTH, slug_from
from models_catalog.normalise.stems import Stem, Stems

GLUED = frozenset(
    {"qwen", "codeqwen", "lfm", "hy", "starcoder", "internlm", "internvl", "chatglm", "baichuan"}
)
QUIET_VARIANTS = frozenset({"tokens", "effort", "older", "prev", "deprecated"})


@dataclass(frozen=True, slots=True)
class Sighting:
    """A claim with the right to say that a model exists, and which one it means.

    `words` is the stem: two sightings of one organisation with the same words in any order are one model.
    `pinned` is the slug an alias names for it.
    """

    claim: Claim
    authority: Authority
    words: tuple[str, ...]
    dated: DateInName | None
    variant: str
    title: Stem
    stems: tuple[Stem, ...]  # of every name the claim gives: display name, id
    pinned: str = ""

    @property
    def group(self) -> tuple[str, tuple[str, ...]]:
        """Whose it is, and its words as its slug spells them: a reviewed name gives a slug, in which 7.1b is 7-1b."""
        return self.authority.organization, tuple(sorted(words_of(slug_of(self.words)) or self.words))


def sighting_of(claim: Claim, names: Stems) -> Sighting | None:
    """What this claim says exists; None if it may not say so, or names something that is no model."""
    aliases, orgs = names.aliases, names.orgs
    if not could_state(claim, orgs) or not texts_of(claim):
        return None
    stems = best_first(tuple(names.of(text) for text in texts_of(claim)), claim, orgs)
    authority = authority_of(claim, stems[0], orgs)
    alias = first_alias(stems, claim.source, aliases)
    if authority is None or stems[0].whole.several or (alias and not alias.target):
        return None
    if names.of(claim.model).whole.moving and not alias:
        return None
    dated = next((stem.whole.dated for stem in stems if stem.whole.dated), None)
    variant = variant_text(stems[0].no_suffix)
    if alias:
        dated = date_of_alias(alias) or dated
        words = words_of(alias.model)
        return Sighting(
            claim, authority, words, dated, alias.variant or variant, stems[0], stems, alias.model
        )
    title = next((stem for stem in stems if stem.words), None)  # a name without a Latin letter has no words
    return Sighting(claim, authority, title.words, dated, variant, title, stems) if title else None


def texts_of(claim: Claim) -> list[str]:
    """The claim's names, the best one for its stem first: the display name, but on the Hub the id."""
    texts = [claim.model] if claim.source in (HUB, OPEN_LLM) else [claim.name, claim.model]
    return list(dict.fromkeys(text for text in texts if text.strip()))


def best_first(stems: tuple[Stem, ...], claim: Claim, orgs: Organizations) -> tuple[Stem, ...]:
    """The display name first, unless only the id begins like one of the developer's product lines:
    "Nano Banana" is `gemini-2.5-flash-image`, "R1" is `deepseek-r1`."""
    if len(stems) < 2:
        return stems
    developer = stems[1].owner.developer or orgs.by_provider.get(compact(claim.model.split("/")[0]))
    shown, identified = (orgs.line_of(stem.no_suffix.key, developer) for stem in stems)
    return (stems[1], stems[0]) if developer and identified and not shown else stems


def first_alias(stems: Iterable[Stem], source: str, aliases: Aliases) -> Alias | None:
    """The reviewed statement about any of the names."""
    for stem in stems:
        if found := alias_of(stem, source, aliases):
            return found[0]
    return None


def alias_of(stem: Stem, source: str | None, aliases: Aliases) -> tuple[Alias, Name] | None:
    """The statement about this name with the least taken off, and the form it was found under.

    On the Hub a statement about the repository goes first.
    """
    whole = read_name(stem.whole.raw)
    if alias := aliases.of_repository(whole, source):
        return alias, whole
    for name in (whole, stem.whole, stem.no_variant, stem.no_suffix):
        if alias := aliases.find(name, source):
            return alias, name
    return None


def date_of_alias(alias: Alias) -> DateInName | None:
    return date_in(alias.snapshot) if alias.snapshot else None


def variant_text(name: Name, *more: str) -> str:
    """Words about how a model was run or packed, in one order: "32k thinking"."""
    words = {
        word for text in (*name.variant, *more) for word in [text] if word and word not in QUIET_VARIANTS
    }
    return " ".join(sorted(words))


def slug_of(words: tuple[str, ...]) -> str:
    """("deepseek", "v", "3.2") -> "deepseek-v3-2": hyphens for dots, so that it is a slug to any router."""
    parts: list[str] = []
    for word in words:
        letter = bool(parts) and len(parts[-1]) == 1 and parts[-1].isalpha() and word[0].isdigit()
        version = bool(parts) and parts[-1] in GLUED and re.fullmatch(r"[\d.]+", word)
        if letter or version:
            parts[-1] += word
        else:
            parts.append(word)
    return slug_from("-".join(parts), MODEL_LENGTH)
