"""What does the registry say of a source, before anything was collected from it?"""

from __future__ import annotations

from models_catalog.findings.records import SourceLine
from models_catalog.sources.contract import Source


def registered_line(source: Source) -> SourceLine:
    """Its terms and boards; nothing held, no run, never stale. Findings replace what they know."""
    rights = source.rights
    return SourceLine(
        slug=source.slug,
        title=source.title,
        home=source.home,
        owner=rights.owner,
        data_licence=rights.data_licence,
        terms_url=rights.terms_url,
        basis=rights.basis,
        export=rights.export,
        display=rights.display,
        robots=rights.robots,
        verified=source.verified,
        boards=tuple(board.title for board in source.boards),
        cadence_hours=source.cadence.total_seconds() / 3600,
        stale=False,
        newest_observed=None,
        last_run=None,
        last_outcome="",
        last_reason="",
        next_attempt=None,
        files=0,
        observations=0,
        subjects=0,
        resolved=0,
        attribution=rights.attribution,
    )
