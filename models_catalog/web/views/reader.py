"""A subscriber's own pages, opened by a signed link and no password: wishes, pause, unsubscribe, data, erasure."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from models_catalog.charts.numerals import day
from models_catalog.findings.catalogue import filter_choices
from models_catalog.subscriptions import leaving
from models_catalog.subscriptions.addresses import Address
from models_catalog.subscriptions.tokens import BadToken, Purpose, read_token, token_for
from models_catalog.subscriptions.wishes import (
    OFTEN_WORDS,
    TOPIC_WORDS,
    WEEKDAYS,
    Wishes,
    pause_end,
    read_wishes,
    save_wishes,
    time_zones,
)
from models_catalog.web.views.subscribing import dead_link, private

METHODS = ["GET", "HEAD", "POST"]
MOST_LABS = 60
Reader = Any  # a stored subscriber: pages hand it on and never query with it


@private
@csrf_exempt
@require_http_methods(METHODS)
def settings_page(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the wishes; POST does the one thing its button names."""
    try:
        reader = read_token(token, Purpose.MANAGE)
    except BadToken as error:
        return dead_link(request, error)
    if request.method != "POST":
        return shown(request, reader, token)
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        return shown(request, reader, token, problems=["That button does nothing we know."])
    return act(request, reader, token)


def shown(
    request: HttpRequest, reader: Reader, token: str, *, said: str = "", problems: list[str] | None = None
) -> HttpResponse:
    wishes = Wishes.of(reader)
    page = {
        "reader": reader,
        "address": Address(reader.address).readable,
        "token": token,
        "unsubscribe_token": token_for(reader, Purpose.UNSUBSCRIBE),
        "topics": [(topic, words, topic in wishes.topics) for topic, words in TOPIC_WORDS.items()],
        "often": [(often, words, often == wishes.often) for often, words in OFTEN_WORDS.items()],
        "weekdays": [(n, name, n == wishes.weekday) for n, name in enumerate(WEEKDAYS, 1)],
        "zones": time_zones(),
        "wishes": wishes,
        "labs": [(choice, choice.value in wishes.organizations) for choice in labs(wishes)],
        "models": "\n".join(wishes.models),
        "paused": reader.paused_until if paused(reader) else None,
        "said": said,
        "problems": problems or [],
    }
    status = HTTPStatus.BAD_REQUEST if problems else HTTPStatus.OK
    return render(request, "pages/reader.html", page, status=status)


def paused(reader: Reader) -> bool:
    return bool(reader.paused_until and reader.paused_until > timezone.now().date())


def labs(wishes: Wishes) -> list[Any]:
    """The organisations with the most models, and those already watched."""
    every = filter_choices()["organization"]
    return [
        choice
        for place, choice in enumerate(every)
        if place < MOST_LABS or choice.value in wishes.organizations
    ]


def save(request: HttpRequest, reader: Reader, token: str) -> HttpResponse:
    typed = [line.strip() for line in request.POST.get("models", "")[:10_000].splitlines()]
    wishes, problems = read_wishes(
        request.POST.dict(),
        request.POST.getlist("topics"),
        request.POST.getlist("organizations"),
        [line for line in typed if line],
    )
    if problems:
        return shown(request, reader, token, problems=problems)
    save_wishes(reader, wishes)
    return shown(request, reader, token, said="Saved.")


def pause(request: HttpRequest, reader: Reader, token: str) -> HttpResponse:
    until = pause_end(request.POST.get("weeks", ""))
    leaving.pause(reader, until)
    said = f"Paused: nothing comes before {day(until)}." if until else "No longer paused."
    return shown(request, reader, token, said=said)


def erase(request: HttpRequest, reader: Reader, _token: str) -> HttpResponse:
    if request.POST.get("sure") != "yes":
        return shown(request, reader, _token, problems=["Tick the box to say that you are sure."])
    leaving.erase(reader)
    return render(request, "pages/erased.html", {"days": leaving.ERASED_DAYS})


Act = Callable[[HttpRequest, Reader, str], HttpResponse]
ACTS: dict[str, Act] = {"save": save, "pause": pause, "erase": erase}


@private
@require_safe
def own_data(request: HttpRequest, token: str) -> HttpResponse:
    """Everything stored about the person, as a JSON file."""
    try:
        reader = read_token(token, Purpose.MANAGE)
    except BadToken as error:
        return dead_link(request, error)
    response = JsonResponse(leaving.export(reader), json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="open-gap-my-data.json"'
    return response


@private
@csrf_exempt
@require_http_methods(METHODS)
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows a button. POST ends it at once: by the button, or by a mail program (RFC 8058), without cookies."""
    try:
        reader = read_token(token, Purpose.UNSUBSCRIBE)
    except BadToken as error:
        return dead_link(request, error)
    if request.method != "POST":
        return render(request, "pages/unsubscribe.html", {"address": Address(reader.address).readable})
    leaving.unsubscribe(reader)
    return render(request, "pages/unsubscribed.html", {"token": token_for(reader, Purpose.MANAGE)})
