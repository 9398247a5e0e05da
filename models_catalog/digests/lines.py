"""One line of an edition: what it is about, what is said, by whom, where the evidence is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from models_catalog.analysis.prices import PricedModel
from models_catalog.charts.answer import few_draws, unit_word
from models_catalog.charts.numerals import count, day, decimal, interval, price, share
from models_catalog.charts.outside import visible
from models_catalog.charts.releases import dated
from models_catalog.charts.words import ACCESS, TIER
from models_catalog.findings.evidence import evidence
from models_catalog.findings.lifecycle import LifecycleEvent
from models_catalog.findings.measured import GapRow
from models_catalog.findings.prices import Prices
from models_catalog.findings.records import CorrectionLine, GapValue, ModelRow
from models_catalog.findings.week import LicenceChange, PriceMove, SilentSource
from models_catalog.normalise.hosts import host_title
from models_catalog.vocabulary import Access

Item = dict[str, Any]


def item(  # noqa: PLR0913 - one line has this many facts, all named
    name: str,
    said: str,
    *,
    model: str = "",
    organization: str = "",
    access: str = "",
    source: str = "",
    source_slug: str = "",
    observation: int | None = None,
    path: str = "",
) -> Item:
    """Text from outside is made visible here, once, for every way an edition is shown."""
    return {
        "name": visible(name),
        "said": visible(said, 400),
        "model": model,
        "organization": organization,
        "access": access,
        "source": visible(source),
        "source_slug": source_slug,
        "path": path or (reverse("model", args=[model]) if model else ""),
        "evidence": reverse("evidence", args=[observation]) if observation else "",
    }


def of_model(
    row: ModelRow, said: str, source: str = "", source_slug: str = "", observation: int | None = None
) -> Item:
    """A line about one model: it says which and whose, for those who watch it."""
    return item(
        row.name,
        said,
        model=row.slug,
        organization=row.organization_slug,
        access=row.access.value,
        source=source,
        source_slug=source_slug,
        observation=observation,
    )


def release_item(row: ModelRow) -> Item:
    """ "GLM 5.3: Zhipu, 18 Aug 2026, open weights, restricted, 148.2 points on the index"; and who states the day."""
    parts = [row.organization, dated(row)]
    if row.access is Access.OPEN:
        parts.append(TIER[row.tier].lower())
    if row.level is not None:
        parts.append(f"{decimal(row.level)} points on the index")
    said = ", ".join(part for part in parts if part)
    dating = evidence(row.released_observation) if row.released_observation else None
    if dating is None:
        return of_model(row, said)
    source = f"{dating.source_title}, {day(dating.observed_at)}"
    return of_model(row, said, source, dating.source, dating.observation)


def price_item(moves: Sequence[PriceMove]) -> Item:
    """One offer's moves, input before output: "input $1.00 → $0.20 (80 % less), output …"."""
    first = moves[0]
    said = ", ".join(moved(move) for move in moves)
    if first.provider and first.provider != first.source:
        said += f", at {host_title(first.provider)}"
    return of_model(
        first.row,
        said,
        source=f"{first.source_title}, {day(first.observed_at)}",
        source_slug=first.source,
        observation=first.observation,
    )


def cheapest_item(found: Prices, model: PricedModel) -> Item:
    """ "GLM 5.3: open, $0.40 per 1M tokens, blended"."""
    return item(
        found.name(model.model),
        f"{ACCESS[model.access]}, {price(model.guarded)} per 1M tokens, three of input to one of output",
        model=model.model,
        access=model.access.value,
        source="Open Gap’s study of list prices",
        observation=model.observation,
    )


def moved(move: PriceMove) -> str:
    direction = "less" if move.size < 0 else "more"
    return f"{move.unit} {price(move.before)} → {price(move.after)} ({share(abs(move.share))} {direction})"


def licence_item(line: LicenceChange) -> Item:
    what = "weights published" if line.weights else "licence"
    said = f"{what}: “{line.before}” → “{line.after}”"
    return of_model(
        line.row,
        f"licence tag and text differ: “{line.after}”" if line.differ else said,
        source=f"{line.source_title}, {day(line.observed_at)}",
        source_slug=line.source,
        observation=line.observation,
    )


def end_item(event: LifecycleEvent) -> Item:
    assert event.on is not None
    own = event.provider.lower() == event.organization.lower()
    where = "" if own else f" at {provider_name(event)}"
    return item(
        event.name,
        f"ends {day(event.on)}{where}",
        model=event.model,
        source=f"{event.source_title}, {day(event.observed_at)}",
        source_slug=event.source,
        observation=event.observation,
    )


def provider_name(event: LifecycleEvent) -> str:
    """The host as its own source writes it, else by its word."""
    return event.source_title if event.provider == event.source else host_title(event.provider)


def correction_item(line: CorrectionLine) -> Item:
    return item(
        line.subject,
        f"{line.source_title} states {line.field} “{line.wrong or 'nothing'}”; “{line.right}” counts. {line.reason}",
        model=line.model,
        observation=line.observation,
        source="evidence" if line.observation else "",
    )


def silent_item(line: SilentSource) -> Item:
    newest = f"newest capture {day(line.newest)}" if line.newest else "nothing yet"
    return item(line.title, newest, path=f"{reverse('status')}#{line.slug}")


def domain_item(row: GapRow, value: GapValue) -> Item:
    assert value.value is not None
    least = "at least " if value.at_least else ""
    span = interval(value.low, value.high)
    sure = f" ({span}{few_draws(value.draws, ', ')})" if span else ""
    said = f"{least}{decimal(value.value)} {unit_word(value)}{sure}"
    return item(row.label, f"{said}, {count(row.models, 'model')}", path=reverse("gap"))
