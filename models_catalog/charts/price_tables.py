"""Prices in tables: every form of the saving, price against capability, spreads, and cost per task."""

from __future__ import annotations

from dataclasses import replace

from models_catalog.analysis.economy import TaskCost
from models_catalog.analysis.prices import PricedModel
from models_catalog.analysis.savings import Form, Saving, equal_pairs, saved
from models_catalog.analysis.table import INTERVAL
from models_catalog.charts.derived import INTERVALS
from models_catalog.charts.figure import Cell, Column, Rows, Table, absent, number_column
from models_catalog.charts.numerals import NARROW_SPACE, decimal, level_interval, of_hundred, share
from models_catalog.charts.outside import visible
from models_catalog.charts.price_path import PER, dollars, offers
from models_catalog.charts.words import ACCESS, settings_words
from models_catalog.findings.prices import Prices
from models_catalog.vocabulary import Access

PAIRS = Rows(place="pairs-table-caption")  # the pairs, one by one
TASKS_SHOWN = 12  # of a board, the best scores first


def percent(share: float | None, reason: str) -> Cell:
    """ "93 % cheaper", "67 % dearer" or, from twice the price on, "13.3 times as dear"."""
    if share is None:
        return absent(reason)
    if share <= -1:
        return Cell(f"{decimal(1 - share)} times as dear")
    return Cell(f"{abs(100 * share):.0f} % {'cheaper' if share >= 0 else 'dearer'}")


def savings_table(found: Prices) -> Table:
    columns = (
        Column("Form"),
        number_column("Open is"),
        number_column("By lowest prices"),
        Column("Open model"),
        Column("Closed model"),
        number_column("Pairs"),
    )
    return Table(
        "Every form of the question, because they disagree",
        columns,
        tuple(saving_row(found, saving) for saving in found.savings),
    )


def saving_row(found: Prices, saving: Saving) -> tuple[Cell, ...]:
    level = f"at least {decimal(saving.level)} index points" if saving.level is not None else ""
    middle = ""
    if saving.low is not None and saving.high is not None:
        middle = f"middle half: {percent(saving.low, '').text} to {percent(saving.high, '').text}"
    cell = percent(saving.saving, saving.reason)
    return (
        Cell(saving.form.value, aside=level),
        replace(cell, aside="" if cell.missing else middle, rows=PAIRS),
        replace(percent(saving.saving_lowest, saving.reason), rows=PAIRS),
        named(found, saving.open, saving.reason),
        named(found, saving.closed, saving.reason),
        Cell(str(saving.n), rows=PAIRS if saving.n else None),
    )


def pair_table(found: Prices) -> Table:
    """What every saving is of: both models with their levels and prices, pair by pair."""
    columns = (
        Column("Form"),
        Column("Open model"),
        *price_columns(),
        Column("Closed model"),
        *price_columns(),
        number_column("Open is"),
    )
    told = [(one.form, one.open, one.closed) for one in found.savings if one.open and one.closed]
    pairs = [*told, *((Form.EQUAL, *pair) for pair in equal_pairs(found.models))]
    rows = (
        (
            Cell(form.value),
            *priced_cells(found, opened),
            *priced_cells(found, closed),
            replace(percent(saved(opened.guarded, closed.guarded), ""), rows=Rows("method", place="prices")),
        )
        for form, opened, closed in pairs
    )
    return Table("The models compared, pair by pair", columns, tuple(rows))


def price_columns() -> tuple[Column, ...]:
    return (number_column("Index", "points"), number_column("Price", PER), number_column("Lowest"))


def priced_cells(found: Prices, model: PricedModel) -> tuple[Cell, ...]:
    """Name, level, price and lowest price of one model."""
    return (
        Cell(found.name(model.model), model=model.model),
        level_cell(model),
        Cell(dollars(model.guarded), observation=model.observation, rows=offers(model.model)),
        Cell(dollars(model.cheapest), rows=offers(model.model)),
    )


def level_cell(model: PricedModel) -> Cell:
    return Cell(decimal(model.level), rows=Rows("model", (model.model,), place="scores"))


def bounds_cell(found: Prices, slug: str) -> Cell:
    said = level_interval(*found.bounds.get(slug, (None, None)))
    return (
        Cell(said, rows=INTERVALS)
        if said
        else absent("no interval is known for this level, or it fixes the scale")
    )


def named(found: Prices, model: PricedModel | None, reason: str) -> Cell:
    if model is None:
        return absent(reason or "the median of many pairs")
    return Cell(
        found.name(model.model),
        model=model.model,
        aside=dollars(model.guarded),
        observation=model.observation,
        rows=offers(model.model),
    )


def pareto_table(found: Prices) -> Table:
    columns = (
        Column("Model"),
        Column("Weights"),
        number_column("Index", "points"),
        number_column(f"{share(INTERVAL)} interval"),
        number_column("Price", PER),
        number_column("Lowest"),
        number_column("Hosts"),
    )
    chosen = {model.model: model for model in found.models}
    rows = tuple(
        (
            priced_cells(found, chosen[slug])[0],
            Cell("open" if chosen[slug].access is Access.OPEN else "closed"),
            level_cell(chosen[slug]),
            bounds_cell(found, slug),
            *priced_cells(found, chosen[slug])[2:],
            Cell(str(chosen[slug].hosts), rows=offers(slug)),
        )
        for slug in found.pareto
    )
    return Table("Models that no other beats in capability at the same or a lower price", columns, rows)


def spread_table(found: Prices) -> Table:
    columns = (
        Column("Open model"),
        number_column("Hosts"),
        number_column("Lowest", PER),
        number_column("Highest", PER),
        number_column("90th over 10th percentile"),
    )
    rows = tuple(
        (
            Cell(found.name(spread.model), model=spread.model),
            *(
                Cell(text, rows=offers(spread.model))
                for text in (
                    str(spread.hosts),
                    dollars(spread.low),
                    dollars(spread.high),
                    f"{spread.ratio:.1f}×",
                )
            ),
        )
        for spread in found.spreads
    )
    return Table("How far hosts' prices of one open model lie apart", columns, rows)


def task_table(found: Prices, benchmark: str) -> Table:
    columns = (
        Column("Model"),
        Column("Weights"),
        number_column("Score"),
        number_column("Per task", "$"),
        number_column("Whole run", "$"),
    )
    rows = tuple(
        (
            Cell(found.name(task.model), model=task.model, aside=visible(settings_words(task.settings), 80)),
            Cell(ACCESS[task.access]),
            Cell(scored(task), observation=task.observation),
            Cell(dollars(task.per_task), observation=task.observation),
            Cell(dollars(task.cost), observation=task.observation),
        )
        for task in [task for task in found.tasks if task.benchmark == benchmark][:TASKS_SHOWN]
    )
    return Table(f"{benchmark}: the best {len(rows)} runs whose cost is stated", columns, rows)


def scored(task: TaskCost) -> str:
    return (
        f"{of_hundred(task.score)}{NARROW_SPACE}%" if task.unit == "percent" else f"{task.score} {task.unit}"
    )
