from dataclasses import replace

from models_catalog.charts.render import specification
from models_catalog.charts.spread import SpreadDrawing, draw_spread, reading_of, spread_figure
from models_catalog.vocabulary import Method
from tests.charts.invented import RESULTS, gap, value


def test_the_sentence_names_shortest_longest_and_refused() -> None:
    assert spread_figure(gap()).sentence == (
        "From the same scores the lag reads 3.0–6.0 months: shortest by parity age, longest by catch-up time. "
        "1 reading had too little evidence."
    )


def test_a_tolerance_is_named_where_it_makes_the_extreme() -> None:
    results = (value(), value(Method.CATCH_UP, 1.0, delta=2.0))
    said = spread_figure(gap(results=results)).sentence
    assert "shortest by catch-up time with a tolerance of 2 points" in said


def test_no_number_is_stated_when_every_method_refuses() -> None:
    silent = tuple(replace(item, value=None, reason="too few steps") for item in RESULTS)
    assert spread_figure(gap(results=silent)).sentence == (
        "No method has enough evidence on 1 Mar 2026 to state a lag."
    )


def test_the_table_holds_every_method_and_gives_reasons() -> None:
    rows = spread_figure(gap()).table.rows
    assert [row[0].text for row in rows] == [
        "Catch-up time",
        "Catch-up time",
        "Level mean",
        "Parity age",
        "Record lag",
        "Point gap",
    ]
    assert rows[4][2].missing == "only 3 of 4 records needed"
    assert rows[3][4].text == "1.0 or more"


def test_the_month_axis_starts_at_zero_unless_open_models_led() -> None:
    def domain(*numbers: float) -> list[float]:
        readings = [reading_of(value(number=number, low=None, high=None)) for number in numbers]
        drawing = SpreadDrawing(tuple(item for item in readings if item), Method.CATCH_UP)
        found = specification(draw_spread, drawing, spread_figure(gap()).drawing.wide)
        low, high = found["layer"][0]["encoding"]["x"]["scale"]["domain"]
        return [low, high]

    assert domain(6.0) == [0, 8]
    assert domain(-2.5, 6.0)[0] == -3


def test_point_gaps_are_not_drawn_in_months() -> None:
    content = spread_figure(gap()).drawing.content
    assert isinstance(content, SpreadDrawing)
    assert {item.method for item in content.readings} == {
        Method.CATCH_UP,
        Method.LEVEL_MEAN,
        Method.PARITY_AGE,
    }
