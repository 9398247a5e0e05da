"""Who opens the pages: one browser page that remembers every error, and what a stored world needs to have all pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from playwright.sync_api import ViewportSize

if TYPE_CHECKING:
    from playwright.sync_api import Page

WIDE: ViewportSize = {"width": 1280, "height": 900}
EVERYTHING: dict[str, object] = {"resultTypes": ["violations"]}
CONTRAST: dict[str, object] = {"resultTypes": ["violations"], "runOnly": ["color-contrast"]}
REFUSED = (
    "addEventListener('securitypolicyviolation', told => console.error(`refused: ${told.violatedDirective}`))"
)
NOT_FOUND = "Failed to load resource: the server responded with a status of 404"
WEEK = "2026-W08"


@dataclass
class Reader:
    """A page of the live site at `home`. `lines` is what the browser complained of since `said` was last asked."""

    page: Page
    home: str
    lines: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.add_init_script(REFUSED)
        self.page.on("pageerror", lambda error: self.lines.append(str(error)))
        self.page.on("console", lambda line: self.lines.append(line.text) if line.type == "error" else None)

    def said(self) -> list[str]:
        """The complaints since it was last asked."""
        told, self.lines[:] = list(self.lines), []
        return told

    def edition(self) -> str:
        from models_catalog.digests.composing import compose
        from models_catalog.digests.weeks import read_week

        return compose(read_week(WEEK)).week

    def subscriber_pages(self) -> tuple[str, ...]:
        """The pages a subscriber's links lead to."""
        from django.test import Client
        from django.urls import reverse

        from models_catalog.models import Subscriber
        from models_catalog.subscriptions.tokens import Purpose, token_for

        Client().post(reverse("digest-ask"), {"address": "reader@example.org"})
        person = Subscriber.objects.get()
        asked = (
            ("digest-confirm", Purpose.CONFIRM),
            ("digest-settings", Purpose.MANAGE),
            ("digest-unsubscribe", Purpose.UNSUBSCRIBE),
        )
        return tuple(reverse(page, args=[token_for(person, purpose)]) for page, purpose in asked)
