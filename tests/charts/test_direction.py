"""What is said about the direction: the rule's verdict in full, and refusals in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest

from models_catalog.analysis.forecast import Forecast, forecast
from models_catalog.analysis.process import ProcessInterval
from models_catalog.analysis.trend import DISCLOSURE, RULE, SlopeTest, Trend, WindowTrend
from models_catalog.charts.direction import direction
from models_catalog.findings.trend import StandingTrend
from models_catalog.vocabulary import Inputs, Method

TESTS = (
    SlopeTest("catch_up", -3.0, 0.5, -3.5, -5.0, -2.0, 0.004),
    SlopeTest("point_gap", None, None, None, None, None, None, "too few values in this window"),
)
STEADY = forecast(Method.PARITY_AGE, 5 + np.random.default_rng(4).normal(0, 1, 60))
CLIMBING = forecast(Method.POINT_GAP, np.arange(40.0))
FOUND = StandingTrend(
    inputs=Inputs.ALL,
    as_of=date(2026, 2, 1),
    known_at=datetime(2026, 2, 2, tzinfo=UTC),
    method_version="4",
    trend=Trend(5.7, (WindowTrend(date(2023, 1, 1), "narrowing", TESTS),), 999, RULE),
    process=ProcessInterval(5.7, 3.5, None, 0.1, 990, "open"),
    forecasts=(STEADY, CLIMBING),
    reason="",
)


def test_the_verdict_names_its_window_its_worlds_and_its_rule() -> None:
    said = direction(FOUND).verdict
    assert said.startswith("Narrowing since 1 Jan 2023. ")
    assert "3 of four estimators" in said
    assert "999 simulated worlds with a constant lag of 5.7 months" in said
    assert f"rule {RULE.version}, fixed on 24 Nov 2026" in said


def test_what_was_seen_before_the_rule_was_fixed_stands_beside_the_verdict() -> None:
    assert direction(FOUND).disclosure == DISCLOSURE[RULE.version]
    assert "with observed slopes and p-values on screen" in direction(FOUND).disclosure
    assert FOUND.trend is not None
    first = replace(FOUND, trend=replace(FOUND.trend, rule=replace(RULE, version="1")))
    assert direction(first).disclosure == ""


def test_the_process_interval_says_what_is_chance_and_which_end_is_open() -> None:
    assert "of 5.7 months is 3.5 or more months, from 990 simulated worlds" in direction(FOUND).process


def test_every_estimator_has_a_row_and_one_without_values_says_why() -> None:
    table = direction(FOUND).trend
    assert table is not None
    first, second = table.rows
    assert [cell.text for cell in first] == ["Catch-up time", "1 Jan 2023", "−3.0", "0.5", "−3.5", "0.004"]
    assert first[4].aside == "−5.0 to −2.0"
    assert {cell.missing for cell in second[2:]} == {"too few values in this window"}


def test_a_forecast_has_a_row_a_month_and_a_lost_backtest_one_that_says_so() -> None:
    rows = direction(FOUND).forecasts.rows
    assert [row[2].text for row in rows[:6]] == ["1", "2", "3", "4", "5", "6"]
    assert len(rows) == 7
    refused = rows[6]
    assert refused[2].missing == "no forecast"
    assert refused[3].missing.startswith(
        "no forecast is supported: three months ahead the rule missed by 5.75"
    )
    assert refused[4].text == "5.75; staying as it is 3.00"


def test_a_refused_trend_says_why_and_shows_no_table() -> None:
    refused = replace(FOUND, trend=None, process=None, reason="4 records are needed")
    found = direction(refused)
    assert found.verdict == "No direction is stated: 4 records are needed."
    assert (found.trend, found.process) == (None, "")


@pytest.mark.parametrize("forecasts", [(), (CLIMBING,)])
def test_forecasts_may_all_be_refused(forecasts: tuple[Forecast, ...]) -> None:
    table = direction(replace(FOUND, forecasts=forecasts)).forecasts
    assert len(table.rows) == len(forecasts)
