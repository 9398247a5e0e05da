"""Opaque keyset cursors: a page starts after the last row of the one before, whatever was inserted since.

A cursor is signed, so that nothing but a position of this very list and order is ever looked up. It carries no
time: the same page has the same cursor.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse

from models_catalog.api.problems import Refusal
from models_catalog.findings.paging import Position


def signer(path: str, sort: str) -> Signer:
    return Signer(salt=f"cursor {path} {sort}")


def position_after(cursor: str | None, path: str, sort: str = "") -> Position | None:
    """Where a page starts; None at the beginning. 422 for a cursor this list did not make in this order."""
    if not cursor:
        return None
    try:
        value, tie = signer(path, sort).unsign_object(cursor)
    except (BadSignature, ValueError) as error:
        detail = "not a cursor of this list in this order: use the value of `next` as it came"
        raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, detail, "cursor") from error
    return value, tie


def cursor_after(position: Position, path: str, sort: str = "") -> str:
    value, tie = position
    return signer(path, sort).sign_object([plain(value), plain(tie)])


def plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def next_link(request: HttpRequest, response: HttpResponse, cursor: str | None) -> None:
    """Announce the following page in a `Link` header."""
    if cursor:
        query = {key: value for key, value in request.GET.items() if key != "cursor"} | {"cursor": cursor}
        response["Link"] = f'<{request.build_absolute_uri(request.path)}?{urlencode(query)}>; rel="next"'


def only(request: HttpRequest, known: Iterable[str]) -> None:
    """Refuse query parameters nobody reads: a misspelt filter must not look like an answer."""
    names = set(known)
    for name, values in request.GET.lists():
        if name not in names:
            detail = f"unknown parameter {name[:60]!r}; known: {', '.join(sorted(names)) or 'none'}"
            raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, detail, name[:60])
        if len(values) > 1:
            raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "given more than once", name)
        if "\x00" in values[0]:
            raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "no value holds a NUL", name)
