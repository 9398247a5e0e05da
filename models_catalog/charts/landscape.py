"""The landscape figure: what share of each organisation's models is how open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from models_catalog.charts.counts import Asked, segments, view_of
from models_catalog.charts.figure import Cell, Column, Data, DataRow, Figure, Rows, Table, absent, shown_day
from models_catalog.charts.landscape_drawing import Bar
from models_catalog.charts.numerals import count, decimal, share, whole
from models_catalog.charts.outside import visible
from models_catalog.charts.releases import dated
from models_catalog.charts.strengths import listed
from models_catalog.charts.tier_bars import DRAWN, bars_drawing, by_access, count_columns, segment_counts
from models_catalog.findings.records import Landscape, LandscapeRow, ModelRow
from models_catalog.vocabulary import Access, Tier

FEWEST = 5  # models an organisation needs to be named as the most or the least open
CHANGES = "models counted by organisation and graded by Open Gap from the licences and statements read"
KEYS = (
    *("organization", "name", "country"),
    *(f"access_{access.value}" for access in Access),
    *(tier.value for tier in Tier),
    "total",
)


def landscape_figure(
    landscape: Landscape, *, path: str = "", query: str = "", until: date | None = None
) -> Figure:
    """Needs at least one row."""
    drawn = landscape.rows[:DRAWN]
    return Figure(
        slug="landscape",
        title="Share of each organisation’s models by openness tier",
        sentence=landscape_sentence(landscape),
        reading=reading(landscape),
        drawing=bars_drawing(Bar(visible(row.name), counts(row)) for row in drawn),
        table=landscape_table(landscape, view_of(query)),
        data=Data(KEYS, tuple(data_row(row) for row in landscape.rows)),
        credits=landscape.credits,
        changes=CHANGES,
        path=path,
        query=query,
        day=shown_day(landscape.credits, until),
    )


def counts(row: LandscapeRow) -> tuple[int, ...]:
    return segment_counts(row.tiers, row.access)


def landscape_headline(landscape: Landscape, access: str = "") -> str:
    """The finding in one sentence; with a filter on access, what was filtered for."""
    opened, closed, unknown = by_access(landscape.access)
    total = opened + closed + unknown
    if not total:
        return "No model matches."
    if access:
        return filtered_headline(total, Access(access))
    has = "has" if opened == 1 else "have"
    if opened:
        first = f"{whole(opened)} of {count(total, 'model')} {has} open weights"
    else:
        first = f"None of {count(total, 'model')} {'is known to have' if unknown else 'has'} open weights"
    return ", ".join([first, *others(closed, unknown)]) + "."


def others(closed: int, unknown: int) -> list[str]:
    """ "5 are closed", "1 unknown", where there are any; the verb is said once."""
    said = []
    if closed:
        said.append(f"{whole(closed)} {'is' if closed == 1 else 'are'} closed")
    if unknown:
        verb = "" if closed else "is " if unknown == 1 else "are "
        said.append(f"{whole(unknown)} {verb}unknown")
    return said


def filtered_headline(total: int, access: Access) -> str:
    has, is_ = ("has", "is") if total == 1 else ("have", "are")
    said = {Access.OPEN: f"{has} open weights", Access.CLOSED: f"{is_} closed"}
    return f"{count(total, 'model')} {said.get(access, f'{is_} of unknown access')}."


def landscape_sentence(landscape: Landscape) -> str:
    """How many are open, and the most and the least open of the organisations drawn."""
    opened, closed, unknown = by_access(landscape.access)
    total = opened + closed + unknown
    said = (
        f"Of {count(total, 'model')} by {count(len(landscape.rows), 'organisation')}, "
        f"{part(opened, total)} can be downloaded, {part(closed, total)} cannot"
    )
    if unknown:
        said += f", and of {part(unknown, total)} no source we believe says whether they can"
    return f"{said}. {extremes(landscape)}".strip()


def part(number: int, total: int) -> str:
    """ "263 (24 %)" """
    return f"{whole(number)} ({share(number / total)})"


def extremes(landscape: Landscape) -> str:
    rows = [row for row in landscape.rows[:DRAWN] if row.total >= FEWEST]
    shares = [open_share(row) for row in rows]
    if len(set(shares)) < 2:
        return ""
    return f"Most open of those drawn {those(rows, max(shares))}; least open {those(rows, min(shares))}."


def those(rows: Iterable[LandscapeRow], at: float) -> str:
    """All with this share open: "is Birch (8 of 8)", "are Birch (8 of 8) and Cedar (5 of 5)"."""
    found = [ratio(row) for row in rows if open_share(row) == at]
    return f"{'is' if len(found) == 1 else 'are'} {listed(found)}"


def open_share(row: LandscapeRow) -> float:
    return row.access.get(Access.OPEN, 0) / row.total


def ratio(row: LandscapeRow) -> str:
    """ "DeepSeek (24 of 25)" """
    return f"{visible(row.name)} ({whole(row.access.get(Access.OPEN, 0))} of {whole(row.total)})"


def reading(landscape: Landscape) -> str:
    said = (
        "Bars show shares of each organisation’s models, figures at the right how many models that is. All that "
        "is blue has open weights; “permissive” holds models whose terms are stated to be free while the licence "
        "itself is not on record, so some may be under an OSI licence."
    )
    hidden = len(landscape.rows) - DRAWN
    if hidden <= 0:
        return said
    verb = "is" if hidden == 1 else "are"
    return f"{said} {count(hidden, 'more organisation')} {verb} in the table."


def landscape_table(landscape: Landscape, asked: Asked) -> Table:
    """`asked` are the filters of the view, which hold for every number's list, too."""
    columns = (
        Column("Organisation"),
        *count_columns("models"),
        Column("Country"),
        Column("Highest on the index"),
        Column("Newest release"),
    )
    return Table(
        "Models by organisation: how many have open weights, and under which terms",
        columns,
        tuple(table_row(row, asked) for row in landscape.rows),
    )


def table_row(row: LandscapeRow, asked: Asked) -> tuple[Cell, ...]:
    own = {**asked, "organization": row.slug}
    return (
        Cell(row.name, organization=row.slug),
        *segments(row.total, row.access.get(Access.OPEN, 0), counts(row), own),
        Cell(row.country) if row.country else absent("no source states the country"),
        best_cell(row.best),
        newest_cell(row.newest),
    )


def best_cell(model: ModelRow | None) -> Cell:
    if model is None or model.level is None:
        return absent("no model of this organisation is scored")
    scores = Rows("model", (model.slug,), place="scores")
    return Cell(model.name, model=model.slug, aside=f"{decimal(model.level)} points", rows=scores)


def newest_cell(model: ModelRow | None) -> Cell:
    if model is None or model.released is None:
        return absent("no source states a release date")
    stated = Rows("model", (model.slug,), place="statements")
    return Cell(model.name, model=model.slug, aside=dated(model), rows=stated)


def data_row(row: LandscapeRow) -> DataRow:
    """Counts are ours: they rest on no single exported value."""
    access = by_access(row.access)
    tiers = (row.tiers.get(tier, 0) for tier in Tier)
    return DataRow((row.slug, row.name, row.country, *access, *tiers, row.total))
