"""What sources stated: scores, prices, deployments, lifecycle events, download counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from models_catalog.api import links
from models_catalog.api.answers import listed
from models_catalog.api.paging import only, position_after
from models_catalog.api.parameters import Day, LongWord, PageAsked, Word
from models_catalog.api.problems import Problem
from models_catalog.api.rows import (
    DeploymentList,
    DeploymentOut,
    DownloadList,
    DownloadOut,
    LifecycleEventList,
    LifecycleEventOut,
    StatementList,
    StatementOut,
)
from models_catalog.api.schemas import PriceList, PriceOut, Row, ScoreList, ScoreOut
from models_catalog.findings.downloads import DownloadQuery, Downloads, downloads
from models_catalog.findings.facts import decimal, price, score
from models_catalog.findings.stated import ORDERS, FactQuery, Stated, stated
from models_catalog.vocabulary import FactKind

router = Router()
REFUSALS = {422: Problem}
UNITS = {"1d tokens": "tokens served"}


class FactsAsked(PageAsked):
    model: LongWord = Field("", description="slug")
    source: Word = ""
    sort: Literal["id", "-id", "-observed_at"] = "id"


class ScoresAsked(FactsAsked):
    benchmark: LongWord = Field("", description="the source's own name of it")
    metric: Word = ""


class PricesAsked(FactsAsked):
    provider: Word = Field("", description="the source's own name of it")
    unit: Word = Field("", description="input, output, cache_read …")
    tier: Word = Field("", description="standard, batch …")
    currency: Word = ""


class DeploymentsAsked(FactsAsked):
    provider: Word = Field("", description="a host; engines have no provider")
    runtime: Word = Field("", description="an engine; hosts have no runtime")


class LifecycleAsked(FactsAsked):
    provider: Word = ""
    event: Word = Field("", description="the source's own word: deprecated, retires, expires …")


class DownloadsAsked(PageAsked):
    model: LongWord = Field("", description="slug")
    source: Word = ""
    window: Word = Field("", description="30d, all-time, 1d tokens …")
    since: Day | None = Field(None, description="days from this one on")
    until: Day | None = Field(None, description="days up to this one")
    sort: Literal["subject"] = Field("subject", description="by name, window and day")


@router.get("/scores", response={200: ScoreList} | REFUSALS, summary="Scores")
def scores(request: HttpRequest, asked: Query[ScoresAsked]) -> HttpResponse:
    """Every score a board lists, in the source's own unit."""
    return facts(request, asked, "scores", ScoreOut, score_out)


@router.get("/prices", response={200: PriceList} | REFUSALS, summary="Prices")
def prices(request: HttpRequest, asked: Query[PricesAsked]) -> HttpResponse:
    """Every price an offer lists, as stated and per million tokens, in its own currency."""
    return facts(request, asked, "prices", PriceOut, price_out)


@router.get("/deployments", response={200: DeploymentList} | REFUSALS, summary="Where models run")
def deployments(request: HttpRequest, asked: Query[DeploymentsAsked]) -> HttpResponse:
    """Engines that run a model's weights, and hosts that sell it by the token (their standard input price)."""
    return facts(request, asked, "deployments", DeploymentOut, deployment_out)


@router.get(
    "/lifecycle-events", response={200: LifecycleEventList} | REFUSALS, summary="Deprecations and ends"
)
def lifecycle_events(request: HttpRequest, asked: Query[LifecycleAsked]) -> HttpResponse:
    """What providers announce to deprecate or end, and when. `as_of` leaves out days after it."""
    return facts(request, asked, "lifecycle-events", LifecycleEventOut, lifecycle_out)


@router.get("/statements", response={200: StatementList} | REFUSALS, summary="What sources say of a release")
def statements(request: HttpRequest, asked: Query[FactsAsked]) -> HttpResponse:
    """Release dates, access, licences and sizes, source by source: what the catalogue is made of."""
    return facts(request, asked, "statements", StatementOut, statement_out)


