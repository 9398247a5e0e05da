"""Which models of a frontier drawing are named, and where the names of the two lines stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from models_catalog.charts.frontier_plane import SIDES, FrontierDrawing, Plane
from models_catalog.charts.labels import Box, free_labels, text_width
from models_catalog.charts.numerals import decimal
from models_catalog.charts.outside import visible
from models_catalog.charts.render import Shape
from models_catalog.findings.records import FrontierPoint
from models_catalog.vocabulary import Access

MOST_NAMES = 7  # per side
NAME_SIZE = 11
LINE_HEIGHT = 14
INSIDE_WIDTH = 90  # pixels a label inside the plot takes at its right edge
LONGEST_END = 16  # bold characters that fit the right margin
LONGEST_NAME = 24
INK = {Access.OPEN: "open-ink", Access.CLOSED: "closed-ink"}
SIDE_WORD = {Access.OPEN: "Open", Access.CLOSED: "Closed"}


@dataclass(frozen=True, slots=True)
class EndName:
    """The words at the end of one line, offset in pixels from the line's end."""

    level: float
    lines: tuple[str, ...]
    colour: str  # a token of the theme
    align: Literal["left", "right"]
    dx: int
    dy: int


def step_names(drawing: FrontierDrawing, plane: Plane, access: Access) -> list[FrontierPoint]:
    """The records worth a name: the highest steps first, as many as fit without touching a mark."""
    start = drawing.start
    records = [point for point in drawing.records(access) if point.released >= start]
    marks = [mark_box(point, plane) for side in SIDES for point in drawing.records(side)]
    heights = {point: rise(point, records) for point in records}
    wanted = sorted(records[:-1], key=lambda point: -heights[point])
    candidates = [(str(records.index(point)), name_box(point, plane, access)) for point in wanted]
    frame = Box(0, 0, plane.width, plane.height)
    return [records[int(key)] for key in free_labels(candidates, marks, frame, MOST_NAMES)]


def rise(point: FrontierPoint, records: list[FrontierPoint]) -> float:
    """By how much a record raised its frontier; the first counts as the largest."""
    before = records.index(point) - 1
    return point.level - records[before].level if before >= 0 else float("inf")


def mark_box(point: FrontierPoint, plane: Plane) -> Box:
    return Box(plane.x(point.released) - 4, plane.y(point.level) - 4, 8, 8)


def name_box(point: FrontierPoint, plane: Plane, access: Access) -> Box:
    width, height = text_width(shortened(point.name, LONGEST_NAME), NAME_SIZE), NAME_SIZE + 3
    x, y = plane.x(point.released), plane.y(point.level)
    if access is Access.CLOSED:
        return Box(x - 6 - width, y - 4 - height, width, height)
    return Box(x + 6, y + 5, width, height)


def end_names(drawing: FrontierDrawing, plane: Plane, shape: Shape) -> list[EndName]:
    """Both lines named at their right ends: in the margin, or above and below where there is none."""
    ends = [(access, records[-1]) for access in SIDES if (records := drawing.records(access))]
    ends.sort(key=lambda end: -end[1].level)
    align: Literal["left", "right"] = "left" if shape.wide else "right"
    points = [point for _, point in ends]
    offsets = margin_offsets(points, plane) if shape.wide else inside_offsets(points, plane, drawing)
    return [
        EndName(point.level, end_lines(access, point), INK[access], align, 8 if shape.wide else 0, offset)
        for (access, point), offset in zip(ends, offsets, strict=True)
    ]


def bracket_name(drawing: FrontierDrawing, open_name: EndName) -> EndName:
    """What the parity bracket measures, under the open line's name in the margin."""
    words = ("reached by closed", f"{decimal(drawing.parity_months or 0)} months before")
    return replace(open_name, lines=words, colour="ink", dy=open_name.dy + 2 * LINE_HEIGHT + 3)


def margin_offsets(points: list[FrontierPoint], plane: Plane) -> list[int]:
    """Each label level with its line, pushed apart when the lines end close together."""
    tops = [plane.y(point.level) - LINE_HEIGHT for point in points]
    if len(tops) == 2 and (overlap := tops[0] + 2.5 * LINE_HEIGHT - tops[1]) > 0:
        tops = [tops[0] - overlap / 2, tops[1] + overlap / 2]
    return [round(top - plane.y(point.level)) for point, top in zip(points, tops, strict=True)]


def inside_offsets(points: list[FrontierPoint], plane: Plane, drawing: FrontierDrawing) -> list[int]:
    """The upper label above its interval, the lower one below every record above which it would stand."""
    upper, lower = points[0], points[-1]
    above = round(plane.y(upper.high or upper.level) - plane.y(upper.level)) - 2 * LINE_HEIGHT - 6
    foot = max(
        plane.y(record.low or record.level)
        for side in SIDES
        for record in drawing.records(side)
        if record == lower or plane.x(record.released) > plane.width - INSIDE_WIDTH
    )
    room = plane.height - 2 * LINE_HEIGHT - 2
    return [above, round(min(foot + 8, room) - plane.y(lower.level))][: len(points)]


def end_lines(access: Access, point: FrontierPoint) -> tuple[str, ...]:
    return (f"{SIDE_WORD[access]} {decimal(point.level)}", end_name(point.name))


def end_name(name: str) -> str:
    """What fits the margin: a version in brackets goes before letters do."""
    fits = name if len(name) <= LONGEST_END else name.partition(" (")[0]
    return shortened(fits, LONGEST_END)


def shortened(name: str, most: int) -> str:
    """The name, visible and short enough for a drawing; the table has it in full."""
    shown = visible(name)
    return shown if len(shown) <= most else f"{shown[: most - 1].rstrip()}…"
