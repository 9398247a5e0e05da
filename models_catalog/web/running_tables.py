"""The tables of `/run/`: what fits where, and what became of each platform."""

from __future__ import annotations

from collections.abc import Iterable

from models_catalog.analysis.fitting import PRECISIONS, best_fit, memory_needed
from models_catalog.charts import words
from models_catalog.charts.figure import Cell, Column, Rows, Table, absent, number_column
from models_catalog.charts.numerals import NO_BREAK, count, day, decimal, price, scaled, whole
from models_catalog.findings.records import ModelRow
from models_catalog.findings.running import Platform, Runnable
from models_catalog.normalise.hosts import host_title

LOWEST = PRECISIONS[-1]
RECKONED = Rows(place="how")  # from the size beside it, by the formula there
FEW = 3  # hosts named before the rest is counted


def model_table(models: Iterable[Runnable], memory: float | None) -> Table:
    """With `memory` (GB), what fits and at which precision; without, the memory every precision needs."""
    columns = (
        Column("Model"),
        Column("Terms"),
        number_column("Index", "points"),
        number_column("Size", "parameters"),
        Column("Fits at") if memory else number_column("4-bit needs", "GB"),
        Column("Engines that list it"),
        Column("Hosts with a price"),
        number_column("Input", "$ per 1M tokens"),
        number_column("Output", "$ per 1M tokens"),
    )
    caption = "Highest on the index first; a price is the developer’s own offer, else the second lowest of its hosts"
    return Table(caption, columns, tuple(model_cells(one, memory) for one in models))


def model_cells(one: Runnable, memory: float | None) -> tuple[Cell, ...]:
    row = one.row
    scores, offers = (Rows("model", (row.slug,), place=place) for place in ("scores", "prices"))
    return (
        Cell(row.name, model=row.slug),
        Cell(words.graded_shortly(row.tier, row.access)),
        absent("not on the index") if row.level is None else Cell(decimal(row.level), rows=scores),
        size_cell(row),
        fit_cell(row.parameters, memory),
        engines_cell(one),
        hosts_cell(one),
        absent("no price listed")
        if row.input_price is None
        else Cell(price(row.input_price), observation=row.input_observation, rows=offers),
        absent("no price listed")
        if row.output_price is None
        else Cell(price(row.output_price), observation=row.output_observation, rows=offers),
    )


def size_cell(row: ModelRow) -> Cell:
    if not row.parameters:
        return absent("no source states it")
    stated = Rows("model", (row.slug,), place="statements")
    return Cell(scaled(row.parameters), observation=row.parameters_observation, rows=stated)


def fit_cell(parameters: int | None, memory: float | None) -> Cell:
    if not parameters:
        return absent("its size is not stated, so nobody can say what it needs")
    if memory is None:
        return Cell(gigabytes(memory_needed(parameters, LOWEST)), rows=RECKONED)
    found = best_fit(parameters, memory)
    if found is None:
        needs = f"needs {gigabytes(memory_needed(parameters, LOWEST))} GB at 4-bit"
        return Cell("does not fit", aside=needs, rows=RECKONED)
    return Cell(found.name, aside=f"{gigabytes(memory_needed(parameters, found))} GB", rows=RECKONED)


def gigabytes(value: float) -> str:
    return decimal(value, 1 if value < 10 else 0)


def engines_cell(one: Runnable) -> Cell:
    if not one.engines:
        return absent("no engine whose list is read here names it")
    said = ", ".join(carrier.name for carrier in one.engines)
    return Cell(said, observation=one.engines[0].observation)


def hosts_cell(one: Runnable) -> Cell:
    if not one.hosts:
        return absent("no host lists a price for it")
    more = f" and {whole(len(one.hosts) - FEW)} more" if len(one.hosts) > FEW else ""
    offers = Rows("model", (one.row.slug,), place="prices")
    return Cell(whole(len(one.hosts)), aside=", ".join(map(host_title, one.hosts[:FEW])) + more, rows=offers)


def platform_table(platforms: Iterable[Platform]) -> Table:
    columns = (
        Column("Platform"),
        Column("Kind"),
        number_column("Open models", "it lists"),
        Column("List seen"),
        Column("Status"),
        Column("Said by"),
    )
    caption = (
        "An engine runs weights on your own hardware; a host sells answers. Statuses are reviewed and cited"
    )
    return Table(caption, columns, tuple(platform_cells(one) for one in platforms))


def platform_cells(one: Platform) -> tuple[Cell, ...]:
    newest = one.statuses[-1] if one.statuses else None
    return (
        Cell(one.name),
        Cell(one.kind),
        models_cell(one),
        seen_cell(one),
        Cell(newest.statement, aside=f"{newest.event} {newest.date}")
        if newest
        else Cell("listed models when last read" if one.seen else "not collected yet"),
        Cell(
            newest.source.removeprefix("https://").rstrip("/"),
            aside=f"reviewed {day(newest.reviewed_on)}",
            link=newest.source,
        )
        if newest
        else (Cell("its own list") if one.seen else absent("nothing is stored of it")),
    )


def models_cell(one: Platform) -> Cell:
    """How many, leading to which."""
    if one.seen is None:
        return absent("it publishes no list that is collected")
    return Cell(whole(one.models), rows=Rows("run", query=(("engine", one.slug),), place="models"))


def seen_cell(one: Platform) -> Cell:
    if one.seen is None:
        return absent("never collected here")
    return Cell(day(one.seen), day=one.seen.date(), rows=Rows("status", place=one.slug))


def fitting(models: Iterable[Runnable], memory: float) -> list[Runnable]:
    """Those whose size is known and that fit at some precision."""
    return [one for one in models if one.row.parameters and best_fit(one.row.parameters, memory)]


def summary(models: list[Runnable], memory: float | None) -> str:
    """The finding in one sentence."""
    if not models:
        return "Nothing is known yet about where open models run."
    if memory is None:
        return f"{count(len(models), 'open model')} can be run by an engine or bought from a host."
    fits = fitting(models, memory)
    best = next((one for one in fits if one.row.level is not None), None)
    said = (
        f"{whole(len(fits))} of {count(len(models), 'open model')} fit into {decimal(memory, 0)}{NO_BREAK}GB"
    )
    return f"{said}; the most capable of them is {best.row.name}." if best else f"{said}."
