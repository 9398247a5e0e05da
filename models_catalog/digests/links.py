"""Addresses in mails: always of the configured site, never of a request's Host header."""

from __future__ import annotations

from email.utils import parseaddr

from django.conf import settings
from django.urls import reverse

from models_catalog.models import Subscriber
from models_catalog.subscriptions.tokens import Purpose, token_for


def absolute(path: str) -> str:
    return f"{settings.OPENGAP_SITE}{path}"


def page(name: str, *arguments: object) -> str:
    return absolute(reverse(name, args=arguments))


def confirm_link(subscriber: Subscriber) -> str:
    return page("digest-confirm", token_for(subscriber, Purpose.CONFIRM))


def manage_link(subscriber: Subscriber) -> str:
    return page("digest-settings", token_for(subscriber, Purpose.MANAGE))


def unsubscribe_link(subscriber: Subscriber) -> str:
    return page("digest-unsubscribe", token_for(subscriber, Purpose.UNSUBSCRIBE))


def mail_domain() -> str:
    """Of our own sender address: what Message-IDs, List-ID and the mailto link end with."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost.localdomain"


def unsubscribe_mailto(subscriber: Subscriber) -> str:
    """A mail that `inbox` reads; "" where nobody would read it."""
    if not settings.OPENGAP_INBOX:
        return ""
    to = settings.OPENGAP_INBOX_ADDRESS or f"unsubscribe@{mail_domain()}"
    return f"mailto:{to}?subject=unsubscribe%20{token_for(subscriber, Purpose.UNSUBSCRIBE)}"
