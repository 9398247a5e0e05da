"""An API that only reads: HEAD where there is GET, and a problem for every other method and address."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, re_path
from ninja import NinjaAPI

from models_catalog.api.problems import problem

View = Callable[..., HttpResponse]


class ReadOnlyAPI(NinjaAPI):
    """django-ninja answers HEAD with 405, and 404 and 405 with a page: no client of an API reads that."""

    @property
    def urls(self) -> tuple[list[URLResolver | URLPattern], str, str]:
        patterns, app, namespace = super().urls
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                pattern.callback = reading(pattern.callback)
        return [*patterns, re_path("", reading(nothing_here))], app, namespace


def nothing_here(_request: HttpRequest, *_args: Any, **_words: Any) -> HttpResponse:
    raise Http404


def reading(view: View) -> View:
    """The view for GET and HEAD; for anything else, a problem that says so."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **words: Any) -> HttpResponse:
        asked = request.method
        if asked not in ("GET", "HEAD"):
            return not_allowed(request)
        request.method = "GET"
        try:
            return view(request, *args, **words)
        except Http404:
            return problem(HTTPStatus.NOT_FOUND, f"nothing is served at {request.path[:200]!r}")
        finally:
            request.method = asked  # by which the server knows to leave the body out

    answer.csrf_exempt = True  # type: ignore[attr-defined]  # how Django is told, and there is nothing to forge
    return answer


def not_allowed(request: HttpRequest) -> HttpResponse:
    detail = f"this API is read-only: {(request.method or '')[:20]!r} is not served, GET and HEAD are"
    response = problem(HTTPStatus.METHOD_NOT_ALLOWED, detail)
    response["Allow"] = "GET, HEAD"
    return response
