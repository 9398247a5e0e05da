"""What robots may read: everything but files that repeat a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

RULES = """User-agent: *
Disallow: /admin/
Disallow: /models/?*page=
"""


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(RULES, content_type="text/plain; charset=utf-8")
