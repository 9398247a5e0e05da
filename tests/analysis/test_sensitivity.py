"""One decision taken otherwise: the same scale, other sides."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models_catalog.analysis.lag import estimate
from models_catalog.analysis.sensitivity import changed, leading_labs, sensitivities
from models_catalog.vocabulary import Access, Method, Tier
from tests.analysis.invented import closed, day, opened

POINTS = (
    replace(closed(0, 100.0, "a"), organization="Amber"),
    replace(closed(100, 120.0, "b"), organization="Amber", preview=True),
    replace(closed(200, 130.0, "c"), organization="Coral"),
    replace(closed(210, 90.0, "weak"), organization="Dune"),
    replace(opened(50, 95.0, "p"), organization="Birch"),
    replace(opened(250, 125.0, "q"), organization="Birch", tier=Tier.RESTRICTED),
    replace(opened(260, 140.0, "?"), organization="Cedar", access=Access.UNKNOWN),
)
TODAY = day(300)


def gap(sensitivity: str) -> float | None:
    return estimate(Method.POINT_GAP, changed(POINTS, sensitivity), as_of=TODAY).value


@pytest.mark.parametrize(
    ("sensitivity", "points"),
    [
        ("", 130 - 125),
        ("unknown-open", 130 - 140),
        ("unknown-closed", 140 - 125),
        ("restricted-closed", 130 - 95),
        ("without-previews", 130 - 125),
        ("without-lab:Coral", 120 - 125),
        ("without-lab:Dune", 130 - 125),
    ],
)
def test_each_decision_moves_the_models_it_is_about(sensitivity: str, points: float) -> None:
    assert gap(sensitivity) == pytest.approx(points)


def test_nobodys_place_or_level_changes_so_draws_stay_valid() -> None:
    for sensitivity in sensitivities(POINTS, as_of=TODAY):
        moved = changed(POINTS, sensitivity)
        assert [(point.model, point.level) for point in moved] == [(p.model, p.level) for p in POINTS]


def test_only_labs_that_hold_a_step_are_left_out_in_turn() -> None:
    assert leading_labs(POINTS, as_of=TODAY) == ("Amber", "Birch", "Coral")


def test_a_decision_that_moves_nobody_is_not_listed() -> None:
    known = [point for point in POINTS if point.access is not Access.UNKNOWN]
    assert not any(name.startswith("unknown") for name in sensitivities(known, as_of=TODAY))


def test_a_sensitivity_nobody_defined_is_refused() -> None:
    with pytest.raises(KeyError):
        changed(POINTS, "on-tuesdays")
