"""How many of the names that sources use resolve, and which wait for what reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypedDict

from django.db.models import Max

from models_catalog.analysis.proportion import lower_bound
from models_catalog.findings.exclusions import Excluded, Exclusions, exclusions
from models_catalog.models import Observation, Resolution
from models_catalog.normalise.gold_names import Label, Verdict, gold_labels
from models_catalog.vocabulary import FactKind, Rung

RECENT = datetime(2025, 1, 1, tzinfo=UTC)
LEADERBOARDS, EVERYTHING = "all leaderboards", "all sources"


@dataclass(frozen=True, slots=True)
class ScoredName:
    """One name on a leaderboard: its subject, who it is, and when it was last seen with a score."""

    subject: int
    source: str
    external_id: str
    name: str
    model: str | None
    snapshot: str | None
    rung: Rung
    seen: datetime
    excluded: Excluded | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityLine:
    """One leaderboard, or all. `names` are those that can mean one model; the rest are `excluded`, by reason.

    `recent_…` count the names still seen with a score in captures since 2025-01-01. `gold_n` names were labelled
    by hand and judged; a name of theirs that stays unresolved is `gold_waiting`, never wrong. `precision_low` is the
    one-sided 95 % bound (Clopper and Pearson) of the share right among those of them that resolve.
    """

    source: str
    names: int
    resolved: int
    share: float | None
    recent_names: int
    recent_resolved: int
    recent_share: float | None
    excluded: dict[str, int]
    gold_n: int
    gold_wrong: int
    gold_waiting: int
    precision_low: float | None


def identity_lines() -> list[IdentityLine]:
    """One line a leaderboard, then all leaderboards, then every name of every source."""
    names = scored_names()
    verdicts = gold_verdicts(names)
    sources = sorted({name.source for name in names})
    lines = [line(source, [name for name in names if name.source == source], verdicts) for source in sources]
    return [*lines, line(LEADERBOARDS, names, verdicts), every_name()]


def line(source: str, names: list[ScoredName], verdicts: Mapping[int, Verdict]) -> IdentityLine:
    counted = [name for name in names if not name.excluded]
    recent = [name for name in counted if name.seen >= RECENT]
    resolved, recently = known(counted), known(recent)
    return IdentityLine(
        source=source,
        names=len(counted),
        resolved=resolved,
        share=share(resolved, len(counted)),
        recent_names=len(recent),
        recent_resolved=recently,
        recent_share=share(recently, len(recent)),
        excluded=dict(Counter(str(name.excluded) for name in names if name.excluded)),
        **judgement(names, verdicts),
    )


class Judgement(TypedDict):
    """The last four fields of a line: how the names labelled by hand were judged."""

    gold_n: int
    gold_wrong: int
    gold_waiting: int
    precision_low: float | None


def judgement(names: Iterable[ScoredName], verdicts: Mapping[int, Verdict]) -> Judgement:
    labelled = [name for name in names if name.subject in verdicts]
    found = Counter(verdicts[name.subject] for name in labelled)
    answered, wrong = known(labelled), found[Verdict.WRONG]
    return Judgement(
        gold_n=len(labelled),
        gold_wrong=wrong,
        gold_waiting=found[Verdict.WAITING],
        precision_low=lower_bound(answered - wrong, answered),
    )


def known(names: Iterable[ScoredName]) -> int:
    return sum(1 for name in names if name.model)


def share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def every_name() -> IdentityLine:
    """All names of all sources, hosts' ids and repositories of the Hub included; nothing excluded."""
    rows = Resolution.objects.all()
    names, resolved = rows.count(), rows.exclude(model=None).count()
    labelled = labelled_names()
    return IdentityLine(
        source=EVERYTHING,
        names=names,
        resolved=resolved,
        share=share(resolved, names),
        recent_names=0,
        recent_resolved=0,
        recent_share=None,
        excluded={},
        **judgement(labelled, gold_verdicts(labelled)),
    )


def labelled_names() -> list[ScoredName]:
    """Every stored name that was labelled by hand, hosts' included; `seen` says nothing here."""
    ids = [label.id for label in gold_labels()]
    rows = Resolution.objects.filter(subject__external_id__in=ids)
    excluded = exclusions()
    return [scored_name(row, RECENT, excluded) for row in rows.select_related("subject", "model", "snapshot")]


def gold_verdicts(names: Iterable[ScoredName]) -> dict[int, Verdict]:
    """The verdict on every hand-labelled name that is stored here, by subject."""
    by_name = {(name.source, name.external_id): name for name in names}
    stored = ((label, by_name.get((label.source, label.id))) for label in gold_labels() if label.judged)
    return {name.subject: judged(label, name) for label, name in stored if name}


def judged(label: Label, name: ScoredName) -> Verdict:
    stamp = name.snapshot.removeprefix(f"{name.model}-") if name.snapshot else None
    return label.verdict(name.model, stamp)


def scored_names() -> list[ScoredName]:
    """Every name with a score, in the order of sources and ids."""
    excluded = exclusions()
    seen = dict(
        Observation.objects.filter(kind=FactKind.SCORE)
        .values_list("subject")
        .annotate(seen=Max("observed_at"))
        .values_list("subject", "seen")
    )
    rows = Resolution.objects.filter(subject__in=seen).select_related("subject", "model", "snapshot")
    return [
        scored_name(row, seen[row.subject_id], excluded)
        for row in rows.order_by("subject__source", "subject__external_id")
    ]


def scored_name(row: Resolution, seen: datetime, excluded: Exclusions) -> ScoredName:
    subject = row.subject
    return ScoredName(
        subject=subject.pk,
        source=subject.source,
        external_id=subject.external_id,
        name=subject.name,
        model=row.model.slug if row.model else None,
        snapshot=row.snapshot.slug if row.snapshot else None,
        rung=Rung(row.rung),
        seen=seen,
        excluded=excluded.of(row),
    )
