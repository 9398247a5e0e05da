"""How the frontier is drawn: all scored models small, records large with their intervals, two step lines.

Open models are blue circles on a solid line, closed ones vermillion triangles on a dashed line, models of
unknown access hollow grey. The lines are named where they end; the parity age is marked as a bracket.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import altair as alt

from models_catalog.charts.data import rows_of
from models_catalog.charts.frontier_names import (
    INK,
    LONGEST_NAME,
    EndName,
    bracket_name,
    end_names,
    shortened,
    step_names,
)
from models_catalog.charts.frontier_plane import (
    SIDES,
    FrontierDrawing,
    Plane,
    padding_of,
    plane_of,
)
from models_catalog.charts.marks import SYMBOL, crowd_of, titled_above
from models_catalog.charts.outside import visible
from models_catalog.charts.render import Shape
from models_catalog.charts.theme import ACCESS, token
from models_catalog.findings.records import FrontierPoint
from models_catalog.vocabulary import Access

CELL = 5  # pixels: marks nearer than that cover each other
DASH = {Access.OPEN: [1, 0], Access.CLOSED: [5, 3]}


def draw_frontier(drawing: FrontierDrawing, shape: Shape) -> alt.LayerChart:
    """The chart of one `FrontierDrawing`; needs at least one point inside the window."""
    plane = plane_of(drawing, shape)
    layers = [crowd(drawing, plane)]
    for access in SIDES:
        if records := drawing.records(access):
            layers += side(drawing, records, access)
    layers += bracket(drawing) if bracketed(drawing, shape) else []
    for access in SIDES:
        layers += named_steps(step_names(drawing, plane, access) if shape.wide else [], access)
    layers += [named_end(end, drawing.as_of) for end in ends_of_lines(drawing, plane, shape)]
    placed = [layer.encode(x=x_axis(plane), y=y_axis(plane, drawing.axis)) for layer in layers]
    return alt.LayerChart(layer=placed, width=plane.width, height=plane.height, padding=padding_of(shape))


def x_axis(plane: Plane) -> alt.X:
    years = [f"{year}-01-01" for year in range(plane.start.year, plane.end.year + 1)]
    axis = alt.Axis(
        title=None,
        values=[year for year in years if year >= plane.start.isoformat()],
        format="%Y",
        grid=False,
        ticks=True,
        tickColor=token("muted"),
        domain=True,
        domainColor=token("muted"),
    )
    ends = [stamp(plane.start), stamp(plane.end)]
    return alt.X("released:T", scale=alt.Scale(type="utc", domain=ends, nice=False), axis=axis)


def stamp(day: date) -> alt.DateTime:
    return alt.DateTime(year=day.year, month=day.month, date=day.day, utc=True)


def y_axis(plane: Plane, title: str) -> alt.Y:
    axis = titled_above(f"{title} (the axis does not start at zero)", ticks=6, form="d")
    return alt.Y(
        "level:Q", scale=alt.Scale(domain=[plane.low, plane.high], nice=False, zero=False), axis=axis
    )


def place(point: FrontierPoint) -> dict[str, Any]:
    return {"released": point.released.isoformat(), "level": round(point.level, 1)}


TOLD = [
    alt.Tooltip("name:N", title="Model"),
    alt.Tooltip("released:T", title="Released", format="%-d %b %Y"),
    alt.Tooltip("level:Q", title="Index points", format=".1f"),
]


def told(point: FrontierPoint) -> dict[str, Any]:
    """A point that says which it is when it is pointed at."""
    return place(point) | {"name": visible(point.name, LONGEST_NAME * 2)}


def crowd(drawing: FrontierDrawing, plane: Plane) -> alt.Chart:
    """The scored models that are no record, small and pale, in one layer."""
    rows = [told(point) | {"access": point.access.value} for point in apart(drawing, plane)]
    return crowd_of(rows, list(Access), TOLD)


def apart(drawing: FrontierDrawing, plane: Plane) -> list[FrontierPoint]:
    """One for all whose marks would cover each other: thousands of models must not make a page heavy."""
    cells = {
        (point.access, plane.x(point.released) // CELL, plane.y(point.level) // CELL): point
        for point in sorted(drawing.shown(), key=lambda point: point.level)
        if not point.record
    }
    return list(cells.values())


def entrance(
    drawing: FrontierDrawing, before: list[FrontierPoint], inside: list[FrontierPoint]
) -> list[dict[str, Any]]:
    """Where a line comes in: at the left edge, or up from the axis where its old level lies below the window."""
    if not before:
        return []
    if before[-1].level >= drawing.floor:
        return [{"released": drawing.start.isoformat(), "level": round(before[-1].level, 1)}]
    return [place(point) | {"level": drawing.floor} for point in inside[:1]]


def side(drawing: FrontierDrawing, records: list[FrontierPoint], access: Access) -> list[alt.Chart]:
    """One side: its step line up to the day asked for, its records, their intervals."""
    start = drawing.start
    inside = [point for point in records if point.released >= start]
    before = [point for point in records if point.released < start]
    corners = [place(point) for point in inside]
    corners = entrance(drawing, before, inside) + corners
    corners.append({"released": drawing.as_of.isoformat(), "level": round(records[-1].level, 1)})
    colour = token(ACCESS[access])
    line = alt.Chart(rows_of(corners)).mark_line(
        interpolate="step-after", color=colour, strokeWidth=2, strokeDash=DASH[access]
    )
    bounded = [
        place(point) | {"level": round(point.low, 1), "high": round(point.high, 1)}
        for point in inside
        if point.low is not None and point.high is not None
    ]
    bars = alt.Chart(rows_of(bounded)).mark_rule(color=colour, strokeWidth=1.2, opacity=0.75)
    marks = alt.Chart(rows_of([told(point) for point in inside])).mark_point(
        shape=SYMBOL[access], filled=True, size=55, color=colour, opacity=1
    )
    return [line, bars.encode(y2="high"), marks.encode(tooltip=TOLD)]


def bracketed(drawing: FrontierDrawing, shape: Shape) -> bool:
    """The parity age is marked where there is room and where it lies inside the window."""
    return shape.wide and drawing.parity_since is not None and drawing.parity_since > drawing.start


def bracket(drawing: FrontierDrawing) -> list[alt.Chart]:
    """The parity age, just under the open line's end: since when closed models have been at its level."""
    level = round(drawing.records(Access.OPEN)[-1].level, 1)
    days = [day for day in (drawing.parity_since, drawing.as_of) if day]
    ends = rows_of([{"released": day.isoformat(), "level": level} for day in days])
    ink = token("ink")
    line = alt.MarkDef(type="line", color=ink, strokeWidth=1.2, yOffset=9)
    tick = alt.MarkDef(
        type="point", shape="M0,-1L0,1", size=40, color=ink, strokeWidth=1.2, yOffset=9, opacity=1
    )
    return [alt.Chart(ends, mark=line), alt.Chart(ends, mark=tick)]


