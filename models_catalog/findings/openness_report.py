"""How well does the grading function agree with the labels made by hand?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from scipy.stats import beta

from models_catalog.models.knowledge import Knowledge, aliases, claims, corrections
from models_catalog.normalise.catalogue import build
from models_catalog.normalise.gold import SECOND_OPENNESS, Label, openness_labels
from models_catalog.normalise.openness import COMMERCIAL_TIERS
from models_catalog.normalise.records import Catalogue, Model
from models_catalog.vocabulary import Tier

CONFIDENCE = 0.95  # one-sided


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
    """Agreement of the whole function, of what the sources alone give, without our reviews by model, and of the
    whole function on a sample drawn blind, for which nothing was mended."""

    graded: Agreement
    from_sources_alone: Agreement
    blind: Agreement
    not_in_the_catalogue: tuple[str, ...]  # labelled models no stored source states


def openness_report() -> OpennessReport:
    """On what is stored now. Labels of models that no stored source states are listed, and count nowhere."""
    stated, known, corrected = claims(Knowledge()), aliases(Knowledge()), corrections(Knowledge())
    whole = build(stated, known, corrections=corrected)
    alone = build(stated, known, corrections=corrected, reviewed_licences=False)
    first, second = openness_labels(), openness_labels(SECOND_OPENNESS)
    labels, blind = ([label for label in drawn if label.slug in whole.models] for drawn in (first, second))
    missing = tuple(label.slug for label in (*first, *second) if label.slug not in whole.models)
    return OpennessReport(
        agreement(labels, whole), agreement(labels, alone), agreement(blind, whole), missing
    )


def agreement(labels: Iterable[Label], catalogue: Catalogue) -> Agreement:
    pairs = [(label, catalogue.models[label.slug]) for label in labels]
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


def lower_bound(agree: int, labelled: int) -> float | None:
    """Clopper–Pearson: the share below which so much agreement would be seen in 5 % of samples only."""
    if not labelled:
        return None
    return float(beta.ppf(1 - CONFIDENCE, agree, labelled - agree + 1)) if agree else 0.0
