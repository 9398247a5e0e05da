"""Guesses for the review queue: catalogue entries whose names look like an unresolved one."""

from __future__ import annotations

from collections import Counter, defaultdict

from rapidfuzz import fuzz

from models_catalog.normalise.names import key_of
from models_catalog.normalise.records import Catalogue, Suggestion

LEAST_SCORE = 70.0
KEPT = 3
LOOKED_AT = 40
COMMON = 400  # a word in more models than this says nothing


class Suggester:
    """Finds look-alikes by shared words first, so that a miss costs microseconds and not a whole scan."""

    def __init__(self, catalogue: Catalogue) -> None:
        listed = [model for model in catalogue.models.values() if model.listed]
        self.keys = {model.slug: key_of(model.words) for model in listed}
        self.by_word: dict[str, list[str]] = defaultdict(list)
        for model in sorted(listed, key=lambda item: item.slug):
            for word in sorted(set(model.words)):
                self.by_word[word].append(model.slug)

    def suggest(self, words: tuple[str, ...]) -> tuple[Suggestion, ...]:
        """Up to three look-alikes, best first. Never an answer."""
        key = key_of(words)
        shared: Counter[str] = Counter()
        for word in sorted(set(words)):
            slugs = self.by_word.get(word, [])
            shared.update(slugs if len(slugs) <= COMMON else ())
        near = sorted(shared, key=lambda slug: (-shared[slug], slug))[:LOOKED_AT]
        scored = sorted(
            ((fuzz.ratio(key, self.keys[slug]), slug) for slug in near), key=lambda item: (-item[0], item[1])
        )
        return tuple(
            Suggestion(slug, f"name {score:.0f} % alike, {shared[slug]} words shared", round(score, 1))
            for score, slug in scored[:KEPT]
            if score >= LEAST_SCORE
        )
