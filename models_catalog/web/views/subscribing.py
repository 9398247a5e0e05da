"""Asking for the digest and confirming it. Looking (GET, HEAD) changes nothing; one button does.

No cookie gives authority here: asking is limited and confirmed by mail, and a token stands in the address. So a
forged cross-site request could do nothing its sender could not do alone, and the forms need no CSRF cookie.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any
from zoneinfo import available_timezones

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from models_catalog.subscriptions.addresses import BadAddress, read_address
from models_catalog.subscriptions.asking import ask, confirm
from models_catalog.subscriptions.limits import TooMany
from models_catalog.subscriptions.network import client_of, network_hash
from models_catalog.subscriptions.tokens import BadToken, ExpiredToken, Purpose, read_token, token_for
from models_catalog.subscriptions.wording import wording
from models_catalog.web.views.errors import HOUR, too_many

View = Callable[..., HttpResponse]


def private(view: View) -> View:
    """Addresses with a token in them: kept nowhere, told to nobody, listed by no robot."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    return shown


@csrf_exempt
@require_http_methods(["POST"])
def ask_for_digest(request: HttpRequest) -> HttpResponse:
    """The form of every page's foot. One answer for every address, known or not."""
    typed = request.POST.get("address", "")
    try:
        ask(read_address(typed), network_hash(client_of(request)), first_wishes(request))
    except BadAddress as error:
        return again(request, str(error), typed, HTTPStatus.BAD_REQUEST)
    except TooMany:
        said = "Many addresses were entered from your network, or on this site, within the last hour."
        return too_many(request, said, HOUR)
    return redirect("digest-asked", permanent=False)


def first_wishes(request: HttpRequest) -> dict[str, str]:
    """The time zone the browser told, if it is one."""
    zone = request.POST.get("time_zone", "")
    return {"time_zone": zone} if zone in available_timezones() else {}


def again(request: HttpRequest, why: str, typed: str, status: HTTPStatus) -> HttpResponse:
    page = {"why": why, "typed": typed[:400], "wording": wording()}
    return render(request, "pages/ask.html", page, status=status)


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/asked.html")


@private
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_digest(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows one large button; only pressing it confirms."""
    try:
        subscriber = read_token(token, Purpose.CONFIRM)
    except BadToken as error:
        return dead_link(request, error)
    if request.method != "POST":
        return render(request, "pages/confirm.html", {"wording": wording()})
    confirm(subscriber)
    settings_token = token_for(subscriber, Purpose.MANAGE)
    return render(request, "pages/confirmed.html", {"token": settings_token})


def dead_link(request: HttpRequest, error: BadToken) -> HttpResponse:
    expired = isinstance(error, ExpiredToken)
    status = HTTPStatus.GONE if expired else HTTPStatus.NOT_FOUND
    page = {"expired": expired, "why": str(error), "wording": wording()}
    return render(request, "pages/dead_link.html", page, status=status)
