"""How well does the grading function agree with the labels made by hand?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from models_catalog.analysis.proportion import lower_bound
from models_catalog.models.knowledge import Knowledge, aliases, claims, corrections
from models_catalog.normalise.catalogue import build
from models_catalog.normalise.gold import DRAWN_OPENNESS, OPENNESS, Label, openness_labels
from models_catalog.normalise.openness import COMMERCIAL_TIERS
from models_catalog.normalise.records import Catalogue, Model
from models_catalog.vocabulary import Tier


@dataclass(frozen=True, slots=True)
class Disagreement:
    slug: str
    label: Tier
    graded: Tier
    reason: str  # the function's
    why: str  # the label's
    cite: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """`at_least` is the one-sided 95 % lower bound (Clopper and Pearson 1934) of the share that agrees."""

    labelled: int
    agree: int
    share: float | None
    at_least: float | None
    confusion: dict[str, dict[str, int]]  # label -> graded -> models
    unknown_as_closed: tuple[str, ...]
    research_as_commercial: tuple[str, ...]
    disagreements: tuple[Disagreement, ...]


@dataclass(frozen=True, slots=True)
class OpennessReport:
    """Agreement of the whole function, and of what the sources alone give, without what we reviewed by model.

    `blind` is the newest sample drawn blind, `drawn_before` the earlier ones by label file. What a sample taught was
    mended after it was drawn: the figure as drawn stands in the head of its file. All drawn samples but the second
    were labelled from the payloads alone, so `from_sources_alone` compares like with like.
    """

    graded: Agreement
    blind: Agreement
    drawn_before: dict[str, Agreement]
    from_sources_alone: dict[str, Agreement]  # by label file
    not_in_the_catalogue: tuple[str, ...]  # labelled models no stored source states


def openness_report() -> OpennessReport:
    """On what is stored now. Labels of models that no stored source states are listed, and count nowhere."""
    stated, known, corrected = claims(Knowledge()), aliases(Knowledge()), corrections(Knowledge())
    whole = build(stated, known, corrections=corrected)
    alone = build(stated, known, corrections=corrected, reviewed_by_model=False)
    labels = {path.stem: openness_labels(path) for path in (OPENNESS, *DRAWN_OPENNESS)}
    found = {name: agreement(sample, whole) for name, sample in labels.items()}
    graded, blind = found.pop(OPENNESS.stem), found.popitem()[1]
    every = [label.slug for sample in labels.values() for label in sample]
    return OpennessReport(
        graded=graded,
        blind=blind,
        drawn_before=found,
        from_sources_alone={name: agreement(sample, alone) for name, sample in labels.items()},
        not_in_the_catalogue=tuple(slug for slug in every if slug not in whole.models),
    )


def agreement(labels: Iterable[Label], catalogue: Catalogue) -> Agreement:
    """Of the labels whose models are in the catalogue."""
    pairs = [(label, catalogue.models[label.slug]) for label in labels if label.slug in catalogue.models]
    confusion: dict[str, Counter[str]] = {tier.value: Counter() for tier in Tier}
    for label, model in pairs:
        confusion[label.tier][model.tier] += 1
    agree = sum(label.tier is model.tier for label, model in pairs)
    return Agreement(
        labelled=len(pairs),
        agree=agree,
        share=agree / len(pairs) if pairs else None,
        at_least=lower_bound(agree, len(pairs)),
        confusion={label: dict(graded) for label, graded in confusion.items() if graded},
        unknown_as_closed=named(pairs, Tier.UNKNOWN, {Tier.CLOSED}),
        research_as_commercial=named(pairs, Tier.RESEARCH, COMMERCIAL_TIERS),
        disagreements=tuple(
            disagreement(label, model) for label, model in pairs if label.tier is not model.tier
        ),
    )


def named(pairs: Iterable[tuple[Label, Model]], tier: Tier, graded: Collection[Tier]) -> tuple[str, ...]:
    return tuple(label.slug for label, model in pairs if label.tier is tier and model.tier in graded)


def disagreement(label: Label, model: Model) -> Disagreement:
    return Disagreement(label.slug, label.tier, model.tier, model.tier_reason, label.why, label.cite)
