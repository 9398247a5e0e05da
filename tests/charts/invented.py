"""An invented frontier: closed models lead by six months, level for level."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from models_catalog.findings.records import Frontier, FrontierPoint, Gap, GapValue, SourceCredit
from models_catalog.vocabulary import Access, Inputs, Method

AS_OF = date(2026, 3, 1)
CREDIT = SourceCredit(
    slug="epoch",
    title="Epoch AI",
    home="https://epoch.example/",
    data_licence="CC BY 4.0",
    attribution="Epoch AI, CC BY 4.0",
    retrieved=datetime(2026, 2, 27, tzinfo=UTC),
)


def point(
    name: str,
    released: date,
    level: float,
    access: Access,
    *,
    record: bool = True,
    interval: float | None = 2.0,
    sources: tuple[str, ...] = ("epoch",),
) -> FrontierPoint:
    return FrontierPoint(
        model=name.lower().replace(" ", "-"),
        name=name,
        organization="Invented Lab",
        released=released,
        access=access,
        level=level,
        low=None if interval is None else level - interval,
        high=None if interval is None else level + interval,
        record=record,
        sources=sources,
        observation=7,
    )


CLOSED = (
    point("Amber 1", date(2023, 3, 1), 100.0, Access.CLOSED),
    point("Amber 2", date(2024, 3, 1), 120.0, Access.CLOSED),
    point("Amber 3", date(2025, 3, 1), 140.0, Access.CLOSED),
    point("Amber 4", date(2025, 12, 1), 150.0, Access.CLOSED),
)
OPEN = (
    point("Birch 1", date(2023, 9, 1), 100.0, Access.OPEN),
    point("Birch 2", date(2024, 9, 1), 120.0, Access.OPEN),
    point("Birch 3", date(2025, 9, 1), 141.0, Access.OPEN),
)
OTHERS = (
    point("Amber Mini", date(2025, 5, 1), 121.0, Access.CLOSED, record=False),
    point("Cedar", date(2025, 6, 1), 119.0, Access.UNKNOWN, record=False, interval=None),
)
POINTS = tuple(sorted(CLOSED + OPEN + OTHERS, key=lambda item: item.released))


def value(
    method: Method = Method.CATCH_UP,
    number: float | None = 6.0,
    *,
    delta: float = 0.0,
    low: float | None = 5.2,
    high: float | None = 7.1,
    reason: str = "",
    at_least: bool = False,
) -> GapValue:
    return GapValue(
        method=method,
        inputs=Inputs.ALL,
        scale="Invented index",
        domain="overall",
        delta=delta,
        value=number,
        low=low,
        high=high,
        unit="points" if method is Method.POINT_GAP else "months",
        n=4,
        n_unit="closed frontier steps",
        censored_share=0.2,
        reason=reason,
        at_least=at_least,
    )


RESULTS = (
    value(),
    value(Method.CATCH_UP, 4.4, delta=2.0),
    value(Method.LEVEL_MEAN, 5.9),
    value(Method.PARITY_AGE, 3.0, low=1.0, high=None),
    value(Method.BACKWARD_RECORD, None, low=None, high=None, reason="only 3 of 4 records needed"),
    value(Method.POINT_GAP, 9.0),
)


def gap(
    points: tuple[FrontierPoint, ...] = POINTS, results: tuple[GapValue, ...] = RESULTS, as_of: date = AS_OF
) -> Gap:
    sides = {
        access: max((p for p in points if p.access is access), key=lambda p: p.level, default=None)
        for access in Access
    }
    frontier = Frontier(
        inputs=Inputs.ALL,
        scale="Invented index",
        points=points,
        best_open=sides[Access.OPEN],
        best_closed=sides[Access.CLOSED],
        credits=(CREDIT,),
    )
    return Gap(
        as_of=as_of,
        known_at=datetime(2026, 3, 2, 6, 30, tzinfo=UTC),
        vintage=datetime(2026, 2, 27, tzinfo=UTC),
        method_version="1",
        interval_level=0.9,
        headline=results[0],
        results=results,
        frontier=frontier,
    )


def marks_of(specification: dict[str, Any]) -> list[dict[str, Any]]:
    """Every layer's mark with the rows it draws, wherever Altair has put them."""
    datasets = specification.get("datasets", {})

    def rows(data: dict[str, Any]) -> list[Any]:
        found: list[Any] = data["values"] if "values" in data else datasets[data["name"]]
        return found

    shared: dict[str, Any] = specification.get("data", {})
    return [layer["mark"] | {"values": rows(layer.get("data") or shared)} for layer in specification["layer"]]
