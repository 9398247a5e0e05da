"""Is there enough evidence to place these models on one scale, and does it hang together?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from models_catalog.analysis.records import Score


@dataclass(frozen=True, slots=True)
class Minimum:
    """A model needs this many benchmarks, a benchmark this many models, both after all pruning."""

    per_model: int = 4
    per_benchmark: int = 8


@dataclass(frozen=True, slots=True)
class Dropped:
    """A model or a benchmark that was left out of a fit, and why."""

    kind: Literal["model", "benchmark"]
    name: str
    reason: str


def prune(
    scores: Iterable[Score], minimum: Minimum = Minimum()
) -> tuple[tuple[Score, ...], tuple[Dropped, ...]]:
    """Drop models and benchmarks with too little evidence until nothing more falls.

    Dropping a model can starve a benchmark and the reverse, hence the loop. Distinct benchmarks and distinct
    models are counted, not rows.
    """
    kept, dropped = tuple(scores), list[Dropped]()
    while True:
        thin = tuple(_thin(kept, minimum))
        if not thin:
            return kept, tuple(dropped)
        dropped.extend(thin)
        models = {item.name for item in thin if item.kind == "model"}
        benchmarks = {item.name for item in thin if item.kind == "benchmark"}
        kept = tuple(s for s in kept if s.model not in models and s.benchmark not in benchmarks)


def _thin(scores: Sequence[Score], minimum: Minimum) -> Iterator[Dropped]:
    pairs = {(score.model, score.benchmark) for score in scores}
    for model, count in sorted(Counter(model for model, _ in pairs).items()):
        if count < minimum.per_model:
            yield Dropped("model", model, f"{count} of {minimum.per_model} benchmarks needed")
    for benchmark, count in sorted(Counter(benchmark for _, benchmark in pairs).items()):
        if count < minimum.per_benchmark:
            yield Dropped("benchmark", benchmark, f"{count} of {minimum.per_benchmark} models needed")


def components(scores: Iterable[Score]) -> tuple[frozenset[str], ...]:
    """Groups of models that share benchmarks, directly or through others; the largest first.

    Two groups can each be placed on a scale, but never on the same one.
    """
    takers, taken = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for score in scores:
        takers[score.benchmark].add(score.model)
        taken[score.model].add(score.benchmark)
    groups, unseen = list[frozenset[str]](), set(taken)
    while unseen:
        group = _reachable(min(unseen), takers, taken)
        groups.append(frozenset(group))
        unseen -= group
    return tuple(sorted(groups, key=lambda group: (-len(group), min(group))))


def _reachable(first: str, takers: dict[str, set[str]], taken: dict[str, set[str]]) -> set[str]:
    reached, waiting, visited = {first}, [first], set[str]()
    while waiting:
        for benchmark in taken[waiting.pop()] - visited:
            visited.add(benchmark)
            fresh = takers[benchmark] - reached
            reached |= fresh
            waiting.extend(fresh)
    return reached
