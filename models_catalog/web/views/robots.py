"""What robots may read: every page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

RULES = """User-agent: *
Disallow: /admin/
"""


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(RULES, content_type="text/plain; charset=utf-8")
