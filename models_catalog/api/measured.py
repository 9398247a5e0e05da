"""The gap in parts, by week, step by step; on the Arena; and beside what others published. As /gap/ shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from datetime import date
from http import HTTPStatus
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from models_catalog.analysis.table import HEADLINE
from models_catalog.api import links
from models_catalog.api.answers import paged
from models_catalog.api.gap import Domain, answer, point_out
from models_catalog.api.measured_rows import (
    ArenaDayOut,
    ArenaList,
    GapPartList,
    GapPartOut,
    PublishedList,
    PublishedOut,
    SeriesList,
    SeriesPointOut,
    StepList,
    StepOut,
)
from models_catalog.api.parameters import Day, LongWord, PageAsked, Word
from models_catalog.api.problems import Problem, Refusal
from models_catalog.api.schemas import GapValueOut
from models_catalog.findings.arena import ARENA, arena_series
from models_catalog.findings.gap_series import frontier_steps, gap_series
from models_catalog.findings.gap_tables import (
    gap_by_benchmark,
    gap_by_domain,
    gap_by_split,
    gap_sensitivities,
)
from models_catalog.findings.issued import issued_gap
from models_catalog.findings.measured import ArenaDay, FrontierStep, GapRow, GapTable, SeriesPoint
from models_catalog.findings.published import Published, published_figures
from models_catalog.findings.then import as_known
from models_catalog.vocabulary import Access, Cut, Inputs, Method

router = Router()
REFUSALS = {404: Problem, 422: Problem}
TABLES: Mapping[str, Callable[[Inputs, date | None], GapTable | None]] = {
    "domain": gap_by_domain,
    "split": gap_by_split,
    "benchmark": gap_by_benchmark,
    "sensitivity": gap_sensitivities,
}


class PartsAsked(PageAsked):
    """`as_of`: the same scales seen from that day, without intervals."""

    part: Literal["domain", "split", "benchmark", "sensitivity"] = "domain"
    inputs: Inputs = Inputs.ALL
    sort: Literal["key"] = "key"


class SeriesAsked(PageAsked):
    """`as_of`: weeks up to that day; `since`: from this one on."""

    inputs: Inputs = Inputs.ALL
    method: Method = HEADLINE
    delta: Literal[0, 2] = Field(0, description="tolerance in points of the scale")
    domain: Domain | None = None
    benchmark: LongWord = Field("", description="slug; not together with a domain")
    since: Day | None = None
    sort: Literal["day"] = "day"


class StepsAsked(PageAsked):
    inputs: Inputs = Inputs.ALL
    domain: Domain | None = None
    access: Access | None = None
    delta: float = Field(0, ge=0, le=100, description="points that the open side is granted")
    sort: Literal["released"] = "released"


class PublishedAsked(PageAsked):
    """`as_of`: figures about that day or an earlier one."""

    primary: bool | None = Field(None, description="read in the publisher's own words?")
    sort: Literal["id"] = "id"


class ArenaAsked(PageAsked):
    """`as_of`: tables up to that day; `since`: from this one on."""

    since: Day | None = None
    scale: Word = Field("", description="ratings compare inside one scale only")

    sort: Literal["day"] = "day"


@router.get("/gap/parts", response={200: GapPartList} | REFUSALS, summary="The gap by part of the scores")
def parts(request: HttpRequest, asked: Query[PartsAsked]) -> HttpResponse:
    """By domain, by half, by benchmark, and with one decision taken otherwise: every method at both tolerances."""
    with as_known(asked.known_at):
        table = table_of(asked)
    kept = sorted((row.key, row) for row in table.rows) if table else []
    return paged(request, asked, GapPartOut, kept, lambda row: part_out(request, asked.part, row))


def table_of(asked: PartsAsked) -> GapTable | None:
    return TABLES[asked.part](asked.inputs, asked.as_of)


@router.get("/gap/series", response={200: SeriesList} | REFUSALS, summary="The gap week by week")
def series(request: HttpRequest, asked: Query[SeriesAsked]) -> HttpResponse:
    """One method as of every week since 2023: a day selects models, it never refits."""
    if asked.domain and asked.benchmark:
        detail = "a domain or a benchmark, not both"
        raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, detail, "benchmark")
    cut = Cut.DOMAIN if asked.domain else Cut.BENCHMARK if asked.benchmark else Cut.INDEX
    with as_known(asked.known_at):
        found = gap_series(asked.inputs, asked.method, asked.delta, cut, asked.domain or asked.benchmark)
    points = [point for point in found.points if within(point.day, asked)] if found else []
    behind = [item.slug for item in found.credits] if found else []
    unit = found.unit if found else ""
    kept = [(point.day.isoformat(), point) for point in points]
    return paged(request, asked, SeriesPointOut, kept, lambda point: week_out(point, unit, behind))


def within(day: date, asked: SeriesAsked | ArenaAsked) -> bool:
    return (asked.since or date.min) <= day <= (asked.as_of or date.max)


@router.get("/gap/steps", response={200: StepList} | REFUSALS, summary="The steps of the frontiers")
def steps(request: HttpRequest, asked: Query[StepsAsked]) -> HttpResponse:
    """Who made each step, how far it rose, and how long the other side needed, or had been there."""
    found = answer(asked.inputs, asked.moment, asked.domain or "")
    sides = [asked.access] if asked.access else [Access.CLOSED, Access.OPEN]
    made = [
        step
        for side in sides
        if side is not Access.UNKNOWN
        for step in frontier_steps(found, side, asked.delta)
    ]
    kept = sorted((f"{step.point.released} {step.access} {step.point.name}", step) for step in made)
    return paged(request, asked, StepOut, kept, lambda step: step_out(request, step))


@router.get("/gap/arena", response={200: ArenaList, 422: Problem}, summary="Closed against open on the Arena")
def arena(request: HttpRequest, asked: Query[ArenaAsked]) -> HttpResponse:
    """Every stored text table: the best of each side, their distance in Elo and as a win rate."""
    with as_known(asked.known_at):
        days = arena_series().days
    kept = [
        (f"{day.day} {day.scale}", day)
        for day in days
        if within(day.day, asked) and asked.scale in ("", day.scale)
    ]
    return paged(request, asked, ArenaDayOut, kept, lambda day: arena_out(request, day))


@router.get(
    "/gap/published", response={200: PublishedList, 422: Problem}, summary="What others say the gap is"
)
def published(request: HttpRequest, asked: Query[PublishedAsked]) -> HttpResponse:
    """Published figures with their definition, and our figure of the definition that comes closest."""
    with as_known(asked.known_at):
        figures = published_figures()
    until = asked.as_of or date.max
    kept = [
        (f"{number:03}", row)
        for number, row in enumerate(figures, 1)
        if row.day <= until and asked.primary in (None, row.primary)
    ]
    behind = (
        [item.slug for item in scale.frontier.credits]
        if (scale := issued_gap(Inputs.ALL, asked.moment))
        else []
    )
    return paged(request, asked, PublishedOut, kept, lambda row: published_out(request, row, behind))


def published_out(request: HttpRequest, row: Published, behind: list[str]) -> PublishedOut:
    """Ours rest on the scale's sources, or on the Arena's tables."""
    sources = [] if row.ours is None else behind if row.method else [ARENA]
    about = {
        "id": f"{row.who}: {row.figure}",
        "links": {"page": links.page(request, "/gap/")},
        "sources": sources,
    }
    return PublishedOut.model_validate(asdict(row) | about)


def part_out(request: HttpRequest, part: str, row: GapRow) -> GapPartOut:
    names = set(GapPartOut.model_fields) & set(row.__dataclass_fields__) - {
        "values",
        "best_open",
        "best_closed",
    }
    fields: dict[str, Any] = {name: getattr(row, name) for name in names}
    sides = {"best_open": row.best_open, "best_closed": row.best_closed}
    chosen = {"domain": row.key, "inputs": row.values[0].inputs.value} if row.cut is Cut.DOMAIN else {}
    return GapPartOut.model_validate(
        fields
        | {
            "id": f"{part} {row.key}",
            "links": {"gap": links.api(request, "/gap", **chosen)},
            "sources": list(row.sources),
            "part": part,
            "values": [GapValueOut.from_orm(value) for value in row.values],
        }
        | {side: point_out(request, point) if point else None for side, point in sides.items()}
    )


def week_out(point: SeriesPoint, unit: str, behind: list[str]) -> SeriesPointOut:
    about = {"id": point.day.isoformat(), "links": {}, "sources": behind, "unit": unit}
    return SeriesPointOut.model_validate(asdict(point) | about)


def step_out(request: HttpRequest, step: FrontierStep) -> StepOut:
    point = point_out(request, step.point)
    other = point_out(request, step.other) if step.other else None
    behind = {*point.sources, *(other.sources if other else ())}
    return StepOut(
        id=f"{step.access} {point.id}",
        links=point.links,
        sources=sorted(behind),
        access=step.access,
        point=point,
        rise=step.rise,
        other=other,
        months=step.months,
        at_least=step.at_least,
        reason=step.reason,
    )


def arena_out(request: HttpRequest, day: ArenaDay) -> ArenaDayOut:
    fields = {name: value for name, value in asdict(day).items() if name != "share"}
    about = {
        "id": f"{day.day} {day.scale}",
        "links": dict(observed(request, day)),
        "sources": [ARENA],
        "unit": "Elo",
    }
    return ArenaDayOut.model_validate(fields | about)


def observed(request: HttpRequest, day: ArenaDay) -> Iterator[tuple[str, str]]:
    for side, model in (("best_open", day.best_open), ("best_closed", day.best_closed)):
        yield side, links.api(request, f"/observations/{model.observation}")