def ends_of_lines(drawing: FrontierDrawing, plane: Plane, shape: Shape) -> list[EndName]:
    ends = end_names(drawing, plane, shape)
    if bracketed(drawing, shape):
        ends.append(bracket_name(drawing, next(end for end in ends if end.colour == "open-ink")))
    return ends


def named_steps(points: Sequence[FrontierPoint], access: Access) -> list[alt.Chart]:
    """Names beside the steps: closed to the upper left of the mark, open to the lower right."""
    rows = [place(point) | {"text": shortened(point.name, LONGEST_NAME)} for point in points]
    if not rows:
        return []
    left = access is Access.CLOSED
    text = alt.Chart(rows_of(rows)).mark_text(
        align="right" if left else "left",
        baseline="bottom" if left else "top",
        dx=-6 if left else 6,
        dy=-4 if left else 5,
        color=token(INK[access]),
        fontSize=11,
    )
    return [text.encode(text="text:N")]


def named_end(end: EndName, as_of: date) -> alt.Chart:
    """The name of a line at its end, in the right margin or above the plot's right edge."""
    row = {"released": as_of.isoformat(), "level": round(end.level, 1), "text": list(end.lines)}
    mark = alt.MarkDef(
        type="text",
        align=end.align,
        baseline="top",
        dx=end.dx,
        dy=end.dy,
        lineHeight=14,
        color=token(end.colour),
        fontWeight="bold",
    )
    return alt.Chart(rows_of([row]), mark=mark).encode(text="text:N")
