"""Feeds: Atom for editions, releases, ends and claims, and for one organisation; a calendar of ends.

Ids are tag: addresses of what an entry is about, so they stay when the site's address changes. A feed answers 304
to who has it already; nothing in it depends on the moment it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from models_catalog.charts.outside import visible
from models_catalog.charts.words import ACCESS, TIER
from models_catalog.findings.claims import ledger
from models_catalog.findings.claims.records import Entry as LedgerEntry
from models_catalog.findings.editions import EditionLine, edition_lines
from models_catalog.findings.lifecycle import LifecycleEvent, ends_only, lifecycle
from models_catalog.findings.organizations import organization_detail
from models_catalog.findings.records import ModelRow
from models_catalog.findings.releases import ReleaseQuery, releases

ATOM, CALENDAR = "application/atom+xml; charset=utf-8", "text/calendar; charset=utf-8"
MOST = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """`identity` is what the entry's id is made of: the same thing always has the same."""

    identity: str
    title: str
    path: str
    text: str
    on: datetime


@require_safe
def editions_feed(request: HttpRequest) -> HttpResponse:
    entries = [edition_entry(line) for line in edition_lines(MOST)]
    return atom(request, "The weekly digest", reverse("digest"), entries)


def edition_entry(line: EditionLine) -> Entry:
    path = reverse("edition", args=[line.week])
    return Entry(f"digest/{line.week}", line.subject, path, line.preheader, line.composed_at)


@require_safe
def releases_feed(request: HttpRequest) -> HttpResponse:
    found = releases(ReleaseQuery(timezone.now().date()))
    return atom(request, "Released models", reverse("releases"), released(found.rows))


@require_safe
def lifecycle_feed(request: HttpRequest) -> HttpResponse:
    return atom(request, "Models that end", reverse("lifecycle"), ended(coming("")))


@require_safe
def organization_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation's releases and ends."""
    if organization_detail(slug) is None:
        raise Http404("There is no such organisation.")
    found = releases(ReleaseQuery(timezone.now().date(), organization=slug))
    entries = [*released(found.rows), *ended(coming(slug))]
    title = f"{visible(name_of(found.rows, slug))}: releases and ends"
    return atom(request, title, reverse("organization", args=[slug]), entries)


def name_of(rows: Iterable[ModelRow], slug: str) -> str:
    return next((row.organization for row in rows if row.organization), slug)


def released(rows: Sequence[ModelRow]) -> list[Entry]:
    return [
        Entry(
            f"released/{row.slug}",
            f"{visible(row.name)} ({ACCESS[row.access]})",
            reverse("model", args=[row.slug]),
            f"{visible(row.organization)}. {TIER[row.tier]}.",
            midnight(row.released or date.min),
        )
        for row in rows[:MOST]
    ]


def coming(organization: str) -> list[LifecycleEvent]:
    """Ends of the last 30 days and to come, soonest first."""
    today = timezone.now().date()
    found = lifecycle(today, organization=organization)
    recent = [event for event in found.past if event.on and event.on > today - timedelta(days=30)]
    return [event for event in ends_only([*reversed(recent), *found.soon, *found.later]) if event.on]


def ended(events: Iterable[LifecycleEvent]) -> list[Entry]:
    return [
        Entry(
            f"ends/{event.what}/{event.on}",
            f"{visible(event.name)} ends on {event.on} at {visible(event.provider)}",
            reverse("evidence", args=[event.observation]),
            f"Stated by {visible(event.stated_by)}.",
            event.observed_at,
        )
        for event in list(events)[:MOST]
    ]


@require_safe
def claims_feed(request: HttpRequest) -> HttpResponse:
    """The verdict of every claim, a new entry each time it flips; a value that moves under it is no news."""
    return atom(request, "Claims, re-tested", reverse("claims"), [claim_entry(entry) for entry in ledger()])


def claim_entry(entry: LedgerEntry) -> Entry:
    claim, since = entry.claim, entry.flipped_on or entry.claim.said_on
    return Entry(
        f"claims/{claim.slug}/{since}",
        f"“{claim.sentence}”: {entry.now.verdict}",
        f"{reverse('claims')}#{claim.slug}",
        f"{entry.now.verdict.capitalize()}{f', since {since}' if entry.flipped_on else ''}. {claim.formula}",
        midnight(since),
    )


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def atom(request: HttpRequest, title: str, path: str, entries: list[Entry]) -> HttpResponse:
    """Newest first."""
    site: str = settings.OPENGAP_SITE
    feed = Feed(
        title=f"{title} · Open Gap",
        link=f"{site}{path}",
        description="",
        language="en",
        feed_url=f"{site}{request.path}",
        author_name="Open Gap",
        feed_guid=tag(request.path),
    )
    for entry in sorted(entries, key=lambda entry: (entry.on, entry.identity), reverse=True):
        feed.add_item(
            title=entry.title,
            link=f"{site}{entry.path}",
            description=entry.text,
            unique_id=tag(entry.identity),
            updateddate=entry.on,
            pubdate=entry.on,
        )
    return conditional(request, feed.writeString("utf-8"), ATOM)


class Feed(Atom1Feed):
    """An empty feed is as old as its kind, not as the moment it is asked for: else it would never be a 304."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else datetime(2026, 1, 1, tzinfo=UTC)


def tag(identity: str) -> str:
    return f"tag:open-gap,2026:{identity.strip('/').replace(' ', '_')}"


def conditional(request: HttpRequest, body: str | bytes, kind: str) -> HttpResponse:
    """200 with a strong ETag, or 304 to who names it."""
    raw = body.encode() if isinstance(body, str) else body
    response = HttpResponse(raw, content_type=kind)
    response["ETag"] = f'"{sha256(raw).hexdigest()[:32]}"'
    response["Cache-Control"] = "public, max-age=900"
    found = get_conditional_response(request, etag=response["ETag"], response=response)
    assert isinstance(found, HttpResponse)
    return found


@require_safe
def lifecycle_calendar(request: HttpRequest) -> HttpResponse:
    """Every announced end as an all-day event."""
    calendar = Calendar()
    calendar.add("prodid", "-//Open Gap//Models that end//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Models that end")
    for event in coming(""):
        calendar.add_component(calendar_event(event))
    return conditional(request, calendar.to_ical(), CALENDAR)


def calendar_event(event: LifecycleEvent) -> Event:
    assert event.on is not None
    made = Event()
    made.add("uid", f"{sha256(event.what.encode()).hexdigest()[:32]}@open-gap")
    made.add("summary", f"{visible(event.name)} ends at {visible(event.provider)}")
    made.add("dtstart", event.on)
    made.add("dtend", event.on + timedelta(days=1))
    made.add("dtstamp", event.observed_at)
    made.add("description", f"Stated by {visible(event.stated_by)}: {visible(event.quote)}")
    made.add("url", f"{settings.OPENGAP_SITE}{reverse('evidence', args=[event.observation])}")
    return made
