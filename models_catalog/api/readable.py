"""An API that only reads: HEAD where there is GET, and a problem for every other method and address.

Around every answer: the client's share of the minute, validators, and leave for any page to read it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, re_path
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from models_catalog.api.clients import Share, take_share
from models_catalog.api.description import described
from models_catalog.api.freshness import validators
from models_catalog.api.links import ROOT
from models_catalog.api.problems import problem, too_long

View = Callable[..., HttpResponse]
READ_BY_PAGES = "ETag, Link, Last-Modified, RateLimit, RateLimit-Policy, Retry-After"


class ReadOnlyAPI(NinjaAPI):
    """django-ninja answers HEAD with 405, and 404 and 405 with a page: no client of an API reads that."""

    @property
    def urls(self) -> tuple[list[URLResolver | URLPattern], str, str]:
        patterns, app, namespace = super().urls
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                pattern.callback = reading(pattern.callback)
        return [*patterns, re_path("", reading(nothing_here))], app, namespace

    def get_openapi_schema(self, **words: Any) -> OpenAPISchema:
        return described(super().get_openapi_schema(**words))


def nothing_here(_request: HttpRequest, *_args: Any, **_words: Any) -> HttpResponse:
    raise Http404


def reading(view: View) -> View:
    """The view for GET and HEAD; for anything else, a problem that says so."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **words: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            return open_to_pages(preflight())
        if request.method not in ("GET", "HEAD"):
            return open_to_pages(not_allowed(request))
        share = take_share(request)
        response = too_many(share) if share.exceeded else fresh(view, request, args, words)
        share.announce(response)
        return open_to_pages(response)

    answer.csrf_exempt = True  # type: ignore[attr-defined]  # how Django is told, and there is nothing to forge
    return answer


def fresh(view: View, request: HttpRequest, args: Any, words: Any) -> HttpResponse:
    """The answer, or word that the one the client has is still right."""
    asked = request.method
    request.method = "GET"
    try:
        known = validators(request, ROOT)
        kept = known.not_modified(request)
        if kept is not None:
            return kept
        response = view(request, *args, **words)
    except Http404:
        return problem(HTTPStatus.NOT_FOUND, f"nothing is served at {request.path[:200]!r}")
    except OperationalError as error:  # before or after the handler, which tells the same by itself
        return too_long(request, error)
    finally:
        request.method = asked  # by which the server knows to leave the body out
    return known.mark(response) if response.status_code == HTTPStatus.OK else response


def open_to_pages(response: HttpResponse) -> HttpResponse:
    """Any page of the web may read this: there are no cookies, and nothing is secret."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = READ_BY_PAGES
    return response


def preflight() -> HttpResponse:
    response = HttpResponse(status=HTTPStatus.NO_CONTENT)
    response["Allow"] = "GET, HEAD, OPTIONS"
    response["Access-Control-Allow-Methods"] = "GET, HEAD"
    response["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since"
    response["Access-Control-Max-Age"] = "86400"
    return response


def not_allowed(request: HttpRequest) -> HttpResponse:
    detail = f"this API is read-only: {(request.method or '')[:20]!r} is not served, GET and HEAD are"
    response = problem(HTTPStatus.METHOD_NOT_ALLOWED, detail)
    response["Allow"] = "GET, HEAD, OPTIONS"
    return response


def too_many(share: Share) -> HttpResponse:
    detail = f"more than {share.allowed} requests in a minute from one address; again in {share.resets} s"
    return problem(HTTPStatus.TOO_MANY_REQUESTS, detail)
