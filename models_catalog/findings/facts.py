"""Which scores and prices are stored? Lists of current values, each with its observation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from models_catalog.findings.records import Price, Score
from models_catalog.models import Observation
from models_catalog.models.knowledge import Knowledge, corrections
from models_catalog.normalise.benchmarks import benchmark_named
from models_catalog.normalise.corrections import ScoreCorrections
from models_catalog.normalise.units import usd_per_million
from models_catalog.sources import SOURCES, by_slug
from models_catalog.vocabulary import FactKind


def displayed_sources() -> list[str]:
    """Slugs of the sources whose owners' terms allow their values to be shown."""
    return [source.slug for source in SOURCES if source.rights.display]


def of_kind(observations: Iterable[Observation], kind: FactKind) -> list[Observation]:
    return [row for row in observations if row.kind == kind]


def score_corrections(known_at: datetime | None = None) -> ScoreCorrections:
    """The reviewed corrections of scores that count, now or as known at an instant."""
    return ScoreCorrections.of(corrections(Knowledge(known_at)))


def score(row: Observation, mended: ScoreCorrections) -> Score:
    """A stored score as it counts: corrected, with the sentence that says so."""
    source = row.subject.source
    value, corrected = mended.applied(source, row.subject.external_id, row.key, row.value)
    benchmark = str(value["benchmark"])
    known = benchmark_named(source, benchmark, str(value["metric"]))
    return Score(
        source=source,
        source_title=by_slug(source).title,
        subject=row.subject.name,
        benchmark=known.name if known else benchmark,
        benchmark_slug=known.slug if known else "",
        metric=str(value["metric"]),
        value=Decimal(str(value["value"])),
        unit=str(value["unit"]),
        low=decimal(value.get("low")),
        high=decimal(value.get("high")),
        settings=str(value.get("settings", "")),
        evaluator=str(value.get("evaluator", "")),
        evaluated_on=str(value.get("evaluated_on", "")),
        observed_at=row.observed_at,
        observation=row.pk,
        index=known is not None and known.index,
        corrected=corrected,
    )


def price(row: Observation) -> Price:
    value: dict[str, Any] = row.value
    amount, per = decimal(value.get("amount")), str(value.get("per", ""))
    return Price(
        source=row.subject.source,
        source_title=by_slug(row.subject.source).title,
        provider=str(value.get("provider", "")),
        unit=str(value["unit"]),
        tier=str(value.get("tier", "")),
        band=str(value.get("band", "")),
        per_million=usd_per_million(amount, per) if amount is not None else None,
        amount=amount,
        per=per,
        currency=str(value.get("currency", "")),
        variable=bool(value.get("variable", False)),
        observed_at=row.observed_at,
        observation=row.pk,
        subject=row.subject.name,
    )


def decimal(value: object) -> Decimal | None:
    """A stored number, or None; stored values were checked by the gate."""
    try:
        return Decimal(str(value)) if value not in (None, "") else None
    except InvalidOperation:
        return None
