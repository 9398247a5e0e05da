from __future__ import annotations

import numpy as np

from models_catalog.analysis.lag import estimate_with_interval
from models_catalog.analysis.table import DELTAS, HEADLINE, tabulate
from models_catalog.vocabulary import Method
from tests.analysis.invented import closed, day, opened

POINTS = (
    *(closed(60 * step, 100.0 + 10 * step) for step in range(7)),
    *(opened(60 * step + 150, 95.0 + 10 * step) for step in range(7)),
)
TODAY = day(600)


def test_every_method_comes_at_every_tolerance_and_the_point_gap_once() -> None:
    cells = tabulate(POINTS, None, as_of=TODAY)
    lags = [method for method in Method if method is not Method.POINT_GAP]
    assert [(cell.method, cell.delta) for cell in cells] == [
        *((method, delta) for method in lags for delta in DELTAS),
        (Method.POINT_GAP, 0.0),
    ]
    assert cells[0].method is HEADLINE


def test_a_cell_is_the_estimate_of_its_method_at_its_tolerance() -> None:
    levels = np.array([point.level for point in POINTS])
    draws = levels + np.random.default_rng(1).normal(0, 1, (30, len(levels)))
    for cell in tabulate(POINTS, draws, as_of=TODAY, deltas=(0.0, 1.0, 5.0)):
        alone = estimate_with_interval(cell.method, POINTS, draws, as_of=TODAY, delta=cell.delta)
        assert cell.estimate == alone
        assert cell.estimate.value is not None


def test_only_the_methods_asked_for_are_computed() -> None:
    cells = tabulate(POINTS, None, as_of=TODAY, methods=[Method.PARITY_AGE], deltas=[2.0])
    assert [(cell.method, cell.delta) for cell in cells] == [(Method.PARITY_AGE, 2.0)]
