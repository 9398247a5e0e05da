"""The sections of an edition: what each says of its findings, in a sentence and in groups of items."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from models_catalog.analysis.table import HEADLINE
from models_catalog.charts.numerals import count, day
from models_catalog.charts.outside import visible
from models_catalog.digests import lines
from models_catalog.findings.lifecycle import Lifecycle, ends_only
from models_catalog.findings.measured import GapTable
from models_catalog.findings.prices import Prices, cheapest_of
from models_catalog.findings.records import Gap
from models_catalog.findings.row_evidence import evidenced
from models_catalog.findings.week import PriceMove, WeekOfChanges
from models_catalog.vocabulary import Access, DigestTopic

MOST = 8  # items of a group that are written out
NO_RELEASE = "No source states a release in this week."
Item = dict[str, Any]
Group = dict[str, Any]
Section = dict[str, Any]


def section(
    slug: str, title: str, topic: str, sentence: str, groups: Iterable[Group], *, news: bool
) -> Section:
    """`topic` "" is in every mail. `news`: something changed in the week."""
    kept = [group for group in groups if group["items"]]
    return {"slug": slug, "title": title, "topic": topic, "sentence": sentence, "groups": kept, "news": news}


def group(title: str, items: Sequence[Item], most: int = MOST) -> Group:
    """The first items are written out; the rest is counted, and still found by who watches it."""
    left = len(items) - most
    said = f"and {left} more" if left > 0 else ""
    return {"title": title, "items": list(items[:most]), "unlisted": list(items[most:]), "more": said}


def domain_section(table: GapTable | None) -> Section | None:
    """The headline's method in every domain that carries a figure; the others are counted."""
    if table is None:
        return None
    known = [(row, row.value(HEADLINE)) for row in table.rows]
    items = [lines.domain_item(row, value) for row, value in known if value.value is not None]
    refused = len(known) - len(items)
    if not items:
        why = known[0][1].reason or "not computed yet"
        sentence = f"None of {count(len(known), 'domain')} carries a figure: {why}."
    else:
        sentence = f"Months behind by domain, from the benchmarks of each; {count(refused, 'domain')} of {len(known)} "
        sentence += "has" if refused == 1 else "have"
        sentence += " too few scores for a figure."
    return section("domains", "By domain", DigestTopic.GAP, sentence, [group("", items, 10)], news=False)


def release_section(changes: WeekOfChanges) -> Section:
    rows = evidenced(changes.releases)
    groups = [
        group(title, [lines.release_item(row) for row in rows if row.access is access])
        for access, title in (
            (Access.OPEN, "Open weights"),
            (Access.CLOSED, "Closed"),
            (Access.UNKNOWN, "Access unknown"),
        )
    ]
    listed = [lines.release_item(row) for row in evidenced(changes.listings)]
    groups.append(group("First listed at a host, no release day stated", listed, 5))
    news = bool(rows or changes.listings)
    sentence = release_sentence(changes)
    return section("releases", "Releases", DigestTopic.RELEASES, sentence, groups, news=news)


def release_sentence(changes: WeekOfChanges) -> str:
    rows, listings = changes.releases, len(changes.listings)
    kinds = (
        (Access.OPEN, "with open weights"),
        (Access.CLOSED, "closed"),
        (Access.UNKNOWN, "of unknown access"),
    )
    numbers = [(sum(row.access is access for row in rows), word) for access, word in kinds]
    parts = ", ".join(f"{number} {word}" for number, word in numbers if number)
    said = f"{count(len(rows), 'model')} released: {parts}." if rows else NO_RELEASE
    if not listings:
        return said
    return f"{said} {count(listings, 'more model' if rows else 'model')} first listed at a host."


def price_section(changes: WeekOfChanges, prices: Prices | None, gap: Gap) -> Section:
    """List prices that moved, and what the best open level costs, as the price page says it."""
    moves = changes.prices
    down, up = [move for move in moves if move.size < 0], [move for move in moves if move.size > 0]
    models = len({move.row.slug for move in moves})
    sentence = (
        f"{count(len(moves), 'list price')} of {count(models, 'model')} moved: {len(down)} down, {len(up)} up. "
        "Standard prices in US dollars per 1M tokens, as the named source lists them."
        if moves
        else "No list price we follow has changed."
    )
    groups = [group(title, price_items(side)) for title, side in (("Down", down), ("Up", up))]
    if prices:
        groups.append(level_group(prices, gap))
    return section("prices", "Prices", DigestTopic.PRICES, sentence, groups, news=bool(moves))


def level_group(prices: Prices, gap: Gap) -> Group:
    """The cheapest way of either side to the level of the best open model."""
    best = gap.frontier.best_open
    sides = cheapest_of(prices, best.level) if best else {}
    items = [lines.cheapest_item(prices, model) for model in sides.values()]
    named = f"Cheapest at the level of {best.name}, the best open model, {day(prices.day)}" if best else ""
    return group(visible(named), sorted(items, key=lambda item: str(item["access"]), reverse=True))


def price_items(moves: Iterable[PriceMove]) -> list[Item]:
    """One line per model, host and source: input and output together."""
    offers = dict[tuple[str, str, str], list[PriceMove]]()
    for move in moves:
        offers.setdefault((move.row.slug, move.provider, move.source), []).append(move)
    return [lines.price_item(sorted(offer, key=lambda move: move.unit)) for offer in offers.values()]


def licence_section(changes: WeekOfChanges) -> Section:
    found = changes.licences
    sentence = (
        f"{count(len(found), 'statement')} about licences or weights changed."
        if found
        else "No source changed what it says about licences or weights."
    )
    items = [lines.licence_item(line) for line in found]
    return section(
        "licences", "Licences", DigestTopic.RELEASES, sentence, [group("", items)], news=bool(found)
    )


def lifecycle_section(ends: Lifecycle) -> Section:
    soon = ends_only(ends.soon)
    items = [lines.end_item(event) for event in soon]
    sentence = (
        f"{count(len(soon), 'end')} announced for the 90 days after the week."
        if soon
        else "No end is announced for the 90 days after the week."
    )
    return section(
        "lifecycle", "Ending soon", DigestTopic.LIFECYCLE, sentence, [group("", items, 10)], news=False
    )


def correction_section(changes: WeekOfChanges) -> Section | None:
    if not changes.corrections:
        return None
    items = [lines.correction_item(line) for line in changes.corrections]
    sentence = f"{count(len(items), 'value')} of sources corrected by review; the stored statements stay."
    return section("corrections", "Corrections", "", sentence, [group("", items, 5)], news=True)


def silence_section(changes: WeekOfChanges) -> Section | None:
    """Which sources brought nothing: what the edition cannot know."""
    if not changes.silent:
        return None
    total = changes.heard + len(changes.silent)
    sentence = (
        f"{len(changes.silent)} of {count(total, 'source')} delivered nothing in this week, so what changed there is "
        "not in this edition."
    )
    items = [lines.silent_item(line) for line in changes.silent]
    title = "Not refreshed this week"
    return section("stale", title, "", sentence, [group("", items, 6)], news=False)
