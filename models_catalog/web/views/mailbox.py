"""The mails a demo has sent, as a mailbox shows them. Served only where OPENGAP_MAILBOX says so."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from models_catalog.subscriptions.mailbox import letter_names, read_letter

View = Callable[..., HttpResponseBase]
ALONE = {
    "style-src": ["'unsafe-inline'"],
    "img-src": ["data:"],
    "script-src": ["'none'"],
    "frame-ancestors": ["'self'"],
}


def in_demo(view: View) -> View:
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.OPENGAP_MAILBOX:
            raise Http404("The mailbox is shown in a demo only.")
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        response["X-Robots-Tag"] = "noindex"
        return response

    return shown


@in_demo
@require_safe
def mailbox(request: HttpRequest, name: str = "") -> HttpResponse:
    names = letter_names()
    letters = [letter for one in names[:50] if (letter := read_letter(one))]
    chosen = read_letter(name) if name else (letters[0] if letters else None)
    if name and chosen is None:
        raise Http404("There is no such mail.")
    page = {"letters": letters, "letter": chosen, "folder": settings.EMAIL_FILE_PATH, "total": len(names)}
    response = render(request, "pages/mailbox.html", page)
    return with_policy(response, {"frame-src": ["'self'"]})


@in_demo
@require_safe
@xframe_options_sameorigin
def letter_html(_request: HttpRequest, name: str) -> HttpResponse:
    """The HTML part alone: its own styles and pictures, no script, links to open outside the frame."""
    letter = read_letter(name)
    if letter is None:
        raise Http404("There is no such mail.")
    html = letter.html.replace("<head>", '<head><base target="_top">', 1)
    response = HttpResponse(html or "<p>This mail has a text part only.</p>")
    return with_policy(response, ALONE)


def with_policy(response: HttpResponse, policy: dict[str, list[str]]) -> HttpResponse:
    """What csp.decorators.csp_replace does, which is typed for views without arguments."""
    setattr(response, "_csp_replace", policy)  # noqa: B010 - read by django-csp's middleware
    return response
