"""Our own scores as inputs of a scale: identity, benchmark, unit and evaluator judged by our rules, once.

A `Pool` holds every usable score of one state of knowledge; `measure.cuts` takes the part a scale needs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from models_catalog.analysis.normalise_scores import RATING_WEIGHT, Attempt, normalise, normalise_rating
from models_catalog.analysis.records import Bounds, Insufficient, Score
from models_catalog.measure.gather import EPOCH, EPOCH_INDEX_BOARD, EPOCH_MATRIX_BOARD, Candidate
from models_catalog.models.knowledge import Knowledge, StoredScore, aliases, claims, corrections, scores
from models_catalog.normalise.benchmarks import Benchmark, benchmark_named
from models_catalog.normalise.catalogue import build
from models_catalog.normalise.dates import parse_date
from models_catalog.normalise.evaluators import reporter_of
from models_catalog.normalise.moving import moving_of
from models_catalog.normalise.names import read_name
from models_catalog.normalise.previews import is_preview
from models_catalog.normalise.records import Catalogue, Resolution
from models_catalog.normalise.resolver import Resolver
from models_catalog.normalise.subjects import resolve_subject
from models_catalog.vocabulary import Inputs, Reporter

UNREVIEWED, KEPT_OUT = "benchmark not reviewed", "benchmark kept out of the index"
TRAINED = "of a copy trained on the benchmark's own questions"
SUBMITTED = "only on a board of submissions"
SUBMISSIONS = frozenset({"open-llm-leaderboard"})  # anybody may enter any repository, and thousands were
ANCHOR_NAMES = {"Claude 3.5 Sonnet": 130.0, "GPT-5": 150.0}  # Epoch's two, so that scales compare


@dataclass(frozen=True, slots=True)
class Seen:
    """One usable score: of which model, on which benchmark, on whose word, from which capture."""

    attempt: Attempt
    benchmark: Benchmark
    reporter: Reporter
    source: str
    observation: int
    observed_at: datetime
    bounds: Bounds | None  # stated, on the benchmark's own raw scale
    interval_level: float | None


@dataclass(frozen=True, slots=True)
class Pool:
    """Every usable score of one state of knowledge, and the models they are of (no sources, no observation)."""

    seen: tuple[Seen, ...]
    candidates: dict[str, Candidate]
    anchors: dict[str, float]
    left_out: dict[tuple[str, str], int]  # (source, reason) -> rows
    inputs: Inputs = Inputs.ALL


def pool(knowledge: Knowledge) -> Pool:
    """Our scores as known then. Insufficient when none of them can be used, or an anchor is unknown."""
    stated, known = claims(knowledge), aliases(knowledge)
    catalogue = build(stated, known, corrections=corrections(knowledge))
    organizations = {
        (claim.source, claim.model): claim.organization for claim in stated if claim.organization
    }
    reader = Reader(catalogue, Resolver(catalogue, known), organizations)
    read = reader.read(row for row in scores(knowledge) if is_score(row))
    lonely = submitted(read)
    seen = tuple(item for item in read if item.attempt.score.model not in lonely)
    require(seen)
    left_out = reader.left_out + Counter(
        (item.source, SUBMITTED) for item in read if item.attempt.score.model in lonely
    )
    return Pool(seen, reader.candidates, anchors(reader.resolver), dict(left_out))


def submitted(seen: Iterable[Seen]) -> frozenset[str]:
    """The models that stand on nothing but a board of submissions. They are not placed.

    The best of thousands of fine-tunes on six public benchmarks is a matter of luck and of training for them, and its
    day is that of a repository that was empty at first.
    """
    sources = defaultdict[str, set[str]](set)
    for item in seen:
        sources[item.attempt.score.model].add(item.source)
    return frozenset(model for model, known in sources.items() if known <= SUBMISSIONS)


def own(whole: Pool) -> Pool:
    """The same without anything Epoch collected. Insufficient when nothing is left."""
    seen = tuple(item for item in whole.seen if item.source != EPOCH)
    require(seen)
    left_out = {key: rows for key, rows in whole.left_out.items() if key[0] != EPOCH}
    return Pool(seen, whole.candidates, whole.anchors, left_out, Inputs.OWN)


def require(seen: tuple[Seen, ...]) -> None:
    if not seen:
        raise Insufficient("no score of a known model on a reviewed benchmark is stored yet")


def is_score(row: StoredScore) -> bool:
    """Published index levels are results, not scores."""
    return (row.source, row.board) != (EPOCH, EPOCH_INDEX_BOARD)


@dataclass(slots=True)
class Reader:
    """Turns stored scores into attempts, counting what it must leave out and why."""

    catalogue: Catalogue
    resolver: Resolver
    organizations: dict[tuple[str, str], str]
    left_out: Counter[tuple[str, str]] = field(default_factory=Counter)
    candidates: dict[str, Candidate] = field(default_factory=dict)
    known: dict[tuple[str, str, str], Resolution] = field(default_factory=dict)

    def read(self, rows: Iterable[StoredScore]) -> tuple[Seen, ...]:
        return tuple(seen for row in rows if (seen := self.seen(row)) is not None)

    def seen(self, row: StoredScore) -> Seen | None:
        benchmark = benchmark_named(row.source, str(row.value["benchmark"]), str(row.value["metric"]))
        if benchmark is None or not benchmark.index:
            self.leave_out(row, UNREVIEWED if benchmark is None else KEPT_OUT)
            return None
        try:
            value = normalised(row, benchmark)
        except ValueError:  # a unit without an upper end, or none stated and none reviewed
            self.leave_out(row, "unit without an upper end")
            return None
        found = self.key_of(row)
        if found is None:
            return None
        if self.candidates[found[0]].model in benchmark.trained:
            self.leave_out(row, TRAINED)
            return None
        return Seen(
            attempt=attempt(row, benchmark, value, *found),
            benchmark=benchmark,
            reporter=reporter_of(row.source, str(row.value.get("evaluator") or "")),
            source=row.source,
            observation=row.observation,
            observed_at=row.observed_at,
            bounds=stated_bounds(row),
            interval_level=row.value.get("interval_level"),
        )

    def key_of(self, row: StoredScore) -> tuple[str, str] | None:
        """The checkpoint a score is of, noted as a candidate, and the variant that was tried."""
        found = self.resolved(row)
        if not found.model:
            self.leave_out(row, "name not resolved")
            return None
        key = self.catalogue.checkpoint(found.model, found.snapshot)
        if key not in self.candidates:
            candidate = self.candidate(key, found.model)
            if candidate is None:
                self.leave_out(row, "no release date")
                return None
            self.candidates[key] = candidate
        return key, found.variant or ""

    def resolved(self, row: StoredScore) -> Resolution:
        """Whose score it is; a name has many scores and is looked up once, a moving alias by each one's day."""
        name = (row.source, row.subject, row.name)
        if moving_of(read_name(row.subject)) and (used := parse_date(row.value.get("evaluated_on") or "")):
            return resolve_subject(self.resolver, *name, None, on=used[0])
        if name not in self.known:
            organization = self.organizations.get((row.source, row.subject))
            self.known[name] = resolve_subject(self.resolver, *name, organization)
        return self.known[name]

    def candidate(self, key: str, slug: str) -> Candidate | None:
        """The checkpoint with its own date and its model's access; None without a date."""
        model, snapshot = self.catalogue.models[slug], self.catalogue.snapshots.get(key)
        released: date | None = snapshot.released if snapshot else model.released
        if released is None:
            return None
        name = snapshot.name if snapshot else model.name
        return Candidate(
            key=key,
            model=model.slug,
            name=name,
            organization=self.organization_name(model.organization),
            released=released,
            access=model.access,
            sources=(),
            observation=None,
            tier=model.tier,
            preview=is_preview(f"{key} {name}"),
        )

    def organization_name(self, slug: str) -> str:
        known = self.catalogue.organizations.get(slug)
        return known.name if known else slug

    def leave_out(self, row: StoredScore, reason: str) -> None:
        self.left_out[row.source, reason] += 1


