"""RFC 9457 problems: every refusal has a stable type, a status, a sentence, and the parameter it is about."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"


class Problem(Schema):
    """The body of every answer from 400 up."""

    type: str
    title: str
    status: int
    detail: str
    parameter: str | None = None


class Refusal(Exception):
    """A request that cannot be answered: `status` and one sentence, with the parameter at fault."""

    def __init__(self, status: HTTPStatus, detail: str, parameter: str | None = None) -> None:
        super().__init__(detail)
        self.status, self.detail, self.parameter = status, detail, parameter


def problem(status: HTTPStatus, detail: str, parameter: str | None = None) -> HttpResponse:
    body: dict[str, Any] = {
        "type": f"urn:open-gap:problem:{status.phrase.lower().replace(' ', '-')}",
        "title": status.phrase,
        "status": status.value,
        "detail": detail,
        "parameter": parameter,
    }
    return JsonResponse(body, status=status, content_type=MEDIA_TYPE)


def refused(_request: HttpRequest, error: Refusal) -> HttpResponse:
    return problem(error.status, error.detail, error.parameter)


def invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    first = error.errors[0]
    location = [str(part) for part in first.get("loc", ())]
    return problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        str(first.get("msg", "not valid")),
        location[-1] if location else None,
    )


def http_error(_request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(HTTPStatus(error.status_code), str(error))


def too_long(_request: HttpRequest, _error: Exception) -> HttpResponse:
    """The database gave up, by its time limit or for being away."""
    detail = "the database took too long: ask for less, or again in a moment"
    response = problem(HTTPStatus.SERVICE_UNAVAILABLE, detail)
    response["Retry-After"] = "5"
    return response


def broken(request: HttpRequest, error: Exception) -> HttpResponse:
    """Our own fault: logged in full, told in one sentence."""
    log.error("%s: our fault", request.path, exc_info=error)
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "this is our fault; it has been noted")


def install(api: NinjaAPI) -> None:
    """Make the API answer every refusal as a problem."""
    api.exception_handler(Refusal)(refused)
    api.exception_handler(ValidationError)(invalid)
    api.exception_handler(HttpError)(http_error)
    api.exception_handler(OperationalError)(too_long)
    api.exception_handler(Exception)(broken)
