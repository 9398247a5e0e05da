"""A catalogue's names, ready to be looked up on every rung of the ladder."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from models_catalog.normalise.names import Name, key_of
from models_catalog.normalise.records import Catalogue, Target
from models_catalog.normalise.repositories import QUANTISED
from models_catalog.normalise.stems import Stems

Key = tuple[str, str]  # compact words, the text of the date in the name
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Index:
    anywhere: dict[str, set[Target]] = field(default_factory=lambda: defaultdict(set))
    own: dict[Key, set[Target]] = field(default_factory=lambda: defaultdict(set))
    stated: dict[Key, set[Target]] = field(default_factory=lambda: defaultdict(set))
    tokens: dict[tuple[Words, str], set[Target]] = field(default_factory=lambda: defaultdict(set))

    def named(self, form: Name) -> set[Target]:
        """Models with this name in this order: their own stem before what sources also call them."""
        key = (form.key, str(form.dated or ""))
        return self.own.get(key) or self.stated.get(key) or set()

    def by_tokens(self, form: Name) -> set[Target]:
        """Models with these words in any order."""
        return self.tokens.get((tuple(sorted(form.words)), str(form.dated or "")), set())

    def by_stem(self, form: Name) -> set[Target]:
        """Models with these words in any order, whatever date the name carries."""
        return self.own.get((form.key, "")) or self.tokens.get((tuple(sorted(form.words)), ""), set())


def index_of(catalogue: Catalogue, stems: Stems) -> Index:
    """Every model and snapshot under its stem, its slug and each name an authority uses for it.

    A third party's repository is found by its whole name only: what its name resembles says nothing.
    """
    index = Index()
    for model in catalogue.models.values():
        target = Target(model.slug)
        index.anywhere[model.slug].add(target)
        if not model.listed:
            continue
        index.anywhere[model.name].add(target)
        index.own[key_of(model.words), ""].add(target)
        index.tokens[tuple(sorted(model.words)), ""].add(target)
    for snapshot in catalogue.snapshots.values():
        words, target = catalogue.models[snapshot.model].words, Target(snapshot.model, snapshot.slug)
        index.anywhere[snapshot.slug].add(target)
        index.own[key_of(words), snapshot.stamp].add(target)
        index.tokens[tuple(sorted(words)), snapshot.stamp].add(target)
    for (_, raw), target in catalogue.names.items():
        index.anywhere[raw].add(target)
        if not catalogue.models[target.model].listed or target.variant == QUANTISED:
            continue
        whole = stems.of(raw).whole
        index.stated[whole.key, str(whole.dated or "")].add(target)
    return index
