"""A reviewer's word on a name: a new alias row, or a refusal. Nothing is ever changed or deleted.

What the catalogue derives follows with the next refresh of the projections. An alias that left the shipped
aliases.toml is superseded by a row that withdraws it; a reviewer's own row is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat

from models_catalog.ingest.generation import bump_generation
from models_catalog.models import AIModel, Alias
from models_catalog.models.knowledge import Knowledge, alias_rows, reviewed_alias
from models_catalog.models.turns import take_turn
from models_catalog.normalise.aliases import REPOSITORIES, AliasConflictError, Aliases, shipped_aliases
from models_catalog.normalise.aliases import Alias as Reviewed
from models_catalog.normalise.datednames import DateInName
from models_catalog.normalise.names import read_name
from models_catalog.normalise.organizations import organizations
from models_catalog.normalise.shown import sharing
from models_catalog.normalise.stems import Stems
from models_catalog.sources import SOURCES

TARGET = re.compile(r"(?P<model>[a-z0-9-]+)(?:@(?P<day>\d{4}-\d{2}(?:-\d{2})?))?(?:#.+)?")
NAME_LENGTH, TARGET_LENGTH = 300, 220


class AliasRefused(ValueError):
    """The statement cannot be taken; the message says why, in one sentence."""


def newest_aliases() -> QuerySet[Alias]:
    """The row that counts for every name and source, withdrawn ones included."""
    return Alias.objects.order_by("name", "source", "-recorded_at", "-id").distinct("name", "source")


@transaction.atomic
def accept_alias(name: str, target: str, reason: str, by: str, source: str = "") -> Alias:
    """Record that `name` means `target` (model-slug, with @date for a checkpoint and #words for a variant).

    A target "" records that the name means nothing we track. AliasRefused for an unknown model or source, a
    missing reason, a name that is another model's own, and a second meaning given on the same day.
    """
    with connection.cursor() as cursor:
        stamp = take_turn(cursor)
    row = Alias(
        name=name.strip(),
        source=source,
        target=target.strip(),
        reason=reason.strip(),
        reviewed_on=stamp.date(),
        recorded_at=stamp,
        reviewed_by=by,
    )
    check(row)
    row.save()
    bump_generation(stamp)
    return row


def check(row: Alias) -> None:
    if not row.reason:
        raise AliasRefused("an alias needs a reason")
    if not read_name(row.name).words or len(row.name) > NAME_LENGTH:
        raise AliasRefused(f"{row.name[:40]!r} is no name that can be looked up")
    if row.source and row.source not in {source.slug for source in SOURCES}:
        raise AliasRefused(f"there is no source {row.source!r}")
    check_target(row)
    others = [reviewed_alias(known) for known in alias_rows(Knowledge()) if key(known) != key(row)]
    try:
        Aliases.of([*others, reviewed_alias(row)])
    except AliasConflictError as error:
        raise AliasRefused(f"two models under one name: {error}") from error


def check_target(row: Alias) -> None:
    """The model exists, the checkpoint's day can be one, and the name is not another model's own."""
    if not row.target:
        return
    match = TARGET.fullmatch(row.target)
    if not match or len(row.target) > TARGET_LENGTH:
        raise AliasRefused(f"{row.target[:40]!r} is not model-slug[@date][#variant]")
    if not AIModel.objects.filter(slug=match["model"]).exists():
        raise AliasRefused(f"there is no model {match['model']!r}")
    if match["day"]:
        check_day(match["day"], row.recorded_at.date())
    if owner := owner_of(row, match["model"]):
        raise AliasRefused(f"two models under one name: {row.name!r} is the name of {owner}")


def check_day(text: str, today: date) -> None:
    try:
        day = date.fromisoformat(text if len(text) > len("2026-01") else f"{text}-01")
    except ValueError as error:
        raise AliasRefused(f"{text!r} is no day of a checkpoint") from error
    if day > today:
        raise AliasRefused(f"{text!r} is still to come: no checkpoint is named after it")


def owner_of(row: Alias, target: str) -> str | None:
    """The other model or checkpoint whose own name this is, however it is spelt. A third party's repository on the
    Hub may be called like any model, and a name that moves ("…-latest") is no model's own."""
    read = read_name(row.name)
    if read.moving or (row.source in REPOSITORIES and read.owners):
        return None
    others = AIModel.objects.filter(listed=True).exclude(slug=target)
    if called := others.filter(bearing(row.name)).first():
        return called.slug
    keys = {read.key, Stems(Aliases(), organizations()).of(row.name).whole.key}
    for model in others.only("slug", "name").prefetch_related("snapshots"):
        if keys & {read_name(model.name).key, read_name(model.slug).key}:
            return checkpoint_of(model, read.dated) if read.dated else model.slug
    return None


def checkpoint_of(model: AIModel, dated: DateInName) -> str | None:
    """The model's checkpoint of that day."""
    days = ((one.slug, one.released) for one in model.snapshots.all())
    return next((slug for slug, day in days if day and dated.agrees(day)), None)


def bearing(name: str) -> Q:
    """Models of this name, those included that are told apart by more than it (shown.py)."""
    told_apart = Concat(Value(f"{name} ("), "slug", Value(")"))
    return Q(name__iexact=name) | Q(name__iexact=told_apart) | Q(slug__in=sharing(name))


def key(row: Alias) -> tuple[str, str]:
    return row.name, row.source


def seed_aliases(stamp: datetime, shipped: Iterable[Reviewed] | None = None) -> int:
    """Append the entries of aliases.toml that are new or changed, and withdraw those that left it.

    A row a reviewer recorded later here stays. Returns how many rows were appended.
    """
    entries = list(shipped_aliases() if shipped is None else shipped)
    stored = {key(row): row for row in newest_aliases()}
    fresh = [
        row_of(entry, stamp) for entry in entries if says_more(entry, stored.get((entry.name, entry.source)))
    ]
    listed = {(entry.name, entry.source) for entry in entries}
    gone = [
        withdrawal(row, stamp)
        for where, row in stored.items()
        if where not in listed and not row.withdrawn and not row.reviewed_by
    ]
    return len(Alias.objects.bulk_create([*fresh, *gone]))


def row_of(entry: Reviewed, stamp: datetime) -> Alias:
    return Alias(
        name=entry.name,
        source=entry.source,
        target=entry.target,
        reason=entry.reason,
        reviewed_on=entry.reviewed_on,
        recorded_at=stamp,
    )


def withdrawal(row: Alias, stamp: datetime) -> Alias:
    return Alias(
        name=row.name,
        source=row.source,
        target=row.target,
        reason="No longer among the shipped aliases.",
        reviewed_on=stamp.date(),
        recorded_at=stamp,
        withdrawn=True,
    )


def says_more(entry: Reviewed, row: Alias | None) -> bool:
    if row is None:
        return True
    changed = (entry.target, entry.reason) != (row.target, row.reason)
    if row.withdrawn:
        return True
    return changed and entry.reviewed_on >= row.reviewed_on
