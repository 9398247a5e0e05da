"""The name readers see of each model: no two listed models are shown under one.

What a name means is not decided here: models are found by the names their sources use, in which makers give several
models one name ("Codestral"). Here such models are told apart, as their maker does (titles.toml), else by their slug.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from models_catalog.normalise.names import read_name
from models_catalog.normalise.records import Model

PATH = Path(__file__).with_name("titles.toml")
SILENT = re.compile(r"[\s_-]+")  # what readers do not tell names apart by


@dataclass(frozen=True, slots=True)
class Title:
    """A reviewed name of one model. `shared` is the one without its version, which means none of those that have it."""

    model: str
    name: str
    shared: str
    cite: str


@cache
def titles() -> dict[str, Title]:
    """By the model's slug. Raises ValueError where a slug or a name stands twice."""
    rows = [Title(**row) for row in tomllib.loads(PATH.read_text(encoding="utf-8"))["title"]]
    found = {row.model: row for row in rows}
    if len(found) < len(rows) or len({looks(row.name) for row in rows}) < len(rows):
        raise ValueError("titles.toml: a model or a name stands twice")
    return found


def sharing(name: str) -> frozenset[str]:
    """The models whose maker gave them this name without a version."""
    return frozenset(row.model for row in titles().values() if looks(row.shared) == looks(name))


def looks(name: str) -> str:
    """What of a name a reader sees: neither capitals nor the way its words are joined."""
    return SILENT.sub("", name.casefold())


def told_apart(models: Iterable[Model]) -> dict[str, str]:
    """Slug -> the name shown. Of models that would look alike, a listed one keeps its name if it is the only one
    listed; every other carries its repository's whole name, or its slug."""
    known = {model.slug: model for model in models}
    same: dict[str, list[Model]] = defaultdict(list)
    for model in known.values():
        same[looks(named(model))].append(model)
    return {
        model.slug: named(model) if comes_first(model, alike) else whole_name(model)
        for alike in same.values()
        for model in alike
    }


def named(model: Model) -> str:
    reviewed = titles().get(model.slug)
    return reviewed.name if reviewed else spelt(model)


def spelt(model: Model) -> str:
    """Its name; where that is a host's id in small letters ("glm-4p5-air"), as its own repository spells it."""
    if model.name != model.name.lower():
        return model.name
    own = (address.rpartition("/")[2] for address in model.hub_repositories)
    return next((name for name in own if read_name(name).words == model.words), model.name)


def comes_first(model: Model, alike: Iterable[Model]) -> bool:
    """Is it the only one, or the only listed one?"""
    return not any(other.slug != model.slug and other.listed >= model.listed for other in alike)


def whole_name(model: Model) -> str:
    """Its address on the Hub is no one else's; nor is its slug."""
    if not model.listed and model.hub_repositories:
        return model.hub_repositories[0]
    return f"{named(model)} ({model.slug})"


def with_names(models: Mapping[str, Model]) -> dict[str, Model]:
    shown = told_apart(models.values())
    return {slug: replace(model, shown=shown[slug]) for slug, model in models.items()}