@router.get("/downloads", response={200: DownloadList} | REFUSALS, summary="Download counts by day")
def download_counts(request: HttpRequest, asked: Query[DownloadsAsked]) -> HttpResponse:
    """Every sampled day of every name. A window of "30d" trails: its counts overlap and are never summed."""
    only(request, DownloadsAsked.model_fields)
    query = DownloadQuery(asked.model, asked.source, asked.window, asked.since, asked.until)
    after = position_after(asked.cursor, request.path, asked.sort)
    found = downloads(query, asked.moment, after, asked.limit + 1)
    return listed(
        request,
        asked,
        DownloadOut,
        found,
        lambda item: download_out(request, item),
        lambda item: item.position,
        asked.sort,
    )


def facts(
    request: HttpRequest,
    asked: FactsAsked,
    what: str,
    shape: type[Row],
    row: Callable[[HttpRequest, Stated], Row],
) -> HttpResponse:
    only(request, type(asked).model_fields)
    own = set(type(asked).model_fields) - set(FactsAsked.model_fields)
    values = {name: text for name in own if (text := getattr(asked, name))}
    found = stated(
        what,
        FactQuery(asked.model, asked.source, values),
        asked.moment,
        order=ORDERS[asked.sort],
        after=position_after(asked.cursor, request.path, asked.sort),
        limit=asked.limit + 1,
    )
    return listed(
        request, asked, shape, found, lambda item: row(request, item), lambda item: item.position, asked.sort
    )


def basics(request: HttpRequest, item: Stated) -> dict[str, Any]:
    """What every statement carries."""
    row = item.observation
    return {
        "id": row.pk,
        "links": links.of_observation(request, row.pk, item.model),
        "sources": [row.subject.source],
        "observation": row.pk,
        "model": item.model or None,
        "source": row.subject.source,
        "subject": item.name,
        "valid_from": row.valid_from,
        "observed_at": row.observed_at,
    }


def score_out(request: HttpRequest, item: Stated) -> ScoreOut:
    found = score(item.observation, item.corrections)
    fields = {
        name: getattr(found, name) for name in set(ScoreOut.model_fields) & set(found.__dataclass_fields__)
    }
    return ScoreOut.model_validate(fields | basics(request, item))


def price_out(request: HttpRequest, item: Stated) -> PriceOut:
    found = price(item.observation)
    fields = {
        name: getattr(found, name) for name in set(PriceOut.model_fields) & set(found.__dataclass_fields__)
    }
    return PriceOut.model_validate(fields | basics(request, item) | {"per_million_tokens": found.per_million})


def deployment_out(request: HttpRequest, item: Stated) -> DeploymentOut:
    value: dict[str, Any] = item.observation.value
    runs = item.observation.kind == FactKind.RUNTIME
    return DeploymentOut.model_validate(
        basics(request, item)
        | {
            "kind": "runtime" if runs else "host",
            "name": value["runtime"] if runs else value["provider"],
            "input_price": None if runs else decimal(value.get("amount")),
            "per": "" if runs else value.get("per", ""),
            "currency": "" if runs else value.get("currency", ""),
        }
    )


def statement_out(request: HttpRequest, item: Stated) -> StatementOut:
    row = item.observation
    said = {name: value for name, value in row.value.items() if name != "quote"}
    return StatementOut.model_validate(basics(request, item) | {"kind": row.kind, "stated": said})


def lifecycle_out(request: HttpRequest, item: Stated) -> LifecycleEventOut:
    value: dict[str, Any] = item.observation.value
    said = {name: str(value.get(name, "")) for name in ("provider", "event", "date")}
    return LifecycleEventOut.model_validate(basics(request, item) | said)


def download_out(request: HttpRequest, item: Downloads) -> DownloadOut:
    sample, source = item.sample, item.subject.source
    return DownloadOut.model_validate(
        {
            "id": f"{sample.subject_id}|{sample.window}|{sample.day}|{sample.observed_at.isoformat()}",
            "links": {"model": links.api(request, f"/models/{item.model}")} if item.model else {},
            "sources": [source],
            "model": item.model or None,
            "source": source,
            "subject": item.name,
            "window": sample.window,
            "day": sample.day,
            "count": sample.count,
            "unit": UNITS.get(sample.window, "downloads"),
            "observed_at": sample.observed_at,
            "payload_sha256": item.sha256,
        }
    )
