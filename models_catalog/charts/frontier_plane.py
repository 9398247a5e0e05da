"""What a frontier drawing holds, and where a day and a level lie on its plot."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta

from models_catalog.analysis.records import DAYS_PER_MONTH
from models_catalog.charts.render import Shape
from models_catalog.findings.records import FrontierPoint
from models_catalog.vocabulary import Access

YEARS_SHOWN = 4
SIDES = (Access.CLOSED, Access.OPEN)


@dataclass(frozen=True, slots=True)
class FrontierDrawing:
    """What is drawn: the points, the day the question is asked for, the parity age to mark (months)."""

    points: tuple[FrontierPoint, ...]
    as_of: date
    parity_months: float | None = None
    axis: str = "Capability index, points"

    @property
    def start(self) -> date:
        """The left edge: four calendar years, or the first scored model if it is younger."""
        earliest = min((point.released for point in self.points), default=self.as_of)
        return max(date(self.as_of.year - YEARS_SHOWN + 1, 1, 1), earliest - timedelta(days=20))

    @property
    def floor(self) -> float:
        """The lower edge: below every record and all but the lowest tenth of the models, on a ten."""
        inside = self.in_window()
        levels = sorted(point.level for point in inside)
        records = [min(point.level, point.low or point.level) for point in inside if point.record]
        lowest = min([*levels[len(levels) // 10 :][:1], *records], default=100.0)
        return 10 * math.floor((lowest - 1) / 10)

    @property
    def parity_since(self) -> date | None:
        """The day closed models reached the best open level, when there is a bracket to draw."""
        if not self.parity_months or self.parity_months <= 0 or not self.records(Access.OPEN):
            return None
        return self.as_of - timedelta(days=round(self.parity_months * DAYS_PER_MONTH))

    def shown(self) -> list[FrontierPoint]:
        floor = self.floor
        return [point for point in self.in_window() if point.level >= floor]

    def in_window(self) -> list[FrontierPoint]:
        start = self.start
        return [point for point in self.points if start <= point.released <= self.as_of]

    def left_out(self) -> int:
        """How many scored models lie outside the window: they are in the table only."""
        return len(self.points) - len(self.shown())

    def records(self, access: Access) -> list[FrontierPoint]:
        """One side's records, those before the left edge included: the line comes in at their level."""
        return [p for p in self.points if p.record and p.access == access and p.released <= self.as_of]


@dataclass(frozen=True, slots=True)
class Plane:
    """Where a day and a level lie on the plot, in pixels."""

    start: date
    end: date
    low: float
    high: float
    width: int
    height: int

    def x(self, day: date) -> float:
        return self.width * (day - self.start).days / max(1, (self.end - self.start).days)

    def y(self, level: float) -> float:
        return self.height * (self.high - level) / (self.high - self.low)


def plane_of(drawing: FrontierDrawing, shape: Shape) -> Plane:
    """Axes wide enough for every point and record interval shown, ending on tens."""
    shown = drawing.shown()
    tops = [point.high if point.record and point.high is not None else point.level for point in shown]
    headroom = 2 if shape.wide else 12
    high = 10 * math.ceil((max(tops, default=150.0) + headroom) / 10)
    padding = padding_of(shape)
    width = shape.width - padding["left"] - padding["right"]
    height = shape.height - padding["top"] - padding["bottom"]
    return Plane(drawing.start, drawing.as_of, drawing.floor, high, width, height)


def padding_of(shape: Shape) -> dict[str, int]:
    return {"left": 32, "right": 142 if shape.wide else 8, "top": 26, "bottom": 26}
