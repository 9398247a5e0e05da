from datetime import date

from models_catalog.charts.steps import step_table
from models_catalog.vocabulary import Access
from tests.charts.invented import POINTS, gap, point


def last_cells(access: Access, delta: float = 0.0) -> dict[str, str]:
    table = step_table(gap(), access, delta)
    return {row[0].text: row[-1].missing or row[-1].text for row in table.rows}


def test_a_closed_step_says_how_long_open_models_took() -> None:
    assert last_cells(Access.CLOSED) == {
        "Amber 4": "not yet, 3.0 so far",
        "Amber 3": "6.0",
        "Amber 2": "6.0",
        "Amber 1": "6.0",
    }


def test_a_tolerance_can_make_a_step_a_match() -> None:
    assert last_cells(Access.CLOSED, delta=9.0)["Amber 4"] == "open led by 3.0"


def test_an_open_step_says_how_long_closed_models_had_been_there() -> None:
    assert last_cells(Access.OPEN) == {
        "Birch 3": "open led by 3.0",
        "Birch 2": "6.0",
        "Birch 1": "at least 6.0",
    }


def test_an_open_model_before_the_first_closed_one_has_no_age() -> None:
    early = point("Birch 0", date(2022, 1, 1), 80.0, Access.OPEN)
    table = step_table(gap((early, *POINTS)), Access.OPEN)
    assert table.rows[-1][-1].missing == "no closed model had been scored by then"
