"""Which models were there, as of a day, as known at an instant? The catalogue's rows, now or as they were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BigIntegerField,
    CharField,
    DateField,
    DecimalField,
    Expression,
    F,
    Field,
    FloatField,
    Q,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from models_catalog.findings.catalogue import SEARCH_LENGTH, model_row
from models_catalog.findings.moment import Moment
from models_catalog.findings.paging import Order, Position
from models_catalog.findings.records import ModelRow
from models_catalog.models import AIModel, Family, ModelVersion, Organization, Resolution, SubjectVersion
from models_catalog.vocabulary import DateKind

COLUMNS: Mapping[str, tuple[str, Field[Any, Any]]] = {
    "access": ("access", CharField()),
    "tier": ("tier", CharField()),
    "organization": ("organization__slug", CharField()),
    "country": ("organization__country", CharField()),
    "family": ("family__slug", CharField()),
    "licence": ("licence", CharField()),
    "base_model": ("base_model", CharField()),
    "search": ("search", CharField()),
    "name": ("name", CharField()),
    "released_kind": ("released_kind", CharField()),
    "released": ("released", DateField()),
    "level": ("level", FloatField()),
    "input_price": ("input_price", DecimalField(max_digits=14, decimal_places=6)),
    "parameters": ("parameters", BigIntegerField()),
}
ORDERS: Mapping[str, Order] = {
    "slug": Order("slug", "slug"),
    "name": Order("by_name", "slug"),
    "released": Order("by_released", "slug"),
    "-released": Order("by_released", "slug", falling=True),
    "-level": Order("by_level", "slug", falling=True),
    "input_price": Order("by_input_price", "slug"),
    "-parameters": Order("by_parameters", "slug", falling=True),
}


@dataclass(frozen=True, slots=True)
class EntryQuery:
    """What a model must be. Empty means any."""

    q: str = ""
    access: str = ""
    tier: str = ""
    organization: str = ""
    country: str = ""
    family: str = ""
    licence: str = ""
    base_model: str = ""  # the repository it declares to be made from
    modality: str = ""
    slug: str = ""
    unlisted: bool = False  # third parties' repositories, too
    dated: bool = False  # only models whose release is stated; a day of listing at a host is none


@dataclass(frozen=True, slots=True)
class Entry:
    """One model with what its lists leave out, and where it stands in the order asked for."""

    row: ModelRow
    model: AIModel
    snapshots: tuple[tuple[str, str | None], ...]
    position: Position


def entries(
    query: EntryQuery,
    moment: Moment,
    order: Order = ORDERS["slug"],
    after: Position | None = None,
    limit: int = 1,
) -> list[Entry]:
    """Up to `limit` models after a position. With `as_of`, those released by then: an undated one is not."""
    found: Any = order.page(annotated(matching(query, moment), moment, order), after, limit)
    return [entry(row, order) for row in found]


def catalogue(moment: Moment) -> Any:
    if moment.known_at is None:
        return AIModel.objects.select_related("organization", "family").prefetch_related("snapshots")
    return ModelVersion.objects.at(moment.known_at)


def column(name: str, moment: Moment) -> Expression | F:
    """A column of the catalogue, wherever it is kept."""
    path, kind = COLUMNS[name]
    if moment.known_at is None or name == "released":
        return F(path)
    return Cast(KT(f"fields__{path}"), kind)


def annotated(rows: Any, moment: Moment, order: Order) -> Any:
    if not order.column.startswith("by_"):
        return rows
    return rows.annotate(**{order.column: column(order.column.removeprefix("by_"), moment)})


def matching(query: EntryQuery, moment: Moment) -> Any:
    rows = catalogue(moment)
    for name in ("access", "tier", "organization", "country", "family", "licence", "base_model"):
        if wanted := getattr(query, name):
            rows = rows.alias(**{f"is_{name}": column(name, moment)}).filter(**{f"is_{name}": wanted})
    if query.modality:
        held = "modalities" if moment.known_at is None else "fields__modalities"
        rows = rows.filter(**{f"{held}__contains": [query.modality]})
    words = query.q[:SEARCH_LENGTH].replace("\x00", "").lower().split()
    if words:
        rows = rows.alias(sought=column("search", moment))
        rows = rows.filter(*(Q(sought__contains=word) for word in words))
    if query.slug:
        rows = rows.filter(slug=query.slug)
    elif not query.unlisted:
        rows = rows.filter(**{"listed" if moment.known_at is None else "fields__listed": True})
    if query.dated:
        rows = rows.alias(is_kind=column("released_kind", moment)).filter(released__isnull=False)
        rows = rows.exclude(is_kind=DateKind.LISTING.value)
    return rows.filter(released__lte=moment.as_of) if moment.as_of else rows


def entry(row: AIModel | ModelVersion, order: Order) -> Entry:
    if isinstance(row, AIModel):
        dated = tuple(
            (item.name, item.released.isoformat() if item.released else None) for item in row.snapshots.all()
        )
        return Entry(model_row(row), row, dated, order.position(row))
    dated = tuple((item["name"], item["released"]) for item in row.fields["snapshots"])
    model = model_then(row)
    return Entry(model_row(model), model, dated, order.position(row))


def model_then(version: ModelVersion) -> AIModel:
    """The row as it was, never saved. What that release did not know yet has its default."""
    fields = version.fields
    columns = {
        field.attname: field.to_python(fields[field.attname])
        for field in AIModel._meta.concrete_fields
        if field.attname in fields
    }
    model = AIModel(**columns)
    model.organization = Organization(**fields["organization"]) if fields["organization"] else None
    model.family = Family(**fields["family"]) if fields["family"] else None
    return model


def sources_of(slugs: Iterable[str], moment: Moment) -> dict[str, tuple[str, ...]]:
    """Which sources say something about these models (slugs)?"""
    found: dict[str, set[str]] = {}
    for slug, source in stating(moment, Q(model__in=list(slugs)), Q(model__slug__in=list(slugs))):
        found.setdefault(slug, set()).add(source)
    return {slug: tuple(sorted(sources)) for slug, sources in found.items()}


def stating(moment: Moment, then: Q, now: Q) -> Any:
    """Model slug and source of every name that is resolved, as far as the condition on its time's table holds."""
    if moment.known_at is None:
        return Resolution.objects.filter(now).values_list("model__slug", "subject__source").distinct()
    versions = SubjectVersion.objects.at(moment.known_at).filter(then)
    return versions.values_list("model", "subject__source").distinct()
