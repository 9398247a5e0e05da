"""How much is open, and is the lag shrinking? The studies behind /adoption/, /licences/ and the first page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from http import HTTPStatus
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from models_catalog.api import links
from models_catalog.api.answers import document, paged
from models_catalog.api.meta import meta_of
from models_catalog.api.paging import only
from models_catalog.api.parameters import Day, LongWord, PageAsked, Times, Word
from models_catalog.api.problems import Problem, Refusal
from models_catalog.api.schemas import Row
from models_catalog.api.study_rows import (
    CoverageList,
    CoverageOut,
    FamilyDayList,
    FamilyDayOut,
    FrontierShareList,
    FrontierShareOut,
    MonthShareList,
    MonthShareOut,
    QuarterList,
    QuarterOut,
    TermsFactList,
    TermsFactOut,
    TrendOut,
)
from models_catalog.findings.issued import issued_gap
from models_catalog.findings.licences import Quarter, Terms, terms
from models_catalog.findings.moment import Moment
from models_catalog.findings.shares import HUB, Shares, shares
from models_catalog.findings.then import as_known
from models_catalog.findings.trend import NOT_TESTED, StandingTrend, standing_trend
from models_catalog.vocabulary import Inputs

router = Router()
REFUSALS = {404: Problem, 422: Problem}
Quarterly = Annotated[str, Field(pattern=r"^(\d{4}-Q[1-4])?$")]
DOWNLOADS = "downloads in the trailing 30 days"


class TrendAsked(Times):
    """`as_of`: the newest verdict given as of that day or before."""

    inputs: Inputs = Inputs.ALL


class SharesAsked(PageAsked):
    """`as_of`: the newest study as of that day or before; `since`: its rows from this day on."""

    since: Day | None = None
    sort: Literal["day"] = "day"


class DownloadSharesAsked(SharesAsked):
    recorder: Word = Field("", description="of whose list: pulse, llmfit, top_text")


class FamilySharesAsked(DownloadSharesAsked):
    family: LongWord = Field("", description="slug")


class FactsAsked(PageAsked):
    """`as_of`: models released by that day."""

    fact: LongWord = Field("", description="in its own words: OSI-approved licence …")
    sort: Literal["key"] = "key"


class QuartersAsked(PageAsked):
    """`as_of`: models released by that day."""

    since: Quarterly = Field("", description="from this quarter on: 2025-Q1")
    sort: Literal["quarter"] = "quarter"


@router.get("/trend", response={200: TrendOut} | REFUSALS, summary="Is the lag shrinking?")
def trend(request: HttpRequest, asked: Query[TrendAsked]) -> HttpResponse:
    """The trend rule's verdict, the lag's interval as a process, and forecasts with their past errors."""
    only(request, TrendAsked.model_fields)
    with as_known(asked.known_at):
        found = standing_trend(asked.inputs, asked.as_of)
    if found is None:
        raise Refusal(HTTPStatus.NOT_FOUND, NOT_TESTED, "inputs")
    scale = issued_gap(asked.inputs, Moment(known_at=asked.known_at))
    behind = sorted(item.slug for item in scale.frontier.credits) if scale else []
    shown = trend_out(request, found, behind) | {"meta": meta_of(behind, asked.moment)}
    return document(TrendOut.model_validate(shown).model_dump(mode="json"))


@router.get(
    "/share-study/releases", response={200: MonthShareList} | REFUSALS, summary="Open share of releases"
)
def release_shares(request: HttpRequest, asked: Query[SharesAsked]) -> HttpResponse:
    """Releases month by month, by access."""
    months = [row for row in study(asked).releases if row.month >= (asked.since or date.min)]
    rows = [(row.month.isoformat(), row._asdict(), [row.source]) for row in months]
    return given(request, asked, MonthShareOut, rows)


@router.get(
    "/share-study/frontier", response={200: FrontierShareList} | REFUSALS, summary="Open share of the best"
)
def frontier_shares(request: HttpRequest, asked: Query[SharesAsked]) -> HttpResponse:
    """How many of the most capable models of each month's day have open weights."""
    found = study(asked)
    scale = issued_gap(Inputs.ALL, Moment(known_at=asked.known_at))
    behind = sorted(item.slug for item in scale.frontier.credits) if scale else []
    days = [row for row in found.frontier if row.day >= (asked.since or date.min)]
    rows = [(row.day.isoformat(), row._asdict(), behind) for row in days]
    return given(request, asked, FrontierShareOut, rows)


