"""A page rendered for one generation of the data is kept for the next readers; a new collection forgets it.

What a page shows beside the data (how long ago a source was read, which runs went wrong) is part of the key, or
may be as old as `FOR`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from models_catalog.findings.remembered import asked_once, newest_generation
from models_catalog.findings.status import newest_run

FOR = 120  # seconds
Arguments = ParamSpec("Arguments")


def kept(
    view: Callable[Concatenate[HttpRequest, Arguments], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Arguments], HttpResponse]:
    """Around a view whose page is the same for everybody: it depends on the address and the data alone."""

    @wraps(view)
    def answered(request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponse:
        key = key_of(request)
        if key is None:
            return view(request, *args, **kwargs)
        held: tuple[bytes, str] | None = caches["pages"].get(key)
        if held is not None:
            return HttpResponse(held[0], content_type=held[1])
        response = view(request, *args, **kwargs)
        if response.status_code == 200 and not response.cookies:
            caches["pages"].set(key, (response.content, response.headers["Content-Type"]), FOR)
        return response

    return answered


def key_of(request: HttpRequest) -> str | None:
    """None: not to be kept, because nothing was collected yet."""
    generation = asked_once("generation", newest_generation)
    if generation is None or request.method not in ("GET", "HEAD"):
        return None
    shown = (generation, newest_run(), timezone.now().date(), request.build_absolute_uri())
    return hashlib.sha256(repr(shown).encode()).hexdigest()
