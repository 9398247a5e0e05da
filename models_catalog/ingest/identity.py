"""Rebuild who is who: the catalogue and every subject's resolution, as projections of what is stored.

The catalogue is a pure function of all claims and reviewed aliases, so the order in which sources were
collected does not matter. Rows keep their slug (and so their address) for as long as the thing exists.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection, transaction

from models_catalog.ingest.catalogue import write_catalogue
from models_catalog.ingest.corrections import seed_corrections
from models_catalog.ingest.disagreements import write_disagreements
from models_catalog.ingest.generation import bump_generation
from models_catalog.ingest.naming import seed_aliases
from models_catalog.ingest.resolutions import developers_in, write_resolutions, write_search
from models_catalog.models.knowledge import Knowledge, aliases, claims, corrections
from models_catalog.models.turns import take_turn
from models_catalog.normalise.catalogue import build
from models_catalog.normalise.resolver import Resolver


@dataclass(frozen=True, slots=True)
class Refreshed:
    """How many entries the catalogue has now, and how many subjects resolve to one."""

    models: int
    subjects: int
    resolved: int


@transaction.atomic
def refresh_identity() -> Refreshed:
    """Recompute and store catalogue and resolutions. Nothing original is touched; safe to run at any time."""
    with connection.cursor() as cursor:
        stamp = take_turn(cursor)
    seed_aliases(stamp)
    seed_corrections(stamp)
    known = aliases(Knowledge())
    stated = claims(Knowledge())
    developers = developers_in(stated)
    catalogue = build(stated, known, corrections=corrections(Knowledge()))
    del stated  # the catalogue holds what it needs of them
    write_catalogue(catalogue)
    named = write_resolutions(Resolver(catalogue, known), developers)
    write_search(named.names)
    write_disagreements(catalogue, named.differing)
    bump_generation(stamp)
    return Refreshed(len(catalogue.models), named.subjects, named.resolved)
