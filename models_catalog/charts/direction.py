"""Where the lag has been going and what is expected of it: the trend rule's tests, the process interval, forecasts."""

from __future__ import annotations

from dataclasses import dataclass

from models_catalog.analysis.forecast import BAND, Forecast, Step
from models_catalog.analysis.process import ProcessInterval
from models_catalog.analysis.trend import DISCLOSURE, SlopeTest, WindowTrend
from models_catalog.charts import words
from models_catalog.charts.derived import steps
from models_catalog.charts.figure import Cell, Column, Rows, Table, absent, number_column
from models_catalog.charts.numerals import day, decimal, interval, share
from models_catalog.findings.trend import StandingTrend
from models_catalog.vocabulary import Method

TREND, FORECAST = (Rows("method", place=place) for place in ("trend", "forecast"))


@dataclass(frozen=True, slots=True)
class Direction:
    """What a page says about the direction, and the tables that rests on (None: refused).

    `disclosure` tells what had been seen before the rule was fixed; "" when nothing, or when the rule did not speak.
    """

    verdict: str
    disclosure: str
    process: str
    trend: Table | None
    forecasts: Table


def direction(found: StandingTrend) -> Direction:
    return Direction(
        verdict=verdict(found),
        disclosure=DISCLOSURE.get(found.trend.rule.version, "") if found.trend else "",
        process=process_sentence(found.process) if found.process else "",
        trend=trend_table(found.trend.windows) if found.trend else None,
        forecasts=forecast_table(found.forecasts),
    )


def verdict(found: StandingTrend) -> str:
    """One window after the other, as the rule says them, with the worlds it was applied with."""
    if found.trend is None:
        return f"{capital(found.words)}."
    said = "; ".join(f"{window.verdict} since {day(window.since)}" for window in found.trend.windows)
    rule = found.trend.rule
    return (
        f"{capital(said)}. A direction is claimed only when {rule.agreeing} of four estimators leave, on "
        f"the same side and each at p < {rule.significance:g}, what {found.trend.worlds} simulated worlds with a "
        f"constant lag of {decimal(found.trend.planted)} months give (rule {rule.version}, fixed on "
        f"{day(rule.fixed_on)})."
    )


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def process_sentence(found: ProcessInterval) -> str:
    """The interval that also counts releases as chance, beside the figure it belongs to."""
    between = interval(found.low, found.high) or "not bounded by the simulated worlds"
    return (
        f"If which models came out, and when, is chance, too, the 90 % interval of the catch-up time of "
        f"{decimal(found.observed)} months is {between} months, from {found.worlds} simulated worlds."
    )


def trend_table(windows: tuple[WindowTrend, ...]) -> Table:
    columns = (
        Column("Estimator"),
        Column("Since"),
        number_column("Slope", "months per year"),
        number_column("With a constant lag", "months per year"),
        number_column("Change", "months per year"),
        number_column("p"),
    )
    rows = tuple(slope_row(window, test) for window in windows for test in window.tests)
    return Table("The trend rule: four estimators against worlds with a constant lag", columns, rows)


def slope_row(window: WindowTrend, test: SlopeTest) -> tuple[Cell, ...]:
    def number(value: float | None, places: int = 1, aside: str = "") -> Cell:
        return absent(test.reason) if value is None else Cell(decimal(value, places), aside=aside, rows=TREND)

    name = words.METHOD[Method(test.estimator)]
    change = number(test.change, aside=interval(test.low, test.high))
    return (
        Cell(name),
        Cell(day(window.since), day=window.since),
        number(test.observed),
        number(test.expected),
        change,
        number(test.p, 3),
    )


def forecast_table(forecasts: tuple[Forecast, ...]) -> Table:
    """One row per month ahead; a figure that is not forecast has one row, which says why."""
    columns = (
        Column("Figure"),
        number_column("Now"),
        number_column("Months ahead"),
        number_column("Expected", f"{share(BAND)} band of past errors"),
        Column("Past errors", "three months ahead"),
    )
    rows = tuple(row for found in forecasts for row in forecast_rows(found))
    return Table("What the same rule, tried on the past, lets us expect", columns, rows)


def forecast_rows(found: Forecast) -> tuple[tuple[Cell, ...], ...]:
    name = Cell(words.METHOD[found.method])
    behind = steps({"method": found.method.value})
    last = f"{decimal(found.last)} {found.unit}" if found.last is not None else ""
    now = Cell(last, rows=behind) if last else absent(found.reason)
    if not found.steps:
        return ((name, now, absent("no forecast"), absent(found.reason), errors(found)),)
    return tuple(
        (name, now, Cell(str(step.months), rows=FORECAST), expected(step), errors(found))
        for step in found.steps
    )


def expected(step: Step) -> Cell:
    return Cell(
        decimal(step.value), aside=f"{interval(step.low, step.high)}, {step.trials} trials", rows=FORECAST
    )


def errors(found: Forecast) -> Cell:
    if found.error is None or found.error_unchanged is None:
        return absent(found.reason or "too short a history")
    aside = found.reason if not found.steps else ""
    said = f"{decimal(found.error, 2)}; staying as it is {decimal(found.error_unchanged, 2)}"
    return Cell(said, aside=aside, rows=FORECAST)
