"""A row of the outbox as a mail: headers, text part, HTML part, pictures inside.

An edition's parts come frozen from its row; personal parts are put in at their marks and are outside its hash.
"""

from __future__ import annotations

import base64
import re
from email.message import MIMEPart
from email.mime.image import MIMEImage
from typing import Any

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string

from models_catalog.digests import links
from models_catalog.digests.personal import personal_items
from models_catalog.models import Delivery, Edition, Subscriber
from models_catalog.subscriptions.addresses import Address
from models_catalog.subscriptions.tokens import CONFIRM_HOURS
from models_catalog.subscriptions.wishes import TOPIC_WORDS
from models_catalog.subscriptions.wording import wording
from models_catalog.vocabulary import DigestTopic, MailKind, Often

MOST_PERSONAL = 12  # lines about what one watches: they stand first, and must not bury the week
LIST_NAME = "Open Gap weekly digest"
TOPIC_MARK = re.compile(r"<!--\[topic:([a-z]+)\]-->\n?(.*?)<!--\[/topic\]-->\n?", re.DOTALL)
PERSONAL, FOOT = "<!--[personal]-->", "<!--[foot]-->"


def compose_message(row: Delivery, backend: BaseEmailBackend | None = None) -> EmailMultiAlternatives:
    """The whole mail of one row. Raises ValueError for a row whose subscriber is gone."""
    if row.subscriber is None:
        raise ValueError(f"delivery {row.pk} has no subscriber")
    if row.kind == MailKind.EDITION and row.edition:
        return edition_message(row, row.edition, row.subscriber, backend)
    return notice_message(row, row.subscriber, backend)


def wanted_by(row: Delivery, person: Subscriber) -> bool:
    """Does anything in it concern who reads only when something changed?"""
    if not row.edition or person.often != Often.CHANGES:
        return True
    sections = row.edition.content["sections"]
    news = any(section["news"] and section["topic"] in person.topics for section in sections)
    return news or bool(personal_items(row.edition.content, person))


class Mail(EmailMultiAlternatives):
    """Pictures belong to the HTML part: related, not attachments beside it."""

    mixed_subtype = "related"


def message(row: Delivery, person: Subscriber, backend: BaseEmailBackend | None) -> EmailMultiAlternatives:
    """Addressed, with the headers every mail of ours has, without content."""
    mail = Mail(
        to=[person.address],
        from_email=settings.DEFAULT_FROM_EMAIL,
        connection=backend,
        headers={
            "Message-ID": f"<{row.message_id}@{links.mail_domain()}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    setattr(mail, "metadata", {"delivery": str(row.pk)})  # noqa: B010 - anymail's, comes back in webhooks
    return mail


def edition_message(
    row: Delivery, edition: Edition, person: Subscriber, backend: BaseEmailBackend | None
) -> EmailMultiAlternatives:
    mail = message(row, person, backend)
    mail.extra_headers |= list_headers(person) | {"X-Edition": f"{edition.week} sha256={edition.sha256}"}
    mail.subject = edition.subject
    about = footed(edition, person)
    mail.body = filled(edition.text, person, about, "txt")
    html = filled(edition.html, person, about, "html")
    mail.attach_alternative(html, "text/html")
    for picture in edition.pictures:
        if f"cid:{picture['cid']}" in html:
            mail.attach(attached(picture))
    return mail


def list_headers(person: Subscriber) -> dict[str, str]:
    """What mail programs show as "unsubscribe" (RFC 2369, RFC 8058), and which list this is (RFC 2919)."""
    domain = links.mail_domain()
    ways = [way for way in (links.unsubscribe_link(person), links.unsubscribe_mailto(person)) if way]
    return {
        "List-ID": f"{LIST_NAME} <digest.{domain}>",
        "List-Unsubscribe": ", ".join(f"<{way}>" for way in ways),
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Archive": f"<{links.page('digest')}>",
        "Precedence": "bulk",
    }


def footed(edition: Edition, person: Subscriber) -> dict[str, Any]:
    """What the personal parts say: why you get this, and every way out."""
    items = personal_items(edition.content, person)
    chosen = [TOPIC_WORDS[topic] for topic in DigestTopic if topic.value in person.topics]
    return {
        "edition": edition,
        "person": person,
        "address": Address(person.address).readable,
        "items": items[:MOST_PERSONAL],
        "unlisted": max(0, len(items) - MOST_PERSONAL),
        "watching": bool(person.organizations or person.watched),
        "left_out": len(DigestTopic) - len(chosen),
        "manage": links.manage_link(person),
        "unsubscribe": links.unsubscribe_link(person),
        "web": links.page("edition", edition.week),
        "json": links.page("edition-json", edition.week),
        "site": settings.OPENGAP_SITE,
    }


def filled(frozen: str, person: Subscriber, about: dict[str, Any], kind: str) -> str:
    """The frozen part with the topics the person chose, and the personal parts at their marks."""
    chosen = TOPIC_MARK.sub(lambda mark: mark[2] if mark[1] in person.topics else "", frozen)
    for mark, name in ((PERSONAL, "personal"), (FOOT, "foot")):
        if mark in chosen:
            part = render_to_string(f"mail/{name}.{kind}", about)
            chosen = chosen.replace(mark, inlined(part) if kind == "html" else part)
    return chosen


def inlined(fragment: str) -> str:
    return css_inline.inline_fragment(fragment, stylesheet())


def stylesheet() -> str:
    return render_to_string("mail/mail.css")


def attached(picture: dict[str, str]) -> MIMEImage | MIMEPart:
    """A picture inside the mail, named by its Content-ID."""
    image = MIMEImage(base64.b64decode(picture["png"]), "png")
    image.add_header("Content-ID", f"<{picture['cid']}>")
    image.add_header("Content-Disposition", "inline", filename=f"{picture['name']}.png")
    return image


def notice_message(
    row: Delivery, person: Subscriber, backend: BaseEmailBackend | None
) -> EmailMultiAlternatives:
    """The short mails: please confirm; or, to who reads already, where the settings are."""
    mail = message(row, person, backend)
    about = {
        "address": Address(person.address).readable,
        "wording": wording(),
        "hours": CONFIRM_HOURS,
        "site": settings.OPENGAP_SITE,
        "archive": links.page("digest"),
        "link": links.confirm_link(person) if row.kind == MailKind.CONFIRM else links.manage_link(person),
        "unsubscribe": links.unsubscribe_link(person),
    }
    mail.subject = render_to_string(f"mail/{row.kind}.subject.txt").strip()
    mail.body = render_to_string(f"mail/{row.kind}.txt", about)
    html = render_to_string(f"mail/{row.kind}.html", about | {"css": stylesheet()})
    mail.attach_alternative(css_inline.inline(html), "text/html")
    return mail
