"""Moving aliases: one name that meant several models in turn. What it meant needs a day."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from models_catalog.normalise.aliases import Alias
from models_catalog.normalise.names import Name, read_name

PATH = Path(__file__).with_name("moving.toml")


@dataclass(frozen=True, slots=True)
class Moving:
    """What an alias meant, oldest first. A target "" means: from then on nothing we track."""

    names: tuple[str, ...]
    meant: tuple[tuple[date, str], ...]
    cite: str
    checked: bool
    note: str

    def on(self, day: date) -> Alias | None:
        """The statement that held on this day; None before the first one."""
        held = [(since, target) for since, target in self.meant if since <= day]
        if not held:
            return None
        since, target = held[-1]
        return Alias(self.names[0], target, f"since {since}: {self.cite}", since)


@cache
def moving_aliases() -> Mapping[str, Moving]:
    """By the compact words of each name. Raises ValueError for days out of order or a name that stands twice."""
    found: dict[str, Moving] = {}
    for row in tomllib.loads(PATH.read_text(encoding="utf-8"))["moving"]:
        meant = tuple((date.fromisoformat(day), target) for day, target in row["meant"])
        if list(meant) != sorted(meant, key=lambda item: item[0]):
            raise ValueError(f"moving.toml: {row['names'][0]}: the days are out of order")
        moving = Moving(tuple(row["names"]), meant, row["cite"], row["checked"], row["note"])
        for name in moving.names:
            if found.setdefault(read_name(name).key, moving) != moving:
                raise ValueError(f"moving.toml: {name!r} stands twice")
    return found


def moving_of(name: Name) -> Moving | None:
    """The dated mapping of this name, if it is a moving alias: a name that carries a date is none."""
    return moving_aliases().get(name.key) if name.dated is None else None


@dataclass(frozen=True, slots=True)
class Held:
    """One name's meaning for a while: a model by its slug, or a checkpoint of it. `until` None: since then on."""

    name: str
    target: Alias
    since: date
    until: date | None


def names_held_by(model: str) -> tuple[Held, ...]:
    """The moving names that once meant this model, or still do; the oldest first."""
    found = [held for moving in dict.fromkeys(moving_aliases().values()) for held in turns(moving)]
    return tuple(
        sorted(
            (held for held in found if held.target.model == model), key=lambda held: (held.since, held.name)
        )
    )


def turns(moving: Moving) -> tuple[Held, ...]:
    """What the name meant in turn."""
    days = [since for since, _ in moving.meant]
    return tuple(
        Held(moving.names[0], target, since, until)
        for since, until in zip(days, [*days[1:], None], strict=True)
        if (target := moving.on(since))
    )
