"""Who is a subject, that is, a source's own id with a display name? Whichever of the two says more decides."""

from __future__ import annotations

from collections import Counter
from datetime import date

from models_catalog.normalise.names import read_name
from models_catalog.normalise.records import Resolution
from models_catalog.normalise.resolver import Resolver
from models_catalog.normalise.stems import Stem
from models_catalog.vocabulary import Rung

SETTLED = frozenset({Rung.ALIAS, Rung.EXACT})  # a reviewer's word, or the name an authority gives the model


def resolve_subject(
    resolver: Resolver,
    source: str,
    external_id: str,
    name: str,
    organization: str | None,
    on: date | None = None,
) -> Resolution:
    """The id, then the display name: the first that a rung of the ladder decides; else the id's own refusal.

    An id that says less than the name beside it yields to it: hosts keep `mistral-small` for whatever they serve
    under it, and show "Mistral Small 3.2". `on` is the day on which the source used the name, where it states one.
    Of an id that moves ("…-latest") the display name counts only if it says more: "Mistral Large" does not tell
    which one `mistral-large-latest` was.
    """
    by_id = resolver.resolve(external_id, source=source, organization=organization, on=on)
    if name == external_id or only_moves(external_id, name):
        return by_id
    if by_id.model and (by_id.rung in SETTLED or not says_more(resolver, name, external_id)):
        return by_id
    by_name = resolver.resolve(name, source=source, organization=organization, on=on)
    return by_name if by_name.model else by_id


def says_more(resolver: Resolver, name: str, external_id: str) -> bool:
    """Does the display name say everything that the id does, and a word, a date or a finer version beside it?"""
    shown, called = resolver.stems.of(name), resolver.stems.of(external_id)
    added, missing = left_over(shown, called), left_over(called, shown)
    if missing:
        return len(added) >= len(missing) and all(refined(word, added) for word in missing)
    newly_dated = shown.whole.dated is not None and called.whole.dated is None
    return bool(added) or newly_dated


def left_over(stem: Stem, other: Stem) -> list[str]:
    """The words of one stem that the other has not, as often as it has them more."""
    return list((Counter(stem.words) - Counter(other.words)).elements())


def refined(word: str, added: list[str]) -> bool:
    """Is this version, "3", said more finely: "3.2"?"""
    return word[-1].isdigit() and any(other.startswith(f"{word}.") for other in added)


def only_moves(external_id: str, name: str) -> bool:
    moving, shown = read_name(external_id), read_name(name)
    return moving.moving and shown.dated is None and set(shown.words) <= set(moving.words)
