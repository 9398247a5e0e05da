import re
import xml.etree.ElementTree as ET
from datetime import date

import pytest

from models_catalog.charts.frontier import NARROW, WIDE, frontier_figure
from models_catalog.charts.frontier_drawing import draw_frontier
from models_catalog.charts.frontier_plane import FrontierDrawing
from models_catalog.charts.landscape_drawing import Bar, LandscapeDrawing, draw_landscape
from models_catalog.charts.render import Shape, page_svg
from models_catalog.vocabulary import Access
from tests.charts.invented import AS_OF, CLOSED, OPEN, POINTS, gap, point

EVIL = '<script>alert(1)</script>" onload="x'
BARS = LandscapeDrawing((Bar("Invented Lab", (1, 2, 3, 4, 5, 6, 7)), Bar("Other Lab", (0, 0, 0, 0, 0, 2, 2))))


@pytest.fixture(scope="module")
def wide() -> str:
    return page_svg(draw_frontier, FrontierDrawing(POINTS, AS_OF, 3.0), WIDE, 'A label with "quotes"')


def test_a_page_drawing_is_well_formed_and_sized_by_its_view_box(wide: str) -> None:
    root = ET.fromstring(wide)
    assert root.attrib == {
        "class": "chart chart-wide",
        "viewBox": "0 0 712 420",
        "role": "img",
        "aria-label": 'A label with "quotes"',
    }


def test_a_page_drawing_carries_no_style_script_or_event(wide: str) -> None:
    root = ET.fromstring(wide)
    assert {element.tag for element in root.iter()} <= {"svg", "g", "path", "line", "text", "tspan", "rect"}
    names = {name for element in root.iter() for name in element.attrib}
    assert "style" not in names
    assert not [name for name in names if name.startswith("on")]


def test_a_page_drawing_is_coloured_by_the_stylesheet_alone(wide: str) -> None:
    assert "var(--open)" in wide
    assert not re.search(r'(?:fill|stroke)="#', wide)


def test_words_in_a_drawing_are_text(wide: str) -> None:
    texts = "".join(ET.fromstring(wide).itertext())
    for words in ("Closed 150.0", "Open 141.0", "3.0 months", "2024", "Capability index, points"):
        assert words in texts


def test_coordinates_are_rounded(wide: str) -> None:
    assert not re.search(r"\d\.\d\d", wide)


def test_a_hostile_name_stays_text() -> None:
    points = (*CLOSED, *OPEN, point(EVIL, date(2026, 2, 1), 149.0, Access.OPEN))
    root = ET.fromstring(page_svg(draw_frontier, FrontierDrawing(points, AS_OF), WIDE, EVIL))
    assert not [element for element in root.iter() if element.tag == "script"]
    assert any("<script>" in text for text in root.itertext())


def test_two_drawings_on_one_page_share_no_id() -> None:
    drawings = [page_svg(draw_landscape, BARS, Shape(712, 102, wide=True), "wide")]
    drawings.append(page_svg(draw_landscape, BARS, Shape(344, 152, wide=False), "narrow"))
    ids = [re.findall(r' id="([^"]+)"', drawing) for drawing in drawings]
    assert [len(found) for found in ids] == [2, 2]
    assert ids[0] != ids[1]
    for found, drawing in zip(ids, drawings, strict=True):
        assert f"url(#{found[0]})" in drawing


def test_a_downloaded_picture_stands_alone() -> None:
    svg = frontier_figure(gap()).svg()
    root = ET.fromstring(svg)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "var(--" not in svg
    texts = " ".join(root.itertext())
    assert "On 1 Mar 2026 Amber 4" in texts
    assert "adapted from Epoch AI, CC BY 4.0" in texts


def test_a_png_is_twice_the_drawings_size() -> None:
    png = frontier_figure(gap()).png()
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width = int.from_bytes(png[16:20], "big")
    assert width == 2 * (WIDE.width + 2 * 16)


def test_the_same_drawing_is_drawn_once() -> None:
    drawing = FrontierDrawing(POINTS, AS_OF, 2.5)
    before = page_svg.cache_info().hits
    first = page_svg(draw_frontier, drawing, NARROW, "x")
    again = page_svg(draw_frontier, FrontierDrawing(POINTS, AS_OF, 2.5), NARROW, "x")
    assert again is first
    assert page_svg.cache_info().hits == before + 1
