"""Who is this name? The identity ladder over a catalogue; nothing fuzzy is ever an answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from models_catalog.normalise.aliases import REPOSITORIES, Alias, Aliases
from models_catalog.normalise.authorities import MODELS_DEV
from models_catalog.normalise.datednames import DateInName, date_in
from models_catalog.normalise.index import Index, index_of
from models_catalog.normalise.moving import moving_of
from models_catalog.normalise.names import Name, read_name
from models_catalog.normalise.organizations import Organizations, compact, organizations
from models_catalog.normalise.records import Catalogue, Model, Resolution, Snapshot, Target
from models_catalog.normalise.sightings import alias_of, date_of_alias, variant_text
from models_catalog.normalise.stems import Stem, Stems
from models_catalog.normalise.suggestions import Suggester
from models_catalog.vocabulary import Precision, Rung

SAME_RELEASE = timedelta(days=3)


class Resolver:
    """Resolves names against one catalogue. Immutable after construction; build a new one for a new catalogue."""

    def __init__(self, catalogue: Catalogue, aliases: Aliases, orgs: Organizations | None = None) -> None:
        self.catalogue = catalogue
        self.aliases = aliases
        self.orgs = orgs or organizations()
        self.stems = Stems(aliases, self.orgs)
        self.index: Index = index_of(catalogue, self.stems)
        self.suggester = Suggester(catalogue)

    def resolve(
        self,
        name: str,
        *,
        source: str | None = None,
        organization: str | None = None,
        on: date | None = None,
    ) -> Resolution:
        """Which model, snapshot and variant does `name` mean, and by which rung?

        `source` is the slug of the source that wrote it; `organization` the developer it states, in its own
        words; `on` the day on which it was used, which a moving alias needs. A rung counts only with exactly
        one candidate; a rung with several ends the search. Slugs of the catalogue are names, too: resolving a
        resolved slug gives itself.
        """
        stem = self.stems.of(name)
        if found := self.settled(name, stem, source, on):
            return found
        if stem.whole.several or stem.whole.moving or stem.owner.foreign or not stem.whole.words:
            return self.unresolved(name, stem)
        hint = self.orgs.labelled(organization) or stem.owner.developer
        for rung, candidates, form in self.ladder(stem):
            fitting = self.fitting(candidates, hint, firm=not self.is_provider(stem, source))
            if len(fitting) == 1:
                return self.answer(name, with_variant(next(iter(fitting)), form), rung)
            if fitting:
                break
        return self.unresolved(name, stem)

    def settled(self, name: str, stem: Stem, source: str | None, on: date | None) -> Resolution | None:
        """What reviewed statements and the names themselves decide, with nothing taken off."""
        if self.is_third_partys(stem, source):
            return self.repository(name, source, stem)
        if target := self.moved(stem, source, on):
            return self.answer(name, target, Rung.ALIAS)
        if reviewed := alias_of(stem, source, self.aliases):
            return self.as_reviewed(name, stem, *reviewed)
        if target := self.exact(name.strip(), source):
            return self.answer(name, target, Rung.EXACT)
        return None

    def is_third_partys(self, stem: Stem, source: str | None) -> bool:
        """Is this a repository on the Hub in nobody's namespace whom we know as a developer?"""
        owners = stem.whole.owners
        return source in REPOSITORIES and bool(owners) and compact(owners[-1]) not in self.orgs.by_hub

    def repository(self, name: str, source: str | None, stem: Stem) -> Resolution:
        """A third party's repository is what was said of it, owner and name: its name alone cannot tell a copy
        from a fine-tune, and one that says "OpenAI-GPT-4o" holds no GPT-4o."""
        whole = read_name(name)
        if alias := self.aliases.of_repository(whole, source):
            return self.as_reviewed(name, stem, alias, whole)
        target = self.exact(name.strip(), source)
        return self.answer(name, target, Rung.EXACT) if target else self.unresolved(name, stem)

    def as_reviewed(self, name: str, stem: Stem, alias: Alias, form: Name) -> Resolution:
        target = self.alias_target(alias.model, date_of_alias(alias), alias.variant or variant_text(form))
        return self.answer(name, target, Rung.ALIAS) if target else self.unresolved(name, stem)

    def moved(self, stem: Stem, source: str | None, on: date | None) -> Target | None:
        """What a moving alias meant on that day, unless its source fixes the name to one model."""
        moving = moving_of(stem.whole)
        fixed = self.aliases.find(stem.whole, source)
        if moving is None or on is None or (fixed and fixed.target):
            return None
        held = moving.on(on)
        return self.alias_target(held.model, date_of_alias(held), held.variant) if held else None

    def ladder(self, stem: Stem) -> Iterator[tuple[Rung, set[Target], Name]]:
        """The candidates of every rung below exact, least taken off first."""
        for rung, form in (
            (Rung.NORMALISED, stem.whole),
            (Rung.VARIANT, stem.no_variant),
            (Rung.SUFFIX, stem.no_suffix),
        ):
            yield rung, self.index.named(form), form
        yield Rung.TOKENS, self.index.by_tokens(stem.no_suffix), stem.no_suffix
        if stem.whole.dated:
            yield Rung.FAMILY, self.dated(stem.no_suffix, stem.whole.dated), stem.no_suffix

    def exact(self, name: str, source: str | None) -> Target | None:
        """The name as a source wrote it, letter by letter: first in that source, then in any."""
        if source and (target := self.catalogue.names.get((source, name))):
            return target
        found = self.index.anywhere.get(name, set())
        return next(iter(found)) if len(found) == 1 else None

    def dated(self, form: Name, stamp: DateInName) -> set[Target]:
        """Models whose name is this one without its date, if one of their snapshots is of that date."""
        found: set[Target] = set()
        for target in self.index.by_stem(form):
            model = self.catalogue.models[target.model]
            snapshots = [item for item in self.catalogue.snapshots_of(model.slug) if means(stamp, item)]
            if len(snapshots) == 1:
                found.add(Target(model.slug, snapshots[0].slug))
            elif not snapshots and is_release(stamp, model):
                found.add(Target(model.slug))
        return found

    def fitting(self, candidates: set[Target], hint: str | None, *, firm: bool) -> set[Target]:
        """The candidates of the organisation the name states. A provider's own prefix is no firm statement."""
        if not hint:
            return candidates
        own = {item for item in candidates if self.catalogue.models[item.model].organization == hint}
        return own if firm or own else candidates

    def is_provider(self, stem: Stem, source: str | None) -> bool:
        """Is the name's first path part a provider's, who may serve other developers' models?"""
        owners = stem.whole.owners
        return source == MODELS_DEV and len(owners) == 1 and compact(owners[0]) in self.orgs.by_provider

    def alias_target(self, model: str, stamp: DateInName | None, variant: str) -> Target | None:
        if model not in self.catalogue.models:
            return None
        snapshots = [item for item in self.catalogue.snapshots_of(model) if stamp and means(stamp, item)]
        return Target(model, snapshots[0].slug if len(snapshots) == 1 else None, variant)

    def answer(self, name: str, target: Target, rung: Rung) -> Resolution:
        model = self.catalogue.models[target.model]
        variant = target.variant or None
        return Resolution(name, model.organization, model.family, model.slug, target.snapshot, variant, rung)

    def unresolved(self, name: str, stem: Stem) -> Resolution:
        suggestions = self.suggester.suggest(stem.no_suffix.words)
        return Resolution(name, None, None, None, None, None, Rung.UNRESOLVED, suggestions)


def with_variant(target: Target, form: Name) -> Target:
    words = variant_text(form, *target.variant.split(" "))
    return Target(target.model, target.snapshot, words)


def means(stamp: DateInName, snapshot: Snapshot) -> bool:
    """Can a date in a name mean this snapshot? Parts that either leaves out agree with everything."""
    own = date_in(snapshot.stamp)
    same_day = stamp.day is None or own.day is None or stamp.day == own.day
    return stamp.year in (None, own.year) and stamp.month == own.month and same_day


def is_release(stamp: DateInName, model: Model) -> bool:
    """Is the date in the name the model's own release, give or take three days?"""
    if not model.released or model.released_precision is Precision.YEAR:
        return False
    if stamp.day is None or model.released_precision is Precision.MONTH:
        return stamp.year in (None, model.released.year) and stamp.month == model.released.month
    day = stamp.resolve(model.released)
    return day is not None and abs(day - model.released) <= SAME_RELEASE
