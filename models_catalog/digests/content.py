"""What one edition says: the common part, made from findings alone, as JSON-ready values.

Sections hold groups of items; page, text part and HTML part write the same items. An item names what it is about
(`model`, `organization`), so that readers who watch them can be told first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse

from models_catalog.charts.answer import answer_sentence, interval_phrase, spread_phrase
from models_catalog.charts.figure import credited
from models_catalog.charts.words import METHOD
from models_catalog.digests import sections
from models_catalog.digests.claims import claim_section
from models_catalog.digests.headline import Headline
from models_catalog.digests.sections import Section
from models_catalog.digests.weeks import Week
from models_catalog.findings.claims.moves import ClaimWeek
from models_catalog.findings.lifecycle import Lifecycle
from models_catalog.findings.measured import GapTable
from models_catalog.findings.prices import Prices
from models_catalog.findings.records import Gap
from models_catalog.findings.status import credit
from models_catalog.findings.week import WeekOfChanges


@dataclass(frozen=True, slots=True)
class Material:
    """The findings an edition is made from. `prices`: None when none have been studied, or only of a later day."""

    week: Week
    headline: Headline
    changes: WeekOfChanges
    ends: Lifecycle
    domains: GapTable | None
    prices: Prices | None
    claims: ClaimWeek


def content_of(material: Material) -> dict[str, Any]:
    """The frozen content. `quiet` when no section has news; `claims` is what the next edition compares with."""
    found = [section for section in all_sections(material) if section]
    return {
        "week": str(material.week),
        "first_day": material.week.monday.isoformat(),
        "last_day": material.week.sunday.isoformat(),
        "headline": headline_of(material.headline),
        "sections": found,
        "claims": claims_told(material.claims),
        "quiet": not any(section["news"] for section in found),
        "credits": credits_of(found, material.headline.gap),
    }


def claims_told(found: ClaimWeek) -> list[dict[str, str]]:
    """Every claim's verdict at the week's end, and the one before where it flipped."""
    was = {move.claim.slug: move.before.verdict.value for move in found.flips}
    return [replace(told, was=was.get(told.slug, "")).stored() for told in found.told]


def headline_of(headline: Headline) -> dict[str, Any]:
    gap, value = headline.gap, headline.gap.headline
    spread = spread_phrase(gap)
    terms = [
        interval_phrase(value, gap.interval_level),
        METHOD[value.method].lower(),
        *([spread] if spread else []),
    ]
    return {
        "sentence": answer_sentence(value),
        "value": value.value,
        "low": value.low,
        "high": value.high,
        "unit": value.unit,
        "at_least": value.at_least,
        "method": value.method.value,
        "method_version": gap.method_version,
        "interval_level": gap.interval_level,
        "reason": value.reason,
        "as_of": gap.as_of.isoformat(),
        "known_at": gap.known_at.isoformat(),
        "terms": "; ".join(terms),
        "change": headline.sentence,
        "difference": headline.difference,
        "permalink": f"{reverse('gap')}?as_of={gap.as_of.isoformat()}",
    }


def all_sections(material: Material) -> tuple[Section | None, ...]:
    changes = material.changes
    return (
        sections.domain_section(material.domains),
        sections.release_section(changes),
        sections.price_section(changes, material.prices, material.headline.gap),
        sections.licence_section(changes),
        sections.lifecycle_section(material.ends),
        claim_section(material.claims),
        sections.correction_section(changes),
        sections.silence_section(changes),
    )


def credits_of(sections: Iterable[Section], gap: Gap) -> list[str]:
    """Whose data the edition rests on, in the words they ask for."""
    items = [item for part in sections for block in part["groups"] for item in block["items"]]
    named = {item["source_slug"] for item in items if item["source_slug"]}
    known = {owner.slug: owner for owner in gap.frontier.credits}
    return [credited(known.get(slug) or credit(slug)) for slug in sorted(named | set(known))]
