"""Places to run models that no source lists any more: statuses written by hand, dated and cited (places.toml)."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("places.toml")
KINDS = ("engine", "host")


@dataclass(frozen=True, slots=True)
class Place:
    """What happened to one host or engine, and on whose word. `date` is a day or a month, as it is known."""

    slug: str
    name: str
    kind: str  # "engine" or "host"
    event: str  # "maintenance", "archived", "retired"
    date: str
    statement: str
    source: str
    basis: str  # what the statement rests on, and what of it was read
    reviewed_on: dt.date


@cache
def places() -> tuple[Place, ...]:
    """Every reviewed status, as the file orders them. ValueError names the entry that is not whole."""
    return tuple(map(place_of, tomllib.loads(FILE.read_text(encoding="utf-8"))["place"]))


def place_of(entry: dict[str, str]) -> Place:
    try:
        whole: dict[str, Any] = {**entry, "reviewed_on": dt.date.fromisoformat(entry["reviewed_on"])}
        place = Place(**whole)
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"places.toml: {entry.get('slug', '?')}: {error}") from None
    if place.kind not in KINDS or not place.source.startswith("https://"):
        raise ValueError(f"places.toml: {place.slug}: kind or source is not what it must be")
    return place
