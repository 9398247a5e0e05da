"""What holds of every name: resolving is idempotent, and the order of claims does not matter."""

from __future__ import annotations

import random

from models_catalog.normalise.aliases import load_aliases
from models_catalog.normalise.catalogue import build
from models_catalog.normalise.resolver import Resolver
from tests.normalise.claims import WORLD


def test_resolving_an_answer_gives_the_answer() -> None:
    aliases = load_aliases()
    resolver = Resolver(build(WORLD, aliases, corrections=()), aliases)
    for stated in WORLD:
        found = resolver.resolve(stated.name, source=stated.source)
        again = resolver.resolve(found.snapshot or found.model or "", source=stated.source)
        assert (again.model, again.snapshot) == (found.model, found.snapshot), stated.name


def test_the_order_of_claims_does_not_matter() -> None:
    aliases = load_aliases()
    first = build(WORLD, aliases, corrections=())
    for seed in range(5):
        shuffled = random.Random(seed).sample(WORLD, len(WORLD))
        assert build(shuffled, aliases, corrections=()) == first
