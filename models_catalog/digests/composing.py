"""Composing an edition: findings in, one frozen row out, with both mail parts, pictures and their hash."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

import css_inline
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from models_catalog.charts.frontier import frontier_figure
from models_catalog.digests.content import Material, content_of
from models_catalog.digests.headline import Headline, News, preheader_of, subject_of
from models_catalog.digests.mail import stylesheet
from models_catalog.digests.weeks import Week, week_to_compose
from models_catalog.findings.claims.moves import week_of_claims
from models_catalog.findings.gap import gap_as_of, standing_gap
from models_catalog.findings.gap_tables import gap_by_domain
from models_catalog.findings.lifecycle import lifecycle
from models_catalog.findings.prices import prices
from models_catalog.findings.records import Gap
from models_catalog.findings.week import week_of_changes
from models_catalog.models import Edition
from models_catalog.models.knowledge import now_known


class NothingToTell(Exception):
    """No gap can be stated as of that week: there is nothing an edition could rest on."""


class NothingYet(NothingToTell):
    """Nothing has been computed at all: a new installation, no trouble."""


def compose(week: Week) -> Edition:
    """The edition of a week, stored once; a second call gives the stored one back. Raises NothingToTell."""
    found = Edition.objects.filter(week=str(week)).first()
    return found or freeze(drafted(week))


def drafted(week: Week) -> Edition:
    """An edition as it would be frozen now; nothing is stored. Raises NothingToTell."""
    material = gather(week)
    content = content_of(material)
    draft = Edition(
        week=str(week),
        as_of=week.sunday,
        known_at=now_known() or timezone.now(),
        composed_at=timezone.now(),
        subject=subject_of(News(material.headline, material.changes, material.claims)),
        preheader=preheader_of(material.headline),
        quiet=content["quiet"],
        content=content,
        pictures=pictures_of(material.headline.gap),
    )
    draft.html, draft.text = rendered(draft, "html"), rendered(draft, "txt")
    draft.sha256 = content_hash(draft)
    return draft


def gather(week: Week) -> Material:
    standing = standing_gap()
    if standing is None:
        raise NothingYet("no gap has been computed yet")
    now, then = (seen_at(standing, end) for end in (week.sunday, week.before.sunday))
    if now is None:
        raise NothingToTell(f"no gap can be stated as of {week.sunday}")
    found = prices()
    return Material(
        week=week,
        headline=Headline(now, then),
        changes=week_of_changes(week.monday),
        ends=lifecycle(week.sunday),
        domains=gap_by_domain(),
        prices=found if found and found.day <= week.ends.date() else None,  # studied on the Monday after
        claims=week_of_claims(str(week), week.monday, newest=week >= week_to_compose(timezone.now())),
    )


def seen_at(standing: Gap, day: Any) -> Gap | None:
    """The standing scale as of that day; after the newest scores, as of those."""
    return standing if day >= standing.as_of else gap_as_of(day)


def pictures_of(gap: Gap) -> list[dict[str, str]]:
    """The frontier, as pixels for mails and as drawings for the page; `alt` replaces it where none is shown."""
    if not gap.frontier.points:
        return []
    figure = frontier_figure(gap)
    return [
        {
            "name": "frontier",
            "cid": "frontier@open-gap",
            "title": figure.title,
            "alt": figure.sentence,
            "source": figure.source_line,
            "png": base64.b64encode(figure.mail_png()).decode("ascii"),
            "wide": figure.wide,
            "narrow": figure.narrow,
        }
    ]


def rendered(draft: Edition, kind: str) -> str:
    """One part of the mail, with marks where personal parts go."""
    about = {
        "edition": draft,
        "content": draft.content,
        "pictures": draft.pictures,
        "preheader": draft.preheader,
        "site": settings.OPENGAP_SITE,
        "css": stylesheet(),
    }
    part = render_to_string(f"mail/edition.{kind}", about)
    return css_inline.inline(part) if kind == "html" else tidied(part)


def tidied(text: str) -> str:
    """No line of blanks, and never two empty lines together."""
    lines = list[str]()
    for line in (line.rstrip() for line in text.splitlines()):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).strip() + "\n"


def content_hash(edition: Edition) -> str:
    """Of everything all readers get: subject, preheader, content, both parts, pictures."""
    whole = [edition.week, edition.subject, edition.preheader, edition.content, edition.html, edition.text]
    said = json.dumps([*whole, edition.pictures], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


@transaction.atomic
def freeze(draft: Edition) -> Edition:
    """Store it, unless another process just has."""
    Edition.objects.bulk_create([draft], ignore_conflicts=True)
    return Edition.objects.get(week=draft.week)
