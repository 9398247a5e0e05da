"""Has the answer changed? Validators from the data's generation, so that asking again costs no query."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from models_catalog.api.parameters import read_instant
from models_catalog.findings.moment import settled_until
from models_catalog.findings.release import release
from models_catalog.models import Fetch, Generation

TIMELESS = ("/openapi.json", "/docs")  # made of code alone
# change without the data's generation; editions remember when a claim flipped
BY_THE_CLOCK = ("/sources", "/exports", "/digests", "/corrections", "/claims")
LASTING, SHORT = "public, max-age=86400", "public, max-age=60"


@dataclass(frozen=True, slots=True)
class Validators:
    """A strong ETag (None: known only when the answer is), when the data last changed, and how long it keeps."""

    etag: str | None
    modified: datetime | None
    keeps: str

    def not_modified(self, request: HttpRequest) -> HttpResponse | None:
        """The 304 (or 412) that answers a conditional request, if its condition says so."""
        if self.etag is None:
            return None
        modified = int(self.modified.timestamp()) if self.modified else None
        response = get_conditional_response(request, self.etag, modified)
        return self.mark(response) if isinstance(response, HttpResponse) else None

    def mark(self, response: HttpResponse) -> HttpResponse:
        """Write the validators on an answer."""
        response["ETag"] = self.etag or f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        if self.modified and self.etag:
            response["Last-Modified"] = http_date(self.modified.timestamp())
        response["Cache-Control"] = self.keeps
        return response


def validators(request: HttpRequest, root: str) -> Validators:
    """Those of the answer to this request, found before the data is read."""
    place = request.path.removeprefix(root)
    pinned = pinned_at(request)
    if place.startswith(BY_THE_CLOCK) and pinned is None:
        return Validators(None, None, SHORT)
    if pinned or place.startswith(TIMELESS):
        return Validators(tag(request, "pinned"), pinned, LASTING)
    generation = Generation.objects.filter(pk=1).values_list("number", "recorded_at").first()
    newest_page = Fetch.objects.aggregate(newest=Max("pk"))[
        "newest"
    ]  # a page that confirms makes no generation
    modified = generation[1] if generation else None
    return Validators(tag(request, repr((generation, newest_page))), modified, SHORT)


def pinned_at(request: HttpRequest) -> datetime | None:
    """The instant of a question whose answer is settled for ever; None for any other."""
    text = request.GET.get("known_at", "")
    settled = settled_until() if text else None
    try:
        asked = read_instant(text) if text else None
    except ValueError:
        return None
    return asked if asked and settled and asked <= settled else None


def tag(request: HttpRequest, state: str) -> str:
    parts = (request.scheme, request.get_host(), request.get_full_path(), state, release())
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'
