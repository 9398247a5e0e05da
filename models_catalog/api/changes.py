"""What changed: the event log as a feed that can be read on, and single stored values with their evidence."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router
from pydantic import Field

from models_catalog.api import links
from models_catalog.api.answers import document, listed
from models_catalog.api.meta import meta_of
from models_catalog.api.paging import only, position_after
from models_catalog.api.parameters import Beginning, LongWord, PageAsked, Times, Word
from models_catalog.api.problems import Problem, Refusal
from models_catalog.api.rows import ChangeList, ChangeOut, ObservationOut
from models_catalog.findings.changes import ORDERS, ChangeEntry, ChangeQuery, changes, side
from models_catalog.findings.observation import StoredValue, stored_value
from models_catalog.vocabulary import ChangeKind

router = Router()
REFUSALS = {422: Problem}
LARGEST_KEY = 2**63 - 1


class ChangesAsked(PageAsked):
    since: Beginning | None = Field(
        None, description="recorded at or after this instant (a day: its beginning)"
    )
    kind: ChangeKind | None = None
    model: LongWord = Field("", description="slug")
    source: Word = ""
    sort: Literal["id", "-id"] = Field("id", description="in the order of recording")


@router.get("/changes", response={200: ChangeList} | REFUSALS, summary="What changed, as a feed")
def change_feed(request: HttpRequest, asked: Query[ChangesAsked]) -> HttpResponse:
    """Releases, prices, licences, lifecycles. Keep the last `next`, or the last row's `recorded_at`, to read on."""
    only(request, ChangesAsked.model_fields)
    query = ChangeQuery(asked.kind or "", asked.model, asked.source, asked.since)
    found = changes(
        query,
        asked.moment,
        order=ORDERS[asked.sort],
        after=position_after(asked.cursor, request.path, asked.sort),
        limit=asked.limit + 1,
    )
    return listed(
        request,
        asked,
        ChangeOut,
        found,
        lambda item: change_out(request, item),
        lambda item: item.position,
        asked.sort,
    )


@router.get(
    "/observations/{observation}",
    response={200: ObservationOut, 404: Problem} | REFUSALS,
    summary="One stored value with its evidence",
)
def observation(
    request: HttpRequest,
    observation: Annotated[int, Path(ge=1, le=LARGEST_KEY)],
    asked: Query[Times],
) -> HttpResponse:
    """The value as the source stated it, the quoted cell, the payload's hash, the run, and how it was read."""
    only(request, Times.model_fields)
    found = stored_value(observation, asked.moment)
    if found is None:
        raise Refusal(HTTPStatus.NOT_FOUND, f"no observation {observation} at that time", "observation")
    return document(observation_out(request, found, asked).model_dump(mode="json"))


def change_out(request: HttpRequest, item: ChangeEntry) -> ChangeOut:
    row = item.change
    return ChangeOut.model_validate(
        {
            "id": row.pk,
            "links": {
                "after": links.api(request, f"/observations/{row.after_id}"),
                **({"before": links.api(request, f"/observations/{row.before_id}")} if row.before_id else {}),
                **({"model": links.api(request, f"/models/{item.model}")} if item.model else {}),
            },
            "sources": [row.subject.source],
            "kind": row.kind,
            "model": item.model or None,
            "source": row.subject.source,
            "subject": item.name,
            "fact": row.after.kind,
            "happened_on": row.happened_on,
            "observed_at": row.observed_at,
            "recorded_at": row.recorded_at,
            "before": side(row.before) if row.before else None,
            "after": side(row.after),
        }
    )


def observation_out(request: HttpRequest, found: StoredValue, asked: Times) -> ObservationOut:
    row, fetch = found.observation, found.observation.fetch
    value = dict(row.value)
    quote = value.pop("quote", "")
    return ObservationOut.model_validate(
        {
            "id": row.pk,
            "links": links.of_observation(request, row.pk, found.model),
            "sources": [row.subject.source],
            "observation": row.pk,
            "source": row.subject.source,
            "board": row.board,
            "kind": row.kind,
            "key": row.key,
            "subject": found.name,
            "model": found.model or None,
            "present": row.present,
            "displayed": found.displayed,
            "quote": quote if found.displayed else None,
            "value": value if found.displayed else None,
            "valid_from": row.valid_from,
            "observed_at": row.observed_at,
            "recorded_at": row.recorded_at,
            "payload_url": fetch.url,
            "payload_sha256": fetch.sha256,
            "run": fetch.run_id,
            "run_trigger": fetch.run.trigger,
            "parser_version": fetch.parser_version,
            "method": f"read from {row.subject.source}/{row.board} by parser version {fetch.parser_version}",
            "meta": meta_of([row.subject.source], asked.moment),
        }
    )
