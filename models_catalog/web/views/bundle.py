"""The script that makes figures answer to the pointer: asked for only when a reader wants it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from models_catalog.charts.bundle import bundle


@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def chart_script(_request: HttpRequest) -> HttpResponse:
    """Its address holds its version."""
    return HttpResponse(
        bundle(settings.OPENGAP_DATA / "scripts"), content_type="text/javascript; charset=utf-8"
    )
