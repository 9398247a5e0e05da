"""The lines a person reads after a demo."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytest_django import Settings

from models_catalog.findings.summary import figure, gap_line, summary
from models_catalog.ingest.projections import refresh_projections
from models_catalog.measure.standing import compute_standing
from models_catalog.sources import SOURCES
from models_catalog.vocabulary import Inputs, Method
from tests.charts.invented import gap, value
from tests.ingest.invented import on
from tests.measure.invented import ENTRIES, measure, publish

pytestmark = pytest.mark.django_db


def test_an_empty_installation_has_three_lines_without_a_figure() -> None:
    found = summary()
    assert (found.names, found.resolved, found.models) == (0, 0, 0)
    assert found.gap_lines == tuple(f"{inputs}: no figure: not computed yet" for inputs in Inputs)
    assert len(found.sources) == len(SOURCES)


def test_names_models_and_figures_are_counted(tmp_path: Path, settings: Settings) -> None:
    settings.OPENGAP_BOOTSTRAP_DRAWS = 20
    publish(tmp_path, on(5))
    measure(tmp_path, on(6))
    refresh_projections()
    compute_standing()
    found = summary()
    assert (found.names, found.resolved, found.models) == (len(ENTRIES), len(ENTRIES), len(ENTRIES))
    lines = dict(zip(Inputs, found.gap_lines, strict=True))
    assert lines[Inputs.ALL].startswith("all as of 2026-01-06: catch_up 5.4 [")
    assert lines[Inputs.ALL].count(" · ") == len(Method) - 1
    assert lines[Inputs.OWN].startswith("own: no figure: no score of a known model")


def test_a_line_holds_each_method_at_no_tolerance() -> None:
    line = gap_line(Inputs.ALL, gap())
    assert line == (
        "all as of 2026-03-01: catch_up 6.0 [5.2–7.1] months · level_mean 5.9 [5.2–7.1] months · "
        "parity_age 3.0 [1.0–?] months · backward_record: none (only 3 of 4 records needed) · "
        "point_gap 9.0 [5.2–7.1] points"
    )


def test_a_censored_figure_says_at_least() -> None:
    assert figure(value(at_least=True, high=None)) == "catch_up at least 6.0 [5.2–?] months"
    assert figure(replace(value(), low=None)) == "catch_up 6.0 [?–7.1] months"
