"""From a name to its stem, one step at a time: the steps are the rungs of the identity ladder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from models_catalog.normalise.aliases import Aliases
from models_catalog.normalise.names import Name, read_name, without_suffix, without_variant
from models_catalog.normalise.organizations import Organizations, compact

Step = Callable[[Name, frozenset[str]], Name]


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a name says it is. `developer` None with `foreign` True: a namespace nobody has reviewed."""

    developer: str | None = None
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class Stem:
    """One name on every rung, least taken off first, and whose it says it is."""

    whole: Name
    no_variant: Name
    no_suffix: Name
    owner: Owner

    @property
    def words(self) -> tuple[str, ...]:
        return self.no_suffix.words


class Stems:
    """Reads names against one set of reviewed files, each spelling once."""

    def __init__(self, aliases: Aliases, orgs: Organizations) -> None:
        self.aliases = aliases
        self.orgs = orgs
        self.read: dict[str, Stem] = {}

    def of(self, raw: str) -> Stem:
        """Take off, in order: organisation words, variant words, suffix words."""
        if raw not in self.read:
            name = read_name(raw)
            owner = owner_of(name, self.orgs)
            whole, stripped = without_organization(name, owner, self.orgs)
            no_variant = spared(whole, self.aliases, without_variant)
            no_suffix = spared(no_variant, self.aliases, without_suffix)
            owner = Owner(stripped) if stripped and not owner.developer else owner
            self.read[raw] = Stem(whole, no_variant, no_suffix, owner)
        return self.read[raw]


def spared(name: Name, aliases: Aliases, step: Step) -> Name:
    """One step, unless the name is one that stands as it is."""
    if name.key in aliases.separate:
        return name
    shorter = step(name, aliases.modes_of(name))
    return closest_separate(name, shorter, aliases)


def closest_separate(name: Name, shorter: Name, aliases: Aliases) -> Name:
    """Stop on the way at a name that stands by itself: "o1-preview high" loses "high", never "preview"."""
    for length in range(len(name.words) - 1, len(shorter.words), -1):
        candidate = replace(name, words=name.words[:length])
        if candidate.key in aliases.separate:
            return replace(candidate, variant=(*name.variant, *name.words[length:]))
    return shorter


def owner_of(name: Name, orgs: Organizations) -> Owner:
    """The nearest namespace that means a developer; hosts say nothing; an unknown one makes it foreign."""
    foreign = False
    for part in reversed(name.owners):
        key = compact(part)
        if developer := orgs.by_namespace.get(key):
            return Owner(developer)
        foreign = foreign or key not in orgs.hosts
    if foreign:
        return Owner(foreign=True)
    return Owner(orgs.labelled(name.vendor)) if name.vendor else Owner()


def without_organization(name: Name, owner: Owner, orgs: Organizations) -> tuple[Name, str | None]:
    """The name without its organisation's words in front, and which organisation they named."""
    for words, slug in orgs.strips.get(name.words[0], ()) if name.words else ():
        named = owner.developer in (None, slug) and name.words[: len(words)] == words
        if named and len(name.words) > len(words):
            return replace(name, words=name.words[len(words) :]), slug
    return name, None
