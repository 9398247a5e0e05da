"""Pages for when something is not there or broke: they say what happened and where to go."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from models_catalog.charts.numerals import count
from models_catalog.charts.outside import visible
from models_catalog.findings.search import Found, suggestions

NAMED = ("models", "organisations")
HOUR = 3600  # seconds


def bad_request(_request: HttpRequest, _exception: Exception) -> HttpResponse:
    """Without the request, which is what could not be read."""
    return HttpResponse(render_to_string("400.html"), status=HTTPStatus.BAD_REQUEST)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The reason a view gave, in its words; the path for an address nobody serves."""
    reason = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    page = {"reason": sentence(visible(reason)), "path": visible(request.path), "found": meant(request.path)}
    return render(request, "404.html", page, status=HTTPStatus.NOT_FOUND)


def sentence(reason: str) -> str:
    """ "no model is called birch" as a sentence: "No model is called birch." """
    return f"{reason[:1].upper()}{reason[1:].removesuffix('.')}." if reason else ""


def meant(path: str) -> tuple[Found, ...]:
    """What a mistyped or old address of a model or an organisation may have meant."""
    place, _, slug = path.strip("/").partition("/")
    return suggestions(slug) if place in NAMED else ()


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    reason = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    page = {"reason": visible(reason) or "What is here is for the people who run this site."}
    return render(request, "403.html", page, status=HTTPStatus.FORBIDDEN)


def refused_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token, or from another site; `reason` is Django's own."""
    said = "It did not come from a page of this site that was opened a moment ago."
    page = {"form": True, "reason": said, "technical": visible(reason)}
    return render(request, "403.html", page, status=HTTPStatus.FORBIDDEN)


def too_many(request: HttpRequest, reason: str, seconds: int) -> HttpResponse:
    """`reason` in words; `Retry-After` and the page say when to come again."""
    again = "in an hour" if seconds >= HOUR else f"in {count(seconds, 'second')}"
    page = {"reason": reason, "again": again}
    response = render(request, "429.html", page, status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(seconds)
    return response


def server_error(_request: HttpRequest) -> HttpResponse:
    """Without the request: nothing on this page may need the part that broke."""
    return HttpResponse(render_to_string("500.html"), status=HTTPStatus.INTERNAL_SERVER_ERROR)
