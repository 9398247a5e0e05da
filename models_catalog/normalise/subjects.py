"""Who is a subject, that is, a source's own id with a display name? The id speaks first, then the name."""

from __future__ import annotations

from datetime import date

from models_catalog.normalise.names import read_name
from models_catalog.normalise.records import Resolution
from models_catalog.normalise.resolver import Resolver


def resolve_subject(
    resolver: Resolver,
    source: str,
    external_id: str,
    name: str,
    organization: str | None,
    on: date | None = None,
) -> Resolution:
    """The first of id and display name that a rung of the ladder decides; else the id's own refusal.

    `on` is the day on which the source used the name, where it states one. Of an id that moves ("…-latest") the
    display name counts only if it says more: "Mistral Large" does not tell which one `mistral-large-latest` was.
    """
    by_id = resolver.resolve(external_id, source=source, organization=organization, on=on)
    if by_id.model or name == external_id or only_moves(external_id, name):
        return by_id
    by_name = resolver.resolve(name, source=source, organization=organization, on=on)
    return by_name if by_name.model else by_id


def only_moves(external_id: str, name: str) -> bool:
    moving, shown = read_name(external_id), read_name(name)
    return moving.moving and shown.dated is None and set(shown.words) <= set(moving.words)
