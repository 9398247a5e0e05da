"""Who is a subject, that is, a source's own id with a display name? The id speaks first, then the name."""

from __future__ import annotations

from models_catalog.normalise.records import Resolution
from models_catalog.normalise.resolver import Resolver


def resolve_subject(
    resolver: Resolver, source: str, external_id: str, name: str, organization: str | None
) -> Resolution:
    """The first of id and display name that a rung of the ladder decides; else the id's own refusal."""
    by_id = resolver.resolve(external_id, source=source, organization=organization)
    if by_id.model or name == external_id:
        return by_id
    by_name = resolver.resolve(name, source=source, organization=organization)
    return by_name if by_name.model else by_id
