"""Who is a name? The identity ladder over the catalogue as it is, or as it was known at an instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256
from typing import cast

from django.core.cache import caches
from django.db.models import Max
from redis.exceptions import RedisError

from models_catalog.findings.facts import displayed_sources
from models_catalog.findings.moment import Moment, settled_until
from models_catalog.findings.release import release
from models_catalog.models import Alias, Correction, Generation, Resolution, SubjectVersion
from models_catalog.models.knowledge import Knowledge, aliases, claims, corrections
from models_catalog.models.observations import OPAQUE_IDS
from models_catalog.normalise.aliases import Aliases
from models_catalog.normalise.catalogue import build
from models_catalog.normalise.moving import moving_of
from models_catalog.normalise.names import read_name
from models_catalog.normalise.records import Catalogue
from models_catalog.normalise.records import Resolution as Resolved
from models_catalog.normalise.resolver import Resolver
from models_catalog.vocabulary import Rung

SHARED_FOR = 86_400  # seconds
State = tuple[object, ...]
CONFIDENCE = {
    Rung.ALIAS: "reviewed",
    Rung.EXACT: "stated",
    Rung.NORMALISED: "high",
    Rung.VARIANT: "high",
    Rung.SUFFIX: "medium",
    Rung.TOKENS: "medium",
    Rung.FAMILY: "medium",
    Rung.UNRESOLVED: "none",
}


@dataclass(frozen=True, slots=True)
class Turn:
    """What a moving name meant from a day on; no model: nothing that is tracked."""

    since: date
    model: str | None
    snapshot: str | None
    variant: str


def identify(name: str, moment: Moment, *, source: str = "", organization: str = "") -> Resolved:
    """The model, snapshot and variant a name means, by which rung; a model released after `as_of` is none yet.

    A moving name ("deepseek-chat") means what it meant on the day `as_of`, and without a day nothing.
    """
    resolver = resolver_of(moment.known_at)
    found = resolver.resolve(name, source=source or None, organization=organization or None, on=moment.as_of)
    model = resolver.catalogue.models.get(found.model or "")
    if model and moment.as_of and (model.released is None or model.released > moment.as_of):
        return Resolved(name, None, None, None, None, None, Rung.UNRESOLVED)
    return found


def turns_of(name: str, moment: Moment, *, source: str = "") -> tuple[Turn, ...]:
    """What a moving name meant in turn, oldest first; none for a name that stays, or that its source fixes."""
    resolver = resolver_of(moment.known_at)
    moving = moving_of(read_name(name))
    if moving is None or resolver.resolve(name, source=source or None).model:
        return ()
    found = ((since, resolver.resolve(name, source=source or None, on=since)) for since, _ in moving.meant)
    return tuple(Turn(since, one.model, one.snapshot, one.variant or "") for since, one in found)


def resolver_of(known_at: datetime | None) -> Resolver:
    settled = settled_until()
    if known_at and settled and known_at <= settled:
        return built(None, known_at)
    return built(newest_statements(), known_at)


def newest_statements() -> State | None:
    """What the catalogue is made of, by its newest page, alias and correction; None before anything was collected."""
    page = Generation.objects.filter(pk=1).values_list("recorded_at", flat=True).first()
    reviewed = (table.objects.aggregate(newest=Max("pk"))["newest"] for table in (Alias, Correction))
    return (page, *reviewed) if page else None


@lru_cache(maxsize=2)
def built(state: State | None, known_at: datetime | None) -> Resolver:
    """The ladder over everything known then. Two are kept: now, and one other time."""
    known = aliases(Knowledge(known_at))
    return Resolver(catalogue(state, known_at, known), known)


def share_catalogue() -> None:
    """Make it ready for all processes, so that no reader waits for it."""
    catalogue(newest_statements(), None, aliases(Knowledge(None)))


def catalogue(state: State | None, known_at: datetime | None, known: Aliases) -> Catalogue:
    """Seconds of work. What is known now is shared with all other processes, by way of the broker's cache."""

    def find() -> Catalogue:
        knowledge = Knowledge(known_at)
        return build(claims(knowledge), known, corrections=corrections(knowledge))

    if state is None or known_at:
        return find()
    key = sha256(repr(("catalogue", state, release())).encode()).hexdigest()
    try:
        return cast(Catalogue, caches["limits"].get_or_set(key, find, timeout=SHARED_FOR))
    except (RedisError, OSError):
        return find()


def known_names(slug: str, moment: Moment) -> list[str]:
    """Every id under which a source whose terms allow display lists the model."""
    shown = displayed_sources()
    if moment.known_at is None:
        rows = Resolution.objects.filter(model__slug=slug, subject__source__in=shown).select_related(
            "subject"
        )
        return sorted({row.subject.called for row in rows})
    versions = SubjectVersion.objects.at(moment.known_at).filter(model=slug, subject__source__in=shown)
    return sorted(
        {
            row.name if row.subject.source in OPAQUE_IDS else row.subject.external_id
            for row in versions.select_related("subject")
        }
    )
