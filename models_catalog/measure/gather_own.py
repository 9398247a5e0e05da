"""Our own scores as inputs of the index: identity, benchmark and unit judged by our rules, once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from models_catalog.analysis.normalise_scores import Attempt, best_attempts, normalise
from models_catalog.analysis.records import Insufficient, Score
from models_catalog.measure.gather import (
    EPOCH,
    EPOCH_INDEX_BOARD,
    EPOCH_MATRIX_BOARD,
    Candidate,
    Gathered,
    digest,
)
from models_catalog.models.knowledge import Knowledge, StoredScore, aliases, claims, corrections, scores
from models_catalog.normalise.benchmarks import Benchmark, benchmark_named
from models_catalog.normalise.catalogue import build
from models_catalog.normalise.records import Catalogue
from models_catalog.normalise.resolver import Resolver
from models_catalog.normalise.subjects import resolve_subject
from models_catalog.vocabulary import Inputs

TITLES = {
    Inputs.ALL: "Open Gap index (all boards and Epoch's benchmark matrix)",
    Inputs.OWN: "Open Gap index (without Epoch's benchmark matrix)",
}
ANCHOR_NAMES = {"Claude 3.5 Sonnet": 130.0, "GPT-5": 150.0}  # Epoch's two, so that scales compare


@dataclass(slots=True)
class Reader:
    """Turns stored scores into attempts, counting what it must leave out and why."""

    catalogue: Catalogue
    resolver: Resolver
    organizations: dict[tuple[str, str], str | None]
    left_out: Counter[str] = field(default_factory=Counter)
    candidates: dict[str, Candidate] = field(default_factory=dict)
    newest: datetime | None = None

    def attempts(self, rows: Iterable[StoredScore]) -> list[Attempt]:
        return [attempt for row in rows if (attempt := self.attempt(row)) is not None]

    def attempt(self, row: StoredScore) -> Attempt | None:
        benchmark = benchmark_named(row.source, str(row.value["benchmark"]))
        if benchmark is None or not benchmark.index:
            self.leave_out(
                "benchmark not reviewed" if benchmark is None else "benchmark kept out of the index"
            )
            return None
        try:
            value = normalised(row, benchmark)
        except ValueError:  # a unit without an upper end, or none stated and none reviewed
            self.leave_out("unit without an upper end")
            return None
        found = self.key_of(row)
        if found is None:
            return None
        key, variant = found
        self.newest = max(self.newest or row.observed_at, row.observed_at)
        label = " ".join(part for part in (variant, str(row.value.get("settings", ""))) if part)
        return Attempt(Score(key, benchmark.slug, value), label)

    def key_of(self, row: StoredScore) -> tuple[str, str] | None:
        """The checkpoint a score is of, noted as a candidate, and the variant that was tried."""
        organization = self.organizations.get((row.source, row.subject))
        found = resolve_subject(self.resolver, row.source, row.subject, row.name, organization)
        if not found.model:
            self.leave_out("name not resolved")
            return None
        key = self.catalogue.checkpoint(found.model, found.snapshot)
        candidate = self.candidate(key, found.model, row)
        if candidate is None:
            self.leave_out("no release date")
            return None
        self.candidates[key] = candidate
        return key, found.variant or ""

    def candidate(self, key: str, slug: str, row: StoredScore) -> Candidate | None:
        """The checkpoint with its own date and its model's access; None without a date."""
        model, snapshot = self.catalogue.models[slug], self.catalogue.snapshots.get(key)
        released: date | None = snapshot.released if snapshot else model.released
        if released is None:
            return None
        known = self.candidates.get(key)
        return Candidate(
            key=key,
            model=model.slug,
            name=snapshot.name if snapshot else model.name,
            organization=self.organization_name(model.organization),
            released=released,
            access=model.access,
            sources=tuple(sorted({*(known.sources if known else ()), row.source})),
            observation=row.observation,
        )

    def organization_name(self, slug: str) -> str:
        known = self.catalogue.organizations.get(slug)
        return known.name if known else slug

    def leave_out(self, reason: str) -> None:
        self.left_out[reason] += 1


def normalised(row: StoredScore, benchmark: Benchmark) -> float:
    """The score between chance and ceiling. Epoch's matrix is already corrected for chance."""
    share = float(benchmark.share(Decimal(str(row.value["value"])), str(row.value["unit"])))
    if (row.source, row.board) == (EPOCH, EPOCH_MATRIX_BOARD):
        return normalise(share)
    if not benchmark.higher_is_better:
        return normalise(share, chance=1.0, ceiling=0.0)
    return normalise(share, chance=benchmark.chance, ceiling=benchmark.ceiling)


def gather_own(knowledge: Knowledge, inputs: Inputs) -> Gathered:
    """Our scores as known then. Insufficient when none of them can be used."""
    stated, known = claims(knowledge), aliases(knowledge)
    catalogue = build(stated, known, corrections=corrections(knowledge))
    organizations = {(claim.source, claim.model): claim.organization for claim in stated}
    reader = Reader(catalogue, Resolver(catalogue, known), organizations)
    attempts = best_attempts(reader.attempts(row for row in scores(knowledge) if counts(row, inputs)))
    if reader.newest is None:
        raise Insufficient("no score of a known model on a reviewed benchmark is stored yet")
    cells = [(item.score.model, item.score.benchmark, item.score.value) for item in attempts]
    return Gathered(
        inputs=inputs,
        title=TITLES[inputs],
        candidates=reader.candidates,
        vintage=reader.newest,
        digest=digest(reader.candidates.values(), cells),
        attempts=attempts,
        anchors=anchors(reader.resolver),
        left_out=reader.left_out,
    )


def counts(row: StoredScore, inputs: Inputs) -> bool:
    """Published index levels are results, not scores; Epoch's matrix belongs to `all` only."""
    if (row.source, row.board) == (EPOCH, EPOCH_INDEX_BOARD):
        return False
    return inputs is Inputs.ALL or (row.source, row.board) != (EPOCH, EPOCH_MATRIX_BOARD)


def anchors(resolver: Resolver) -> dict[str, float]:
    """The two models that define the scale, as our catalogue calls them."""
    found: dict[str, float] = {}
    for name, level in ANCHOR_NAMES.items():
        resolution = resolver.resolve(name, source=EPOCH)
        if not resolution.model:
            raise Insufficient(f"the scale's anchor {name} is not in the catalogue")
        found[resolver.catalogue.checkpoint(resolution.model, resolution.snapshot)] = level
    return found
