"""An installation that has collected nothing answers, and says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from models_catalog.measure.standing import compute_standing
from models_catalog.vocabulary import Inputs

pytestmark = pytest.mark.django_db

Get = Callable[..., Any]


@pytest.mark.parametrize("path", ["/models", "/scores", "/prices"])
def test_a_list_is_empty_and_cites_nobody(path: str, get: Get) -> None:
    found = get(path)
    assert (found["data"], found["next"], found["meta"]["sources"]) == ([], None, [])
    assert found["meta"]["citation"] == "Open Gap."


def test_sources_are_there_before_their_data(get: Get) -> None:
    for row in get("/sources")["data"]:
        assert (row["observations"], row["stale"], row["newest_observed"], row["verified"]) == (
            0,
            True,
            None,
            "",
        )


@pytest.mark.parametrize("path", ["/gap", "/frontier"])
@pytest.mark.parametrize("inputs", list(Inputs))
def test_no_gap_is_not_found_with_the_reason(path: str, inputs: Inputs, get: Get) -> None:
    problem = get(path, 404, inputs=inputs.value)
    assert (problem["detail"], problem["parameter"]) == (
        f"no gap from inputs {inputs}: not computed yet",
        "inputs",
    )
    compute_standing()
    assert "nothing has been collected yet" in get(path, 404, inputs=inputs.value)["detail"]
