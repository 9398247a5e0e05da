"""The day a list is looked at from, `?as_of=`: what was released later is left out, and a banner says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone

from models_catalog.web.questions import asked_day


@dataclass(frozen=True, slots=True)
class PastDay:
    """`until` None means now; `problems` says in words what could not be read of the address."""

    until: date | None
    problems: tuple[str, ...]

    @property
    def text(self) -> str:
        """2025-10-30, or "" for now."""
        return self.until.isoformat() if self.until else ""

    @property
    def query(self) -> str:
        return urlencode({"as_of": self.text}) if self.until else ""

    @property
    def parameters(self) -> dict[str, str]:
        """To be kept in the addresses of a page's links."""
        return {"as_of": self.text} if self.until else {}


def past_day(request: HttpRequest) -> PastDay:
    """The day asked for; today and later days are now."""
    problems = list[str]()
    asked = asked_day(request.GET.dict(), problems)
    return PastDay(asked if asked and asked < timezone.now().date() else None, tuple(problems))
