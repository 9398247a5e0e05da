"""What several drawings have alike: the title above its axis, each side's mark, and the crowd behind the records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from models_catalog.charts.data import rows_of
from models_catalog.charts.theme import ACCESS, token
from models_catalog.vocabulary import Access

SYMBOL = {Access.OPEN: "circle", Access.CLOSED: "triangle-up", Access.UNKNOWN: "circle"}


def titled_above(
    title: str, *, ticks: int, form: str | alt.UndefinedType = alt.Undefined, left: int = -30
) -> alt.Axis:
    """A vertical axis whose title lies above it, from `left` pixels on, to be read without turning one's head."""
    return alt.Axis(
        title=title,
        titleAngle=0,
        titleAlign="left",
        titleAnchor="end",
        titleX=left,
        titleY=-14,
        tickCount=ticks,
        format=form,
    )


def crowd_of(
    rows: Sequence[dict[str, Any]], sides: Sequence[Access], told: Sequence[alt.Tooltip]
) -> alt.Chart:
    """The models that are no record, small and pale, in one layer; each row says its `access`."""
    names = [side.value for side in sides]
    colour = alt.Scale(domain=names, range=[token(ACCESS[side]) for side in sides])
    symbol = alt.Scale(domain=names, range=[SYMBOL[side] for side in sides])
    mark = alt.MarkDef(type="point", size=14, opacity=0.7, strokeWidth=0.8)
    return alt.Chart(rows_of(rows), mark=mark).encode(
        color=alt.Color("access:N", scale=colour, legend=None),
        shape=alt.Shape("access:N", scale=symbol, legend=None),
        tooltip=list(told),
    )
