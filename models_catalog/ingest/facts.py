"""Records of the source contract as rows to store: the source's own words, keyed and hashed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from models_catalog.normalise.dates import parse_date
from models_catalog.sources.contract import LifecycleSeen, PriceSeen, Record, ReleaseSeen
from models_catalog.vocabulary import FactKind

OUTSIDE_THE_VALUE = {"model", "name", "quote"}
GONE = "gone"  # the digest of a withdrawn fact


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of one subject as it will be stored. `digest` equal to the last one means unchanged."""

    subject: str
    name: str
    kind: FactKind
    key: str
    value: dict[str, object]
    digest: str
    valid_from: date | None
    present: bool = True  # False: a complete board no longer lists it


def fact_of(record: Record, observed_at: datetime) -> Fact:
    """The row a record becomes. The quote is kept but does not count as a change."""
    value = {
        field.name: plain(getattr(record, field.name))
        for field in fields(record)
        if field.name not in OUTSIDE_THE_VALUE and getattr(record, field.name) not in (None, "", ())
    }
    digest = digest_of(value)
    if record.quote:
        value["quote"] = record.quote[:200]
    key = "|".join(str(getattr(record, name)).replace("|", "¦") for name in record.key_fields)
    return Fact(record.model, record.name, record.kind, key, value, digest, valid_from(record, observed_at))


def plain(value: object) -> object:
    """JSON-ready, with one spelling per number: 3.0 and 3 are the same price."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f") if value else "0"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value


def digest_of(value: dict[str, object]) -> str:
    canonical = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:32]


def valid_from(record: Record, observed_at: datetime) -> date | None:
    """Product.md, "Three times": the stated day, else the first observed one.

    Scores hold from their model's release, which only identity knows: they carry none here.
    """
    if record.kind is FactKind.SCORE:
        return None
    stated = None
    if isinstance(record, ReleaseSeen | LifecycleSeen):
        stated = record.date
    elif isinstance(record, PriceSeen):
        stated = record.valid_from
    parsed = parse_date(stated) if stated else None
    return parsed[0] if parsed else observed_at.date()
