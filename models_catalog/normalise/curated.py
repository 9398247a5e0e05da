"""Models that leaderboards name and no catalogue source states: our reviewed list, in `curated/*.toml`.

Each entry says who made the model, when it came out, whether its weights can be had, and the text that says
so. It becomes a claim like any other, of the source "catalogue", and only where a stored source names the
model: nothing is listed that no source knows.

    name, names    the model's name, and further spellings of it
    organization   a slug of organizations.toml, or the developer's own name
    date, kind     when, as exactly as it is known, and of which event: announced, api, weights or listing
    access         in Epoch AI's words: "Open weights", "API access", "Hosted access (no API)"; "Unreleased" and absent
                   are on neither side, not closed
    licence, hub   the licence in its owner's words, and the repository that holds the weights
    cite           where that can be read
    checked        true: read, in a recorded payload or in a stored copy of the cited page, as the note says;
                   false: nothing that states it was read when this was reviewed; then it says neither a licence
                   nor that a model is served only: from memory no model is called closed or free to use
    note           what a reader should know
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from models_catalog.normalise.aliases import shipped_aliases
from models_catalog.normalise.authorities import CATALOGUE
from models_catalog.normalise.names import read_name
from models_catalog.normalise.records import Claim
from models_catalog.vocabulary import DateKind

FOLDER = Path(__file__).with_name("curated")
BOARD = "curated"
SERVED = ("API access", "Hosted access (no API)")
REVIEWED = datetime(2026, 11, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Curated:
    """One reviewed entry."""

    name: str
    organization: str
    cite: str
    checked: bool
    names: tuple[str, ...] = ()
    date: str | None = None
    kind: DateKind = DateKind.ANNOUNCED
    access: str | None = None
    licence: str | None = None
    hub: str | None = None
    note: str = ""

    @property
    def keys(self) -> frozenset[str]:
        """What its names come down to, to find out whether a source knows it: its own, and those that our aliases
        say are it."""
        own = {read_name(name).key for name in (self.name, *self.names)}
        return frozenset(own.union(*(named_by_alias().get(key, ()) for key in own)))

    def claims(self) -> list[Claim]:
        """The entry as a claim, and one for each further spelling, which says no more than the name."""
        main = Claim(
            source=CATALOGUE,
            board=BOARD,
            model=self.name,
            name=self.name,
            observed_at=REVIEWED,
            organization=self.organization,
            date=self.date,
            date_kind=self.kind,
            access_claim=None if self.access in SERVED and not self.checked else self.access,
            licence=self.licence if self.checked else None,
            hub_repository=self.hub,
        )
        return [main, *(self.spelling(name) for name in self.names)]

    def spelling(self, name: str) -> Claim:
        return Claim(
            source=CATALOGUE,
            board=BOARD,
            model=name,
            name=self.name,
            observed_at=REVIEWED,
            organization=self.organization,
        )


@cache
def named_by_alias() -> dict[str, set[str]]:
    """What a model's slug comes down to -> what the names come down to that shipped aliases give it."""
    found: dict[str, set[str]] = defaultdict(set)
    for alias in shipped_aliases():
        if alias.model:
            found[read_name(alias.model).key].add(read_name(alias.name).key)
    return dict(found)


@cache
def curated_models() -> tuple[Curated, ...]:
    """Every entry, in the order of the files. Raises ValueError if one name stands twice."""
    found = [entry for path in sorted(FOLDER.glob("*.toml")) for entry in entries_in(path)]
    known: dict[str, str] = {}
    for entry in found:
        for name in (entry.name, *entry.names):
            if known.setdefault(name.lower(), entry.name) != entry.name:
                raise ValueError(f"curated: {name!r} is {known[name.lower()]!r} and {entry.name!r}")
    return tuple(found)


def entries_in(path: Path) -> list[Curated]:
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["model"]
    return [entry_of(row) for row in rows]


def entry_of(row: dict[str, str | bool | list[str]]) -> Curated:
    texts = {key: value for key, value in row.items() if isinstance(value, str)}
    names = row.get("names", [])
    return Curated(
        name=texts["name"],
        organization=texts["organization"],
        cite=texts["cite"],
        checked=row["checked"] is True,
        names=tuple(names) if isinstance(names, list) else (),
        date=texts.get("date"),
        kind=DateKind(texts.get("kind", DateKind.ANNOUNCED)),
        access=texts.get("access"),
        licence=texts.get("licence"),
        hub=texts.get("hub"),
        note=texts.get("note", ""),
    )


def curated_claims(names: Iterable[str]) -> list[Claim]:
    """The claims of every entry that one of these names, as sources write them, is about."""
    known = {read_name(name).key for name in names}
    return [claim for entry in curated_models() if entry.keys & known for claim in entry.claims()]
