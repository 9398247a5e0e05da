"""The weekly digest on the web: the archive with the newest edition in full, and every edition as page, text, JSON."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from models_catalog.findings.editions import EditionPage, Picture, edition, edition_lines, newest_edition
from models_catalog.subscriptions.wording import wording

MARK = re.compile(r"<!--\[/?[a-z:]+\]-->\n?")


@require_safe
def digest(request: HttpRequest) -> HttpResponse:
    found = newest_edition()
    lines = edition_lines()
    page = {"lines": lines, "wording": wording(), "subscribed_above": True, **(shown(found) if found else {})}
    return render(request, "pages/digest.html", page)


@require_safe
def edition_page(request: HttpRequest, week: str) -> HttpResponse:
    found = due_edition(week)
    return render(request, "pages/edition.html", shown(found) | {"wording": wording()})


def shown(found: EditionPage) -> dict[str, object]:
    return {"edition": found, "content": found.content}


@require_safe
def edition_json(_request: HttpRequest, week: str) -> HttpResponse:
    """The frozen content, and what proves that it is the edition that was mailed."""
    found = due_edition(week)
    document = {
        "subject": found.line.subject,
        "preheader": found.line.preheader,
        "composed_at": found.line.composed_at,
        "known_at": found.known_at,
        "sha256": found.sha256,
        **found.content,
        "pictures": [described(week, picture) for picture in found.pictures],
    }
    return JsonResponse(document, json_dumps_params={"ensure_ascii": False, "indent": 1})


def described(week: str, picture: Picture) -> dict[str, str]:
    """Where a picture is, what it shows in words, and the hash of its bytes."""
    path = reverse("edition-picture", args=[week, picture.name])
    return {"name": picture.name, "alt": picture.alt, "path": path, "sha256": picture.sha256}


@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def edition_picture(_request: HttpRequest, week: str, name: str) -> HttpResponse:
    """A frozen picture, byte for byte the one inside the mail."""
    found = next((picture for picture in due_edition(week).pictures if picture.name == name), None)
    if found is None:
        raise Http404(f"There is no picture {name} in edition {week}.")
    return HttpResponse(found.png, content_type="image/png")


@require_safe
def edition_text(_request: HttpRequest, week: str) -> HttpResponse:
    """The text part of the mail, without its personal parts."""
    text = MARK.sub("", due_edition(week).text)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def due_edition(week: str) -> EditionPage:
    found = edition(week)
    if found is None:
        raise Http404(f"There is no edition {week}.")
    return found
