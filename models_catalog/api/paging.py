"""Opaque keyset cursors: a page starts after the last row of the one before, whatever was inserted since."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from http import HTTPStatus
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from models_catalog.api.problems import Refusal

PAGE_SIZE = 50
LARGEST_PAGE = 100
PREFIX = "after:"


def after_row(cursor: str | None) -> int:
    """The row number a cursor stands for; 0 without one. 422 for a cursor we did not make."""
    position = after_key(cursor) or "0"
    if not position.isdecimal() or len(position) > 18:
        raise not_ours()
    return int(position)


def after_key(cursor: str | None) -> str:
    """The key a cursor stands for; "" without one. 422 for a cursor we did not make."""
    if not cursor:
        return ""
    try:
        position = base64.b64decode(cursor.encode(), altchars=b"-_", validate=True).decode()
    except (ValueError, binascii.Error) as error:
        raise not_ours() from error
    if not position.startswith(PREFIX) or "\x00" in position:
        raise not_ours()
    return position.removeprefix(PREFIX)


def not_ours() -> Refusal:
    detail = "not a cursor of this list: use the value of `next` as it came"
    return Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, detail, "cursor")


def cursor_after(key: int | str) -> str:
    return base64.urlsafe_b64encode(f"{PREFIX}{key}".encode()).decode()


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
