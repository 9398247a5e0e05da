"""Invented points, and invented worlds with a planted lag."""

from __future__ import annotations

from models_catalog.analysis.planted import START, World, day, world
from models_catalog.analysis.records import Point
from models_catalog.vocabulary import Access

__all__ = ["START", "World", "closed", "day", "opened", "world"]


def closed(number: int, level: float, model: str = "") -> Point:
    return Point(model or f"closed-{number}-{level:g}", day(number), Access.CLOSED, level)


def opened(number: int, level: float, model: str = "") -> Point:
    return Point(model or f"open-{number}-{level:g}", day(number), Access.OPEN, level)
