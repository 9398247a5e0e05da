"""An invented edition, and its readers."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from models_catalog.digests import queue
from models_catalog.digests.weeks import read_week, week_of
from models_catalog.models import Delivery, Edition, Subscriber
from tests.subscriptions.people import confirmed

PNG = base64.b64encode(b"\x89PNG invented").decode()
HTML = (
    "<html><body><h1>Edition</h1><!--[personal]--><!--[topic:prices]--><h2>Prices</h2><!--[/topic]-->"
    "<img src='cid:frontier@open-gap'><!--[foot]--></body></html>"
)


def last_week() -> str:
    return str(week_of(timezone.now().date()).before)


def stored_edition(week: str = "", **fields: Any) -> Edition:
    name = week or last_week()
    found = read_week(name)
    section = {
        "slug": "prices",
        "title": "Prices",
        "topic": "prices",
        "sentence": "One moved.",
        "groups": [],
        "news": True,
    }
    return Edition.objects.create(
        **{
            "week": name,
            "as_of": found.sunday,
            "known_at": found.ends,
            "composed_at": found.ends,
            "subject": "Amber 4 sets the closed record",
            "preheader": "Open-weight models are 5.7 months behind.",
            "quiet": False,
            "content": {
                "week": name, "first_day": found.monday.isoformat(), "last_day": found.sunday.isoformat(),
                "sections": [section | {"news": True}],
            },
            "html": HTML,
            "text": "Edition\n<!--[personal]-->\n<!--[topic:prices]-->\nPRICES\n<!--[/topic]-->\n<!--[foot]-->\n",
            "pictures": [{"name": "frontier", "cid": "frontier@open-gap", "alt": "Two lines.", "png": PNG}],
            "sha256": "ab" * 32,
        }
        | fields
    )  # fmt: skip


def readers(number: int) -> list[Subscriber]:
    return [confirmed(f"reader{place}@example.org") for place in range(number)]


def planned(edition: Edition, number: int) -> list[Delivery]:
    """So many readers, each with a row that is due now."""
    readers(number)
    queue.plan(edition)
    Delivery.objects.update(not_before=timezone.now() - timedelta(minutes=1))
    return list(Delivery.objects.order_by("pk"))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
