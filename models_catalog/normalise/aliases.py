"""Reviewed statements that a name means a thing, or that it means nothing we track."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from models_catalog.normalise.names import Name, key_of, read_name, words_of

PATH = Path(__file__).with_name("aliases.toml")
TARGET = re.compile(r"(?P<model>[a-z0-9-]+)(?:@(?P<snapshot>\d{4}-\d{2}(?:-\d{2})?))?(?:#(?P<variant>.+))?")
ANY_SOURCE = ""
HUB = "huggingface"
REPOSITORIES = frozenset({HUB, "open-llm-leaderboard"})  # sources whose names are the Hub's: owner/name
Row = dict[str, str | date | list[str]]
Table = dict[str, list[Row]]


class AliasConflictError(ValueError):
    """Two reviewed statements of one day give one name two meanings."""


@dataclass(frozen=True, slots=True)
class Alias:
    """`target` is `model-slug`, `model-slug@2024-11` for a snapshot, `…#fast` for a variant; "" = unresolved.

    `source` "" means in every source. A name matches by its normalised form, with or without an owner.
    """

    name: str
    target: str
    reason: str
    reviewed_on: date
    source: str = ANY_SOURCE

    @property
    def model(self) -> str:
        return self.part("model")

    @property
    def snapshot(self) -> str:
        return self.part("snapshot")

    @property
    def variant(self) -> str:
        return self.part("variant")

    def part(self, part: str) -> str:
        match = TARGET.fullmatch(self.target)
        return (match[part] or "") if match else ""


@dataclass(frozen=True, slots=True)
class Separate:
    """A name nothing may be taken off: "o1-preview" is a model of its own, not a preview of o1."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Mode:
    """Words that only say how some models were run: "thinking" of Claude, "fast" of Claude Opus.

    `starts` are the beginnings of those models' names. Of any other model the word is part of the name.
    """

    words: frozenset[str]
    starts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Aliases:
    """The reviewed statements, indexed. Build with `Aliases.of`; the newest statement on a name counts."""

    by_name: dict[tuple[str, str, str], Alias] = field(default_factory=dict)  # key, date in it, source
    by_repository: dict[tuple[str, str, str], Alias] = field(
        default_factory=dict
    )  # the same, the owner in the key
    separate: frozenset[str] = frozenset()
    modes: tuple[Mode, ...] = ()
    stamps: dict[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, aliases: Iterable[Alias], separate: Iterable[Separate] = (), modes: Iterable[Mode] = ()
    ) -> Aliases:
        """Raises AliasConflictError for two targets of one name, source and day; ValueError for a bad target.

        A statement of the Hub's sources about owner/name is about that repository, not about the name elsewhere.
        """
        found: dict[tuple[str, str, str], Alias] = {}
        repositories: dict[tuple[str, str, str], Alias] = {}
        for alias in sorted(aliases, key=lambda item: (item.reviewed_on, item.name, item.target)):
            if alias.target and not TARGET.fullmatch(alias.target):
                raise ValueError(f"alias {alias.name!r}: {alias.target!r} is not model[@date][#variant]")
            name = read_name(alias.name)
            if name.owners:
                put(repositories, (*repository_key(name), alias.source), alias)
            if not (name.owners and alias.source in REPOSITORIES):
                put(found, (*lookup_key(name), alias.source), alias)
        stamps: dict[str, set[str]] = defaultdict(set)
        for alias in (*found.values(), *repositories.values()):
            if alias.snapshot:
                stamps[alias.model].add(alias.snapshot)
        return cls(
            found,
            repositories,
            frozenset(read_name(item.name).key for item in separate),
            tuple(modes),
            {model: frozenset(dates) for model, dates in stamps.items()},
        )

    def find(self, name: Name, source: str | None) -> Alias | None:
        """The statement about this name: the one for its source before the one for every source."""
        key = lookup_key(name)
        for scope in (source or ANY_SOURCE, ANY_SOURCE):
            if alias := self.by_name.get((*key, scope)):
                return alias
        return None

    def of_repository(self, name: Name, source: str | None) -> Alias | None:
        """The statement about this very repository on the Hub, owner and name, whichever source names it."""
        if not name.owners or source not in REPOSITORIES:
            return None
        key = repository_key(name)
        found = (self.by_repository.get((*key, scope)) for scope in (source, HUB, ANY_SOURCE))
        return next((alias for alias in found if alias), None)

    def stamps_of(self, model: str) -> frozenset[str]:
        """The dates of checkpoints that reviewed statements say this model has."""
        return self.stamps.get(model, frozenset())

    def modes_of(self, name: Name) -> frozenset[str]:
        """The words that may be taken off this name as ways of running the model."""
        found = (mode.words for mode in self.modes if name.key.startswith(mode.starts))
        return frozenset().union(*found)


def lookup_key(name: Name) -> tuple[str, str]:
    """What a statement is found by: the compact words, whether the name moves, the date it carries."""
    return f"{name.key}~" if name.moving else name.key, str(name.dated or "")


def repository_key(name: Name) -> tuple[str, str]:
    key, dated = lookup_key(name)
    return f"{name.owners[-1]}/{key}", dated


def put(found: dict[tuple[str, str, str], Alias], key: tuple[str, str, str], alias: Alias) -> None:
    known = found.get(key)
    if known and known.reviewed_on == alias.reviewed_on and known.target != alias.target:
        raise AliasConflictError(f"{alias.name!r} means {known.target!r} and {alias.target!r}")
    found[key] = alias


def load_aliases(extra: Iterable[Alias] = (), path: Path = PATH) -> Aliases:
    """The shipped aliases.toml, with `extra` statements in place of those on the same name and source."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    recorded = list(extra)
    named = {(alias.name, alias.source) for alias in recorded}
    unchanged = [alias for alias in shipped(data) if (alias.name, alias.source) not in named]
    return Aliases.of([*unchanged, *recorded], separate_in(data), modes_in(data))


def separate_in(data: Table) -> list[Separate]:
    return [Separate(name, str(row["reason"])) for row in data.get("separate", ()) for name in names_in(row)]


def modes_in(data: Table) -> list[Mode]:
    return [
        Mode(
            frozenset(str(word) for word in listed(row, "words")),
            tuple(sorted(key_of(words_of(start)) for start in listed(row, "starts"))),
        )
        for row in data.get("mode", ())
    ]


def shipped_aliases(path: Path = PATH) -> tuple[Alias, ...]:
    """The entries of aliases.toml as rows, to seed a database table."""
    return tuple(shipped(tomllib.loads(path.read_text(encoding="utf-8"))))


def shipped(data: Table) -> list[Alias]:
    return [
        Alias(
            name=name,
            target="" if row["target"] == "unresolved" else str(row["target"]),
            reason=str(row["reason"]),
            reviewed_on=reviewed(row["date"]),
            source=str(row.get("source", ANY_SOURCE)),
        )
        for row in data.get("alias", ())
        for name in names_in(row)
    ]


def names_in(row: Row) -> list[str]:
    """An entry may give several spellings: `names = […]` instead of `name = …`."""
    return [str(row["name"])] if "name" in row else listed(row, "names")


def listed(row: Row, field: str) -> list[str]:
    values = row[field]
    if not isinstance(values, list):
        raise ValueError(f"aliases.toml: {field} is not a list: {values!r}")
    return values


def reviewed(value: str | date | list[str]) -> date:
    if not isinstance(value, date):
        raise ValueError(f"aliases.toml: {value!r} is not a date")
    return value