def attempt(row: StoredScore, benchmark: Benchmark, value: float, key: str, variant: str) -> Attempt:
    label = " ".join(part for part in (variant, str(row.value.get("settings") or "")) if part)
    if benchmark.rating:
        return Attempt(Score(key, benchmark.slug, value, RATING_WEIGHT, "identity"), label)
    return Attempt(Score(key, benchmark.slug, value), label)


def normalised(row: StoredScore, benchmark: Benchmark) -> float:
    """The score between chance and ceiling, or a rating in logits. Epoch's matrix is already corrected for chance.

    ValueError where the unit has no upper end and is no rating.
    """
    if benchmark.rating:
        return normalise_rating(float(row.value["value"]))
    share = float(benchmark.share(Decimal(str(row.value["value"])), str(row.value["unit"])))
    if (row.source, row.board) == (EPOCH, EPOCH_MATRIX_BOARD):
        return normalise(share)
    if not benchmark.higher_is_better:
        return normalise(share, chance=1.0, ceiling=0.0)
    return normalise(share, chance=benchmark.chance, ceiling=benchmark.ceiling)


def stated_bounds(row: StoredScore) -> Bounds | None:
    low, high = row.value.get("low"), row.value.get("high")
    return None if low is None or high is None else Bounds(float(low), float(high))


def anchors(resolver: Resolver) -> dict[str, float]:
    """The two models that define the scale, as our catalogue calls them."""
    found: dict[str, float] = {}
    for name, level in ANCHOR_NAMES.items():
        resolution = resolver.resolve(name, source=EPOCH)
        if not resolution.model:
            raise Insufficient(f"the scale's anchor {name} is not in the catalogue")
        found[resolver.catalogue.checkpoint(resolution.model, resolution.snapshot)] = level
    return found
