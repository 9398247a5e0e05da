"""Developers, their namespaces and product lines, and the companies that only serve models."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from models_catalog.normalise.names import key_of, words_of
from models_catalog.normalise.slugs import ORGANIZATION_LENGTH, slug_from

PATH = Path(__file__).with_name("organizations.toml")


@dataclass(frozen=True, slots=True)
class Line:
    """A product line: models whose names begin so. `starts` are keys as of names."""

    slug: str
    name: str
    organization: str
    starts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Developer:
    slug: str
    name: str
    country: str
    ids: frozenset[str]
    hub: frozenset[str]
    providers: frozenset[str]
    strip: tuple[tuple[str, ...], ...]  # words, longest first


@dataclass(frozen=True, slots=True)
class Organizations:
    """Look-ups over the reviewed file. Every key is compact: case and punctuation do not count."""

    developers: dict[str, Developer]
    lines: tuple[Line, ...]  # longest beginning first
    hosts: frozenset[str]
    routers: tuple[str, ...]
    by_label: dict[str, str]
    by_namespace: dict[str, str]
    by_hub: dict[str, str]
    by_provider: dict[str, str]
    strips: dict[str, tuple[tuple[tuple[str, ...], str], ...]]  # first word -> (words, whose), longest first

    def labelled(self, label: str | None, key: str = "") -> str | None:
        """The developer a source's organisation text means.

        Of a comma-joined list, the one whose product line the model `key` belongs to, else the first: a
        partner named later is not the developer.
        """
        known = [self.by_label.get(compact(part)) for part in (label or "").split(",")]
        line = self.line_of(key, None) if key else None
        return line.organization if line and line.organization in known else known[0]

    def line_of(self, key: str, organization: str | None) -> Line | None:
        """The product line a compact name belongs to, within one organisation or (None) among all."""
        for line in self.lines:
            if organization in (None, line.organization) and key.startswith(line.starts):
                return line
        return None


def compact(text: str) -> str:
    """Letters and digits only, lower case, without accents: "Z.ai (Zhipu AI)" -> "zaizhipuai"."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return re.sub(r"[^a-z0-9]+", "", plain)


def organization_slug(organization: str) -> str:
    """The slug of a reviewed organisation is its own; any other is made from the first name stated."""
    return slug_from(organization.partition(",")[0].casefold(), ORGANIZATION_LENGTH)


@cache
def organizations() -> Organizations:
    """The reviewed organizations.toml, read once."""
    return read_organizations(PATH.read_text(encoding="utf-8"))


def read_organizations(text: str) -> Organizations:
    """Raises ValueError if one name, prefix or namespace is claimed by two organisations."""
    data = tomllib.loads(text)
    rows = data["organization"]
    lines = [line for row in rows for line in lines_of(row)]
    return Organizations(
        developers={row["slug"]: developer(row) for row in rows},
        lines=tuple(sorted(lines, key=lambda line: (-max(map(len, line.starts)), line.slug))),
        hosts=frozenset(compact(host) for host in data["hosts"]),
        routers=tuple(data["routers"]),
        by_label=index(rows, "labels"),
        by_namespace=index(rows, "ids", "hub"),
        by_hub=index(rows, "hub"),
        by_provider=index(rows, "providers"),
        strips=strips_of([developer(row) for row in rows]),
    )


def developer(row: dict[str, list[str] | str]) -> Developer:
    strip = sorted((words_of(words) for words in row.get("strip", ())), key=len, reverse=True)
    return Developer(
        slug=str(row["slug"]),
        name=str(row["name"]),
        country=str(row["country"]),
        ids=frozenset(compact(item) for item in row.get("ids", ())),
        hub=frozenset(compact(item) for item in row.get("hub", ())),
        providers=frozenset(compact(item) for item in row.get("providers", ())),
        strip=tuple(strip),
    )


def strips_of(developers: list[Developer]) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for item in developers:
        for words in item.strip:
            found[words[0]].append((words, item.slug))
    return {first: tuple(sorted(pairs, key=lambda pair: -len(pair[0]))) for first, pairs in found.items()}


def lines_of(row: dict[str, list[dict[str, list[str] | str]]]) -> list[Line]:
    """One line per beginning, so that the longest beginning decides among all of them."""
    return [
        Line(str(line["slug"]), str(line["name"]), str(row["slug"]), (key_of(words_of(start)),))
        for line in row.get("families", ())
        for start in line["starts"]
    ]


def index(rows: list[dict[str, list[str]]], *fields: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows:
        slug = str(row["slug"])
        for item in (item for field in fields for item in row.get(field, ())):
            if found.setdefault(compact(item), slug) != slug:
                raise ValueError(f"organizations.toml: {item!r} is {slug} and {found[compact(item)]}")
    return found
