"""Which part of the scores does a scale rest on: all of them, one domain, one benchmark, one half?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from models_catalog.analysis.normalise_scores import Attempt, best_attempts, rating_of
from models_catalog.analysis.reasons import NOTHING_COUNTS, too_few_models
from models_catalog.analysis.records import Bounds, Insufficient
from models_catalog.measure.gather import Candidate, Gathered, digest
from models_catalog.measure.gather_own import Pool, Seen, own, pool
from models_catalog.models.knowledge import Knowledge
from models_catalog.normalise.benchmarks import DOMAINS, benchmarks
from models_catalog.vocabulary import Cut, Inputs, Reporter, Split

TITLES = {
    Inputs.ALL: "Open Gap index (all boards, Epoch's included)",
    Inputs.OWN: "Open Gap index (without Epoch's boards)",
}
PER_CENT = 100.0
MOSTLY = 0.8  # share of models that must come with a stated interval before a benchmark's figures get one
LEAST_MODELS = 8

Chosen = Callable[[Seen], bool]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the scores: which cut, which key of it."""

    cut: Cut = Cut.INDEX
    key: str = ""


WHOLE = Part()


def gather_own(knowledge: Knowledge, inputs: Inputs) -> Gathered:
    """The whole index from our scores as known then. Insufficient when none of them can be used."""
    whole = pool(knowledge)
    return gather_part(own(whole) if inputs is Inputs.OWN else whole, WHOLE)


def parts_of(scores: Pool) -> tuple[Part, ...]:
    """Every part worth trying: all domains and halves, and each benchmark some score is of."""
    slugs = sorted({seen.benchmark.slug for seen in scores.seen})
    return (
        *(Part(Cut.DOMAIN, domain) for domain in DOMAINS),
        *(Part(Cut.SPLIT, half) for half in Split),
        *(Part(Cut.BENCHMARK, slug) for slug in slugs),
    )


def gather_part(scores: Pool, part: Part, like: Mapping[str, float] | None = None) -> Gathered:
    """The inputs of one scale. `like`: levels of the whole index, which fix the scale of a domain or a half.

    Insufficient when no score belongs to the part, or a benchmark has too few models for a scale of its own.
    """
    chosen = [seen for seen in scores.seen if belongs(seen, part)]
    if not chosen:
        raise Insufficient(NOTHING_COUNTS)
    attempts = best_attempts(seen.attempt for seen in chosen)
    used = candidates_of(scores, chosen)
    if part.cut is Cut.BENCHMARK:
        return own_scale(scores, part, chosen, attempts, used)
    cells = [(item.score.model, item.score.benchmark, item.score.value) for item in attempts]
    anchored = scores.anchors if part.cut is Cut.INDEX else {}
    levels = {} if part.cut is Cut.INDEX else dict(like or {})
    return Gathered(
        inputs=scores.inputs,
        title=title_of(scores.inputs, part),
        candidates=used,
        vintage=max(seen.observed_at for seen in chosen),
        digest=digest(used.values(), cells, sorted(levels.items())),
        attempts=attempts,
        anchors=anchored,
        left_out=left_out(scores),
        cut=part.cut,
        key=part.key,
        like=levels,
    )


def left_out(scores: Pool) -> dict[str, int]:
    """How many stored scores could not be used, by reason."""
    rows: Counter[str] = Counter()
    for (_, reason), count in scores.left_out.items():
        rows[reason] += count
    return dict(rows)


def belongs(seen: Seen, part: Part) -> bool:
    """Does a score count for this part? A part of a benchmark counts in its domain, else only the whole does."""
    benchmark = seen.benchmark
    match part.cut:
        case Cut.BENCHMARK:
            return benchmark.slug == part.key
        case Cut.DOMAIN:
            return part.key in benchmark.domains
        case Cut.INDEX:
            return not benchmark.part_of
        case Cut.SPLIT:
            return not benchmark.part_of and in_half(seen, Split(part.key))


def in_half(seen: Seen, half: Split) -> bool:
    match half:
        case Split.PRIVATE:
            return seen.benchmark.private is True
        case Split.PUBLIC:
            return seen.benchmark.private is False
        case Split.INDEPENDENT:
            return seen.reporter is Reporter.INDEPENDENT
        case Split.VENDOR:
            return seen.reporter is Reporter.VENDOR


def candidates_of(scores: Pool, chosen: Iterable[Seen]) -> dict[str, Candidate]:
    """The models of these scores, each with the sources it rests on and one observation to show."""
    sources = defaultdict[str, set[str]](set)
    newest: dict[str, Seen] = {}
    for seen in chosen:
        key = seen.attempt.score.model
        sources[key].add(seen.source)
        if key not in newest or precedence(seen) > precedence(newest[key]):
            newest[key] = seen
    return {
        key: replace(
            scores.candidates[key],
            sources=tuple(sorted(sources[key])),
            observation=newest[key].observation,
        )
        for key in sorted(sources)
    }


def precedence(seen: Seen) -> tuple[object, ...]:
    """The newest capture's score is the one shown; the rest decides ties alike everywhere."""
    return (seen.observed_at, seen.source, seen.benchmark.slug, seen.attempt.score.value)


def own_scale(
    scores: Pool, part: Part, chosen: Sequence[Seen], attempts: Sequence[Attempt], used: dict[str, Candidate]
) -> Gathered:
    """One benchmark as a scale: per cent of the range between chance and ceiling, or the rating itself."""
    if len(used) < LEAST_MODELS:
        raise Insufficient(too_few_models(len(used), LEAST_MODELS))
    levels = {item.score.model: level_of(item) for item in attempts}
    stated = stated_intervals(chosen, attempts)
    bounds = stated if len(stated) >= MOSTLY * len(levels) else {}
    widths = Counter(seen.interval_level for seen in chosen if seen.interval_level and bounds)
    return Gathered(
        inputs=scores.inputs,
        title=title_of(scores.inputs, part),
        candidates=used,
        vintage=max(seen.observed_at for seen in chosen),
        digest=digest(used.values(), sorted(levels.items()), sorted(bounds.items())),
        levels=levels,
        bounds=bounds,
        left_out=left_out(scores),
        cut=part.cut,
        key=part.key,
        interval_level=widths.most_common(1)[0][0] if widths else 0.95,
    )


def level_of(attempt: Attempt) -> float:
    value = attempt.score.value
    return rating_of(value) if attempt.score.link == "identity" else PER_CENT * value


def stated_intervals(chosen: Iterable[Seen], attempts: Iterable[Attempt]) -> dict[str, Bounds]:
    """The stated interval of each model's best attempt. Only ratings are stated on the scale shown here."""
    best = {item.score.model: item for item in attempts}
    return {
        seen.attempt.score.model: seen.bounds
        for seen in chosen
        if seen.bounds and seen.benchmark.rating and seen.attempt == best[seen.attempt.score.model]
    }


def title_of(inputs: Inputs, part: Part) -> str:
    match part.cut:
        case Cut.INDEX:
            return TITLES[inputs]
        case Cut.DOMAIN:
            return f"Open Gap index, {DOMAINS[part.key].lower()} only"
        case Cut.SPLIT:
            return f"Open Gap index, {HALVES[Split(part.key)]} only"
        case Cut.BENCHMARK:
            return benchmarks()[part.key].name


HALVES = {
    Split.PRIVATE: "private benchmarks",
    Split.PUBLIC: "public benchmarks",
    Split.INDEPENDENT: "independent measurements",
    Split.VENDOR: "developers' own measurements",
}
