"""The landscape figure: what share of each organisation's models is how open."""

from __future__ import annotations

from collections.abc import Mapping

from models_catalog.charts import words
from models_catalog.charts.figure import (
    Cell,
    Column,
    Data,
    DataRow,
    Drawing,
    Figure,
    Table,
    absent,
    number_column,
)
from models_catalog.charts.landscape_drawing import Bar, LandscapeDrawing, draw_landscape, height_of
from models_catalog.charts.numerals import count, day, decimal, share, whole
from models_catalog.charts.outside import visible
from models_catalog.charts.render import Shape
from models_catalog.findings.records import Landscape, LandscapeRow, ModelRow
from models_catalog.vocabulary import Access, Tier

DRAWN = 16  # organisations in the picture; the table has all
FEWEST = 5  # models an organisation needs to be named as the most or the least open
CHANGES = "models counted by organisation and graded by Open Gap from the licences and statements read"
OPEN_TIERS = (Tier.OSI, Tier.PERMISSIVE, Tier.RESTRICTED, Tier.RESEARCH)


def landscape_figure(landscape: Landscape, *, path: str = "", query: str = "") -> Figure:
    """Needs at least one row."""
    drawn = landscape.rows[:DRAWN]
    drawing = LandscapeDrawing(tuple(Bar(visible(row.name), counts(row.tiers)) for row in drawn))
    wide = Shape(712, height_of(drawing, wide=True), wide=True)
    narrow = Shape(344, height_of(drawing, wide=False), wide=False)
    return Figure(
        slug="landscape",
        title="Share of each organisation’s models by openness tier",
        sentence=landscape_sentence(landscape),
        reading=reading(landscape),
        drawing=Drawing(draw_landscape, drawing, wide, narrow),
        table=landscape_table(landscape),
        data=Data(keys(), tuple(data_row(row) for row in landscape.rows)),
        credits=landscape.credits,
        changes=CHANGES,
        path=path,
        query=query,
    )


def counts(tiers: Mapping[Tier, int]) -> tuple[int, ...]:
    """In the vocabulary's order, from most open to unknown."""
    return tuple(tiers.get(tier, 0) for tier in Tier)


def open_count(tiers: Mapping[Tier, int]) -> int:
    return sum(tiers.get(tier, 0) for tier in OPEN_TIERS)


def landscape_headline(landscape: Landscape, access: str = "") -> str:
    """The finding in one sentence; with a filter on access, what was filtered for."""
    total, opened = sum(landscape.totals.values()), open_count(landscape.totals)
    if not total:
        return "No model matches."
    models = count(total, "model")
    if access:
        has, is_ = ("has", "is") if total == 1 else ("have", "are")
        said = {Access.OPEN: f"{has} open weights", Access.CLOSED: f"{is_} closed"}
        return f"{models} {said.get(Access(access), f'{is_} of unknown access')}."
    if not opened:
        return f"None of {models} is known to have open weights."
    return f"{least(landscape).capitalize()}{share(opened / total)} of {models} have open weights."


def least(landscape: Landscape) -> str:
    """Models whose terms are unknown may have open weights too: what is counted is then a lower bound."""
    return "at least " if landscape.totals.get(Tier.UNKNOWN, 0) else ""


def landscape_sentence(landscape: Landscape) -> str:
    """How many are open, and the most and the least open of the organisations drawn."""
    total, opened = sum(landscape.totals.values()), open_count(landscape.totals)
    said = (
        f"Of {count(total, 'model')} by {count(len(landscape.rows), 'organisation')}, {least(landscape)}"
        f"{whole(opened)} ({share(opened / total)}) have open weights"
    )
    if unknown := landscape.totals.get(Tier.UNKNOWN, 0):
        said += f"; what may be done with {whole(unknown)} is unknown"
    return f"{said}. {extremes(landscape)}".strip()


def extremes(landscape: Landscape) -> str:
    rows = [row for row in landscape.rows[:DRAWN] if row.total >= FEWEST]
    if len(rows) < 2:
        return ""
    ordered = sorted(rows, key=lambda row: open_count(row.tiers) / row.total)
    least, most = ordered[0], ordered[-1]
    if open_count(least.tiers) * most.total == open_count(most.tiers) * least.total:
        return ""
    return f"Most open of those drawn is {ratio(most)}; least open is {ratio(least)}."


def ratio(row: LandscapeRow) -> str:
    """ "DeepSeek (24 of 25)" """
    return f"{visible(row.name)} ({whole(open_count(row.tiers))} of {whole(row.total)})"


def reading(landscape: Landscape) -> str:
    said = "Bars show shares of each organisation’s models, figures at the right how many models that is."
    hidden = len(landscape.rows) - DRAWN
    if hidden <= 0:
        return said
    verb = "is" if hidden == 1 else "are"
    return f"{said} {count(hidden, 'more organisation')} {verb} in the table."


def landscape_table(landscape: Landscape) -> Table:
    tiers = tuple(number_column(words.TIER_SHORT[tier]) for tier in Tier)
    columns = (
        Column("Organisation"),
        Column("Country"),
        *tiers,
        number_column("All"),
        Column("Highest on the index"),
        number_column("Index", "points"),
        Column("Newest"),
        Column("Released"),
    )
    return Table(
        "Models by organisation and openness tier",
        columns,
        tuple(table_row(row) for row in landscape.rows),
    )


def table_row(row: LandscapeRow) -> tuple[Cell, ...]:
    return (
        Cell(row.name, organization=row.slug),
        Cell(row.country) if row.country else absent("no source states the country"),
        *(Cell(whole(number)) for number in counts(row.tiers)),
        Cell(whole(row.total)),
        *best_cells(row.best),
        *newest_cells(row.newest),
    )


def best_cells(model: ModelRow | None) -> tuple[Cell, Cell]:
    if model is None or model.level is None:
        return absent("no model of this organisation is scored"), absent("not scored")
    return Cell(model.name, model=model.slug), Cell(decimal(model.level))


def newest_cells(model: ModelRow | None) -> tuple[Cell, Cell]:
    if model is None or model.released is None:
        return absent("no source states a release date"), absent("no date")
    return Cell(model.name, model=model.slug), Cell(day(model.released), day=model.released)


def keys() -> tuple[str, ...]:
    return ("organization", "name", "country", *(tier.value for tier in Tier), "total")


def data_row(row: LandscapeRow) -> DataRow:
    """Counts are ours: they rest on no single exported value."""
    return DataRow((row.slug, row.name, row.country, *counts(row.tiers), row.total))
