"""Pages for when something is not there or broke: they say what happened and where to go."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from models_catalog.charts.outside import visible


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The reason a view gave, in its words; the path for an address nobody serves."""
    reason = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    page = {"reason": visible(reason), "path": visible(request.path)}
    return render(request, "404.html", page, status=HTTPStatus.NOT_FOUND)


def server_error(_request: HttpRequest) -> HttpResponse:
    """Without the request: nothing on this page may need the part that broke."""
    return HttpResponse(render_to_string("500.html"), status=HTTPStatus.INTERNAL_SERVER_ERROR)
