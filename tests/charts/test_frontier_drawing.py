import gzip
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from models_catalog.charts.frontier import NARROW, WIDE
from models_catalog.charts.frontier_drawing import apart, draw_frontier
from models_catalog.charts.frontier_names import end_name, end_names
from models_catalog.charts.frontier_plane import FrontierDrawing, padding_of, plane_of
from models_catalog.charts.labels import text_width
from models_catalog.charts.render import page_svg, specification
from models_catalog.vocabulary import Access
from tests.charts.invented import AS_OF, POINTS, marks_of, point

DRAWING = FrontierDrawing(POINTS, AS_OF, parity_months=3.0)


def layers(drawing: FrontierDrawing = DRAWING, *, wide: bool = True) -> list[dict[str, Any]]:
    return marks_of(specification(draw_frontier, drawing, WIDE if wide else NARROW))


def step_lines(found: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {layer["color"]: layer for layer in found if layer.get("interpolate") == "step-after"}


def test_open_is_a_solid_and_closed_a_dashed_step_line() -> None:
    lines = step_lines(layers())
    assert lines["var(--open)"]["strokeDash"] == [1, 0]
    assert lines["var(--closed)"]["strokeDash"] == [5, 3]


def test_a_line_runs_through_its_records_to_the_day_asked_for() -> None:
    corners = [(row["released"], row["level"]) for row in step_lines(layers())["var(--open)"]["values"]]
    assert corners == [
        ("2023-09-01", 100.0),
        ("2024-09-01", 120.0),
        ("2025-09-01", 141.0),
        ("2026-03-01", 141.0),
    ]


def test_a_record_before_the_window_enters_at_the_left_edge() -> None:
    early = point("Amber 0", date(2020, 1, 1), 97.0, Access.CLOSED)
    drawing = FrontierDrawing((early, *POINTS), AS_OF)
    assert drawing.start == date(2023, 1, 1)
    first = step_lines(layers(drawing))["var(--closed)"]["values"][0]
    assert (first["released"], first["level"]) == ("2023-01-01", 97.0)


def test_a_record_far_below_the_window_comes_up_from_the_axis_and_never_under_it() -> None:
    early = point("Birch 0", date(2020, 1, 1), 20.0, Access.OPEN)
    drawing = FrontierDrawing((early, *POINTS), AS_OF)
    corners = step_lines(layers(drawing))["var(--open)"]["values"]
    assert [(row["released"], row["level"]) for row in corners[:2]] == [
        ("2023-09-01", drawing.floor),
        ("2023-09-01", 100.0),
    ]


def test_open_marks_are_circles_and_closed_ones_triangles() -> None:
    shapes = {layer["color"]: layer["shape"] for layer in layers() if layer.get("filled")}
    assert shapes == {"var(--open)": "circle", "var(--closed)": "triangle-up"}


def test_intervals_are_drawn_for_records() -> None:
    bars = [layer for layer in layers() if layer["type"] == "rule"]
    spans = [(row["level"], row["high"]) for bar in bars for row in bar["values"]]
    assert (139.0, 143.0) in spans
    assert len(spans) == 7


def test_the_bracket_spans_the_parity_age() -> None:
    bracket = next(layer for layer in layers() if layer["type"] == "line" and layer["color"] == "var(--ink)")
    assert [row["released"] for row in bracket["values"]] == ["2025-11-30", "2026-03-01"]
    assert {row["level"] for row in bracket["values"]} == {141.0}


def test_a_narrow_drawing_has_no_bracket_and_names_only_the_ends() -> None:
    texts = [
        row["text"] for layer in layers(wide=False) if layer["type"] == "text" for row in layer["values"]
    ]
    assert texts == [["Closed 150.0", "Amber 4"], ["Open 141.0", "Birch 3"]]


def test_the_lower_name_of_a_narrow_drawing_stands_below_the_records_it_would_cover() -> None:
    step = point("Birch 2.9", date(2025, 8, 1), 130.0, Access.OPEN, interval=4.0)
    drawing = FrontierDrawing(tuple(sorted((*POINTS, step), key=lambda item: item.released)), AS_OF)
    plane = plane_of(drawing, NARROW)
    name = next(end for end in end_names(drawing, plane, NARROW) if end.level == 141.0)
    assert plane.y(141.0) + name.dy > plane.y(126.0)
    assert plane.y(141.0) + name.dy + 2 * 14 < plane.height


def test_the_bracket_is_named_by_what_it_measures() -> None:
    texts = [row["text"] for layer in layers() if layer["type"] == "text" for row in layer["values"]]
    assert ["reached by closed", "3.0 months before"] in texts


def test_the_axis_says_its_unit_and_that_it_does_not_start_at_zero() -> None:
    found = specification(draw_frontier, DRAWING, WIDE)
    axis = found["layer"][0]["encoding"]["y"]["axis"]
    assert axis["title"] == "Capability index, points (the axis does not start at zero)"


def test_the_plane_ends_on_tens_and_holds_every_record_interval() -> None:
    plane = plane_of(DRAWING, WIDE)
    assert (plane.low, plane.high) == (90, 160)
    assert plane.y(160.0) == 0
    assert plane.x(AS_OF) == plane.width


@pytest.mark.parametrize("wide", [True, False])
def test_the_whole_drawing_has_the_size_asked_for(wide: bool) -> None:
    shape = WIDE if wide else NARROW
    found = specification(draw_frontier, DRAWING, shape)
    padding = found["padding"]
    assert found["width"] + padding["left"] + padding["right"] == shape.width
    assert found["height"] + padding["top"] + padding["bottom"] == shape.height


def test_nothing_is_loaded_from_an_address() -> None:
    assert '"url"' not in str(specification(draw_frontier, DRAWING, WIDE)).replace("'", '"')


def test_thousands_of_models_are_one_mark_where_they_cover_each_other_and_keep_the_page_light() -> None:
    many = [
        replace(POINTS[-1], name=f"Tune {n}", released=date(2025, 1 + n % 12, 1 + n % 28), level=80 + n % 60)
        for n in range(6000)
    ]
    crowded = [replace(point, record=False, access=Access.OPEN) for point in many]
    drawing = FrontierDrawing((*POINTS, *crowded), AS_OF)
    drawn = apart(drawing, plane_of(drawing, WIDE))
    assert len(drawn) < 3000
    assert max(point.level for point in drawn) == max(point.level for point in crowded)
    svg = page_svg(draw_frontier, drawing, WIDE, "crowded")
    assert len(gzip.compress(svg.encode())) < 40_000


def test_a_mark_that_stands_for_others_is_the_most_capable_of_them() -> None:
    near = point("Near", date(2025, 6, 1), 100.2, Access.OPEN, record=False)
    drawing = FrontierDrawing((*POINTS, near, replace(near, name="Nearer", level=100.3)), AS_OF)
    drawn = [one.name for one in apart(drawing, plane_of(drawing, WIDE))]
    assert "Nearer" in drawn
    assert "Near" not in drawn


def test_a_line_is_named_by_what_fits_the_margin() -> None:
    assert end_name("GPT-5.6 Sol") == "GPT-5.6 Sol"
    assert end_name("DeepSeek-R1 (2025-05-28)") == "DeepSeek-R1"
    assert end_name("Qwen3-235B-A22B-Thinking") == "Qwen3-235B-A22B…"


def test_what_the_bracket_says_fits_the_margin_with_two_digits() -> None:
    room = padding_of(WIDE)["right"] - 8  # the gap between line and name
    assert text_width("22.9 months before", 13) <= room
