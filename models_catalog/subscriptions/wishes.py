"""What a subscriber wants: topics, organisations and models watched, how often, when, in which time zone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import available_timezones

from django.db import transaction
from django.utils import timezone

from models_catalog.models import AIModel, Delivery, Organization, Subscriber
from models_catalog.subscriptions.asking import note
from models_catalog.vocabulary import Agreement, DeliveryState, DigestTopic, MailKind, Often

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MOST_WATCHED = 50
TOPIC_WORDS: dict[DigestTopic, str] = {
    DigestTopic.GAP: "The gap, overall and by domain",
    DigestTopic.RELEASES: "Releases and licences",
    DigestTopic.PRICES: "Prices",
    DigestTopic.LIFECYCLE: "Deprecations and retirements",
    DigestTopic.CLAIMS: "Claims that flipped",
}
OFTEN_WORDS: dict[Often, str] = {
    Often.WEEKLY: "Every week",
    Often.CHANGES: "Only in weeks in which something I chose has changed",
}


@dataclass(frozen=True, slots=True)
class Wishes:
    topics: tuple[DigestTopic, ...]
    organizations: tuple[str, ...]
    models: tuple[str, ...]
    often: Often
    time_zone: str
    weekday: int

    @classmethod
    def of(cls, subscriber: Subscriber) -> Wishes:
        return cls(
            tuple(topic for topic in DigestTopic if topic.value in subscriber.topics),
            tuple(subscriber.organizations),
            tuple(subscriber.watched),
            Often(subscriber.often),
            subscriber.time_zone,
            subscriber.weekday,
        )


def time_zones() -> list[str]:
    """The names people know, the area first: "Europe/Vienna"; and UTC."""
    areas = (
        "Africa",
        "America",
        "Antarctica",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    )
    return ["UTC", *sorted(name for name in available_timezones() if name.split("/")[0] in areas)]


def read_wishes(
    fields: Mapping[str, str], topics: Iterable[str], organizations: Iterable[str], models: Sequence[str]
) -> tuple[Wishes, list[str]]:
    """The wishes a form states, and what could not be understood, in words."""
    problems = list[str]()
    chosen = tuple(topic for topic in DigestTopic if topic.value in set(topics))
    if not chosen:
        problems.append("Choose at least one topic, or unsubscribe.")
    zone, weekday, often = fields.get("time_zone", ""), fields.get("weekday", ""), fields.get("often", "")
    if zone not in available_timezones():
        problems.append("That is not a time zone we know.")
    if weekday not in {str(number) for number in range(1, 8)}:
        problems.append("Choose a day of the week.")
    if often not in set(Often):
        problems.append("Choose how often.")
    known = known_slugs(models)
    problems += [f"There is no model “{slug[:60]}”." for slug in models if slug not in known]
    if problems:
        return Wishes(chosen, (), (), Often.WEEKLY, "UTC", 1), problems
    labs = set(organizations)
    kept = Organization.objects.filter(slug__in=labs).order_by("slug").values_list("slug", flat=True)
    watched = tuple(known[slug] for slug in models)[:MOST_WATCHED]
    return Wishes(chosen, tuple(kept)[:MOST_WATCHED], watched, Often(often), zone, int(weekday)), []


def known_slugs(models: Sequence[str]) -> dict[str, str]:
    """What was typed -> the slug, for slugs and for exact names."""
    typed = [text for text in models if text][: MOST_WATCHED * 2]
    by_slug = AIModel.objects.filter(slug__in=[text.lower() for text in typed]).values_list("slug", flat=True)
    by_name = dict(AIModel.objects.filter(name__in=typed).values_list("name", "slug"))
    slugs = set(by_slug)
    return {text: text.lower() if text.lower() in slugs else by_name[text] for text in typed
            if text.lower() in slugs or text in by_name}  # fmt: skip


@transaction.atomic
def save_wishes(subscriber: Subscriber, wishes: Wishes) -> None:
    """Keep them. An edition that waits for its hour is planned anew by the sender's next look."""
    subscriber.topics = [topic.value for topic in wishes.topics]
    subscriber.organizations, subscriber.watched = list(wishes.organizations), list(wishes.models)
    subscriber.often, subscriber.time_zone, subscriber.weekday = (
        wishes.often,
        wishes.time_zone,
        wishes.weekday,
    )
    subscriber.save()
    note(subscriber, Agreement.CHANGED)
    waiting = Delivery.objects.filter(subscriber=subscriber, kind=MailKind.EDITION, attempts=0)
    waiting.filter(state=DeliveryState.PENDING).delete()


def pause_end(weeks: str) -> date | None:
    """The day a pause of 2, 4 or 12 weeks ends, counted from today; None for anything else."""
    return timezone.now().date() + timedelta(weeks=int(weeks)) if weeks in {"2", "4", "12"} else None
