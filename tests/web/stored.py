"""A small invented world as stored rows: models, observations of real sources, a scale and its standing answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import numpy as np
from pydantic import TypeAdapter

from models_catalog.analysis.economy import PriceStudy, study_prices
from models_catalog.analysis.prices import Quote
from models_catalog.analysis.records import Point
from models_catalog.findings.records import FrontierPoint
from models_catalog.measure.issue import Question, freeze
from models_catalog.measure.scale import packed
from models_catalog.measure.version import METHOD_VERSION
from models_catalog.models import (
    AIModel,
    CurrentObservation,
    Family,
    Fetch,
    Fit,
    Observation,
    Organization,
    Resolution,
    Run,
    Study,
    Subject,
)
from models_catalog.sources import by_slug
from models_catalog.vocabulary import Access, FactKind, Inputs, Outcome, Rung, Tier
from tests.charts.invented import AS_OF, POINTS

CAPTURED = datetime(2026, 2, 27, 6, tzinfo=UTC)
SHA256 = "ab" * 32
TIER = {Access.OPEN: Tier.RESTRICTED, Access.CLOSED: Tier.CLOSED, Access.UNKNOWN: Tier.UNKNOWN}


@dataclass
class World:
    """What was stored, so that tests can ask for it by name."""

    models: dict[str, AIModel] = field(default_factory=dict)
    scores: dict[str, Observation] = field(default_factory=dict)
    fetches: dict[str, Fetch] = field(default_factory=dict)


def world() -> World:
    """Every invented point as a model with a score, standing on one scale for all inputs."""
    made = World()
    for source in ("epoch", "models-dev"):
        made.fetches[source] = fetched(source)
    lab = Organization.objects.create(slug="invented-lab", name="Invented Lab", country="Norway")
    family = Family.objects.create(slug="amber", name="Amber", organization=lab)
    for point in POINTS:
        model = stored_model(point, lab, family)
        made.models[point.name] = model
        score = {"benchmark": "Quiz", "metric": "accuracy", "value": "61.20", "unit": "percent"}
        made.scores[point.name] = observe(made, "epoch", model, FactKind.SCORE, score)
    stand(made)
    return made


def fetched(source: str) -> Fetch:
    run = Run.objects.create(
        source=source,
        trigger=Run.Trigger.RECORDED,
        started_at=CAPTURED,
        finished_at=CAPTURED,
        outcome=Outcome.ACCEPTED,
    )
    return Fetch.objects.create(
        run=run,
        source=source,
        board=by_slug(source).boards[0].slug,
        url=f"https://{source}.example/list.csv",
        sha256=SHA256,
        size=10,
        observed_at=CAPTURED,
        recorded_at=CAPTURED,
        outcome=Outcome.ACCEPTED,
    )


def stored_model(point: FrontierPoint, lab: Organization, family: Family, **fields: Any) -> AIModel:
    return AIModel.objects.create(
        **{
            "slug": point.model,
            "name": point.name,
            "organization": lab,
            "family": family,
            "released": point.released,
            "released_kind": "announced",
            "released_precision": "day",
            "released_source": "epoch",
            "access": point.access,
            "tier": TIER[point.access],
            "tier_reason": "an invented licence",
            "licence": "invented-1.0" if point.access is Access.OPEN else "",
            "licence_link": "https://licence.example/1.0",
            "modalities": ["text"],
            "level": point.level,
            "search": point.name.lower(),
        }
        | fields
    )


def observe(
    made: World, source: str, model: AIModel | None, kind: FactKind, value: dict[str, Any], name: str = ""
) -> Observation:
    """One current observation of one subject that resolves to the model."""
    name = name or (model.name if model else "nobody")
    subject, _ = Subject.objects.get_or_create(
        source=source, external_id=f"{name}/{kind}/{value.get('unit', '')}", defaults={"name": name}
    )
    if model:
        Resolution.objects.get_or_create(subject=subject, defaults={"model": model, "rung": Rung.EXACT})
    row = Observation.objects.create(
        subject=subject,
        kind=kind,
        key="invented",
        board=by_slug(source).boards[0].slug,
        value={"quote": "61.20"} | value,
        digest="0" * 32,
        valid_from=model.released if model else None,
        observed_at=CAPTURED,
        recorded_at=CAPTURED,
        fetch=made.fetches[source],
    )
    CurrentObservation.objects.create(observation=row, subject=subject, kind=kind, key="invented")
    return row


def stand(made: World) -> None:
    """The standing answer on an invented scale, with forty draws around every level."""
    rng = np.random.default_rng(7)
    levels = np.array([point.level for point in POINTS])
    draws = levels + rng.normal(0, 0.5, (40, len(POINTS)))
    fit = Fit.objects.create(
        inputs=Inputs.ALL,
        method_version=METHOD_VERSION,
        inputs_hash="invented",
        scale="Invented index",
        points=[placed(point, made) for point in POINTS],
        draws=packed(draws),
        computed_at=CAPTURED,
    )
    known_at = datetime.combine(AS_OF, time(6), UTC)
    freeze(Question(Inputs.ALL, standing=True), fit, AS_OF, known_at, CAPTURED)


def placed(point: FrontierPoint, made: World) -> dict[str, object]:
    return {
        "key": point.model,
        "model": point.model,
        "name": point.name,
        "organization": point.organization,
        "released": point.released.isoformat(),
        "access": point.access.value,
        "level": point.level,
        "low": point.low,
        "high": point.high,
        "sources": ["epoch"],
        "observation": made.scores[point.name].pk,
    }


def study_prices_of(made: World, day: date) -> Study:
    """One host's price for every invented model since it came out, studied on a day; the price is an observation."""
    offer = {
        "provider": "invented-host",
        "unit": "input",
        "amount": "0.5",
        "currency": "USD",
        "per": "1000000",
    }
    row = observe(made, "models-dev", made.models["Birch 3"], FactKind.PRICE, offer, name=f"offer of {day}")
    dated = [point for point in POINTS if point.released <= day]
    quotes = [
        Quote(
            point.model, "invented-host", Decimal("0.5"), Decimal("0.5"), point.released, observation=row.pk
        )
        for point in dated
    ]
    points = [Point(point.model, point.released, point.access, point.level, point.name) for point in dated]
    study = study_prices(points, quotes, day=day, begins={"models-dev": min(quote.since for quote in quotes)})
    return Study.objects.create(
        subject=Study.Subject.PRICES,
        inputs=Inputs.ALL,
        method_version=METHOD_VERSION,
        inputs_hash=f"invented {day}",
        as_of=day,
        vintage=CAPTURED,
        known_at=CAPTURED,
        detail=TypeAdapter(PriceStudy).dump_python(study, mode="json"),
        computed_at=CAPTURED,
    )