@router.get("/share-study/families", response={200: FamilyDayList} | REFUSALS, summary="Downloads by family")
def family_shares(request: HttpRequest, asked: Query[FamilySharesAsked]) -> HttpResponse:
    """Trailing counts of each family's repositories, one recorder's list at a time, with marked breaks."""
    rows = [
        (f"{row.day} {row.recorder} {row.family}", row._asdict() | {"unit": DOWNLOADS}, [HUB])
        for row in study(asked).families
        if asked.recorder in ("", row.recorder)
        and asked.family in ("", row.family)
        and row.day >= (asked.since or date.min)
    ]
    return given(request, asked, FamilyDayOut, rows)


@router.get("/share-study/coverage", response={200: CoverageList} | REFUSALS, summary="What each list held")
def coverage(request: HttpRequest, asked: Query[DownloadSharesAsked]) -> HttpResponse:
    """How complete each recorder's list was on each day."""
    rows = [
        (f"{row.day} {row.recorder}", row._asdict() | {"unit": DOWNLOADS}, [HUB])
        for row in study(asked).coverage
        if asked.recorder in ("", row.recorder) and row.day >= (asked.since or date.min)
    ]
    return given(request, asked, CoverageOut, rows)


@router.get(
    "/terms/facts", response={200: TermsFactList, 422: Problem}, summary="Terms of open weights, in facts"
)
def terms_facts(request: HttpRequest, asked: Query[FactsAsked]) -> HttpResponse:
    """Weights, OSI approval, commercial use, caps and forbidden uses: how many models, fact by fact."""
    found = terms_then(asked)
    behind = sorted(item.slug for item in found.credits)
    rows = [
        (f"{number} {row.fact}", asdict(row) | {"of": row.total, "unit": "models"}, behind)
        for number, row in enumerate(found.facts, 1)
        if asked.fact in ("", row.fact)
    ]
    return given(request, asked, TermsFactOut, rows)


@router.get(
    "/terms/quarters", response={200: QuarterList, 422: Problem}, summary="Terms by quarter of release"
)
def terms_quarters(request: HttpRequest, asked: Query[QuartersAsked]) -> HttpResponse:
    """The models of each quarter by access, and those with open weights by tier."""
    found = terms_then(asked)
    behind = sorted(item.slug for item in found.credits)
    named = [(f"{row.year}-Q{row.number}", row) for row in found.quarters]
    rows = [(name, quarter_of(row), behind) for name, row in named if name >= asked.since]
    return given(request, asked, QuarterOut, rows)


def quarter_of(row: Quarter) -> dict[str, Any]:
    return {
        "quarter": f"{row.year}-Q{row.number}",
        "access": row.access,
        "open_tiers": row.open_tiers,
        "unit": "models",
    }


def study(asked: Times) -> Shares:
    with as_known(asked.known_at):
        found = shares(asked.as_of)
    if found is None:
        asked_for = "as_of" if asked.as_of else None
        raise Refusal(HTTPStatus.NOT_FOUND, "shares had not been studied at that time", asked_for)
    return found


def terms_then(asked: Times) -> Terms:
    with as_known(asked.known_at):
        return terms(asked.as_of)


def given(
    request: HttpRequest, asked: Any, shape: type[Row], rows: Sequence[tuple[str, dict[str, Any], list[str]]]
) -> HttpResponse:
    """A list of counted rows: their id is their key, and their own list is where to read on."""

    def row(item: tuple[str, dict[str, Any], list[str]]) -> Row:
        key, fields, behind = item
        own = {"id": key, "links": {"list": links.api(request, request.path.removeprefix(links.ROOT))}}
        return shape.model_validate(fields | own | {"sources": behind})

    return paged(request, asked, shape, [(item[0], item) for item in rows], row)


def trend_out(request: HttpRequest, found: StandingTrend, behind: list[str]) -> dict[str, Any]:
    rule = found.trend
    return {
        "id": f"trend {found.inputs} {found.as_of}",
        "links": {"page": links.page(request, "/gap/")},
        "sources": behind,
        "inputs": found.inputs,
        "as_of": found.as_of,
        "known_at": found.known_at,
        "method_version": found.method_version,
        "words": found.words,
        "unit": "months; slopes in months a year",
        "planted": rule.planted if rule else None,
        "worlds": rule.worlds if rule else None,
        "rule_version": rule.rule.version if rule else None,
        "windows": [
            {**window._asdict(), "tests": [test._asdict() for test in window.tests]}
            for window in rule.windows
        ]
        if rule
        else [],
        "process": asdict(found.process) if found.process else None,
        "forecasts": [
            asdict(forecast) | {"steps": [step._asdict() for step in forecast.steps]}
            for forecast in found.forecasts
        ],
        "reason": found.reason,
    }
