"""Every page is one view of the data: its parts are answered from one generation."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from models_catalog.findings.remembered import one_view

Answer = Callable[[HttpRequest], HttpResponse]


class OneView:
    """Middleware; answers that only read are pinned, those that change something see what they changed."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.answer(request)
        with one_view():
            return self.answer(request)
