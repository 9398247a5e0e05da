"""How rows become an answer: sparse fields, the next page, credits; the same rows always the same bytes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from http import HTTPStatus
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse

from models_catalog.api.meta import meta_of
from models_catalog.api.paging import cursor_after, next_link, only, position_after
from models_catalog.api.parameters import PageAsked
from models_catalog.api.problems import Refusal
from models_catalog.api.schemas import Row
from models_catalog.findings.moment import Moment
from models_catalog.findings.paging import Position, following

Found = TypeVar("Found")
ALWAYS = frozenset({"id", "links"})


def listed(
    request: HttpRequest,
    asked: PageAsked,
    shape: type[Row],
    found: Sequence[Found],
    row: Callable[[Found], Row],
    position: Callable[[Found], Position],
    sort: str = "",
) -> HttpResponse:
    """One page of a list: `found` holds one row more than asked for when there is a next page."""
    shown = [row(item) for item in found[: asked.limit]]
    following = None
    if len(found) > asked.limit:
        following = cursor_after(position(found[asked.limit - 1]), request.path, sort)
    wanted = wanted_fields(asked.fields, shape)
    body = {
        "data": [item.model_dump(mode="json", include=wanted) for item in shown],
        "next": following,
        "meta": credited(shown, asked.moment),
    }
    response = document(body)
    next_link(request, response, following)
    return response


def paged(
    request: HttpRequest,
    asked: Any,
    shape: type[Row],
    kept: Sequence[tuple[str, Found]],
    row: Callable[[Found], Row],
) -> HttpResponse:
    """One page of a list that is in memory: `kept` holds every row, in the order of keys of its own."""
    only(request, type(asked).model_fields)
    after = position_after(asked.cursor, request.path, asked.sort)
    found = following(kept, after, asked.limit + 1)
    return listed(
        request, asked, shape, found, lambda pair: row(pair[1]), lambda pair: (pair[0], None), asked.sort
    )


def credited(rows: Iterable[Row], moment: Moment) -> dict[str, object]:
    sources = {slug for item in rows for slug in item.sources}
    return meta_of(sources, moment).model_dump(mode="json")


def one(row: Row, moment: Moment) -> HttpResponse:
    """One object with its credits."""
    return document(row.model_dump(mode="json") | {"meta": credited([row], moment)})


def wanted_fields(text: str, shape: type[Row]) -> set[str] | None:
    """The fields asked for, with those every row has; None for all. 422 names one that is none."""
    if not text:
        return None
    names = {name.strip() for name in text.split(",")}
    for name in sorted(names - set(shape.model_fields)):
        detail = f"no field {name[:60]!r} here; there are: {', '.join(shape.model_fields)}"
        raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, detail, "fields")
    return names | ALWAYS


def document(body: object, status: int = 200) -> HttpResponse:
    text = json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return HttpResponse(text, content_type="application/json; charset=utf-8", status=status)
