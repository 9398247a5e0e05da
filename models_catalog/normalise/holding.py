"""Which one model a repository on the Hub holds, where lists state it of several."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from models_catalog.normalise.authorities import HUB, OPEN_LLM
from models_catalog.normalise.records import Model, Target


def each_in_one(
    models: Mapping[str, Model], meant: Mapping[tuple[str, str], Target]
) -> tuple[dict[str, Model], dict[str, str]]:
    """The models, every repository with one of them only; and the slug of each repository's, in lower case.

    `meant` says whose name a repository's is: of several stated to lie in it, it holds the one it bears the name of,
    else the one that came out first.
    """
    stated: dict[str, dict[str, str]] = defaultdict(dict)
    for slug, model in sorted(models.items()):
        for name in model.hub_repositories:
            stated[name.lower()][slug] = name
    holder = {key: bearer(slugs, models, meant) for key, slugs in stated.items()}
    held: dict[str, list[str]] = defaultdict(list)
    for key, slug in holder.items():
        held[slug].append(stated[key][slug])
    return {
        slug: replace(model, hub_repositories=tuple(sorted(held[slug]))) for slug, model in models.items()
    }, holder


def bearer(
    slugs: Mapping[str, str], models: Mapping[str, Model], meant: Mapping[tuple[str, str], Target]
) -> str:
    """Of models that one repository is stated to hold (by slug, as each spells it), the one it counts for."""
    named = {
        target.model
        for name in slugs.values()
        for source in (HUB, OPEN_LLM)
        if (target := meant.get((source, name)))
    }
    return min(named & slugs.keys() or slugs, key=lambda slug: (models[slug].released or date.max, slug))
