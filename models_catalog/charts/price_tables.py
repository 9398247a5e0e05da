"""Prices in tables: every form of the saving, price against capability, spreads, and cost per task."""

from __future__ import annotations

from models_catalog.analysis.prices import PricedModel
from models_catalog.analysis.savings import Saving
from models_catalog.charts.figure import Cell, Column, Table, absent, number_column
from models_catalog.charts.numerals import decimal
from models_catalog.charts.price_path import PER, dollars
from models_catalog.findings.prices import Prices
from models_catalog.vocabulary import Access

TASKS_SHOWN = 12  # of a board, the best scores first


def percent(share: float | None, reason: str) -> Cell:
    """ "93 % cheaper" or "167 % dearer"."""
    if share is None:
        return absent(reason)
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
        "How much cheaper is open? Every form, because they disagree",
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
        cell if cell.missing else Cell(cell.text, aside=middle),
        percent(saving.saving_lowest, saving.reason),
        named(found, saving.open, saving.reason),
        named(found, saving.closed, saving.reason),
        Cell(str(saving.n)),
    )


def named(found: Prices, model: PricedModel | None, reason: str) -> Cell:
    if model is None:
        return absent(reason or "the median of many pairs")
    return Cell(
        found.name(model.model),
        model=model.model,
        aside=dollars(model.guarded),
        observation=model.observation,
    )


def pareto_table(found: Prices) -> Table:
    columns = (
        Column("Model"),
        Column("Weights"),
        number_column("Index", "points"),
        number_column("Price", PER),
        number_column("Lowest"),
        number_column("Hosts"),
    )
    chosen = {model.model: model for model in found.models}
    rows = tuple(
        (
            Cell(found.name(slug), model=slug),
            Cell("open" if chosen[slug].access is Access.OPEN else "closed"),
            Cell(decimal(chosen[slug].level)),
            Cell(dollars(chosen[slug].guarded), observation=chosen[slug].observation),
            Cell(dollars(chosen[slug].cheapest)),
            Cell(str(chosen[slug].hosts)),
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
            Cell(str(spread.hosts)),
            Cell(dollars(spread.low)),
            Cell(dollars(spread.high)),
            Cell(f"{spread.ratio:.1f}×"),
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
            Cell(found.name(task.model), model=task.model, aside=task.settings[:80]),
            Cell(task.access.value),
            Cell(
                f"{task.score} {'%' if task.unit == 'percent' else task.unit}", observation=task.observation
            ),
            Cell(dollars(task.per_task)),
            Cell(dollars(task.cost)),
        )
        for task in [task for task in found.tasks if task.benchmark == benchmark][:TASKS_SHOWN]
    )
    return Table(f"{benchmark}: the best {len(rows)} runs whose cost is stated", columns, rows)
